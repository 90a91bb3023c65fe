# Avisos: lo que se sale de lo normal, y qué hacer.

warnings-title = Avisos
warnings-lead = Lo que se sale de lo normal en tu caso. Te avisamos pronto y te decimos por qué.
warnings-back = Avisos
warnings-quiet-title = Todo tranquilo
# $n: menciones leídas en siete días
warnings-quiet = { $n ->
    [0] Nada se sale de lo normal. En los últimos siete días no ha llegado ninguna mención.
    [one] Nada se sale de lo normal. En los últimos siete días hemos leído una mención.
   *[other] Nada se sale de lo normal. En los últimos siete días hemos leído { $n } menciones.
}
warnings-new-title = Aún estamos aprendiendo qué es normal
warnings-new = Trae tus opiniones o añade una fuente. Con unas semanas de historia sabremos qué se sale de lo normal.
warnings-weighing-title = Repasando lo que acaba de llegar
warnings-weighing = Han llegado menciones que aún no hemos sopesado. Suele tardar un minuto: esta página se recarga sola.
warnings-incident-title = Hay un incidente abierto
warnings-incident = No hay más avisos abiertos. Sigue con el incidente hasta que esté resuelto.
warnings-nobody-title = Todavía no podemos avisarte
warnings-nobody = Nadie recibe los avisos: añade tu móvil o tu correo.
warnings-nobody-action = Añadir dónde avisarte
warnings-waiting = Estamos repasando tu historia para saber qué es normal en tu caso. Suele tardar menos de un minuto.
warnings-past = Los de antes
warnings-past-none = Ninguno todavía.
warnings-older = Más antiguos
warnings-newest = Volver a los últimos
warnings-settings = Cuándo avisarte
warnings-notices = Cómo avisarte
warnings-map = Dónde se habla mal de ti
warnings-map-summary = Los avisos abiertos, por provincia.
warnings-see = Ver
# $date: día
warnings-closed-on = Hasta el { $date }

level-watch = Mira
level-notice = Aviso
level-alarm = Alarma
level-watch-why = Podría ser casualidad. Échale un ojo: nadie te ha interrumpido por esto.
level-notice-why = Es más de lo que explica la casualidad.
level-alarm-why = Son muchas voces y hay señales de que no es casualidad.
level-alarm-many = Son tantas voces que la casualidad no lo explica.
state-open = Abierto
state-ended = Se ha calmado
state-closed = Cerrado
verdict-handled = Tratado
verdict-nothing = No era nada

# $n: voces; $where: dónde, ya escrito, con un espacio delante, o nada
warn-headline = { $n ->
    [one] Una voz descontenta{ $where }
   *[other] { $n } voces descontentas{ $where }
}
# $where: lo mismo
warn-title = Más quejas de lo normal{ $where }
warn-unit = { $n ->
    [one] voz descontenta
   *[other] voces descontentas
}
warn-almost-none = casi 0
warn-in-place = en { $place }
warn-in-province = en la provincia de { $place }
warn-in-spain = en España
# $place: código del país
warn-in-country = en el país { $place }
warn-in-source = en { $source }
warn-one-source = una fuente
warn-about = sobre «{ $topic }»
# $language: idioma, como va dentro de una frase
warn-in-language = escritas en { $language }
warn-copies = con textos casi iguales
# $usual: ya escrito; $n: redondeado; $since: momento
warn-usual = { $n ->
    [1] Lo normal en ese tiempo sería { $usual }.
   *[other] Lo normal en ese tiempo serían { $usual }.
} Desde el { $since }.
warn-rare-days = { $n ->
    [one] Por pura casualidad, algo así cabría esperarlo como mucho una vez al día.
   *[other] Por pura casualidad, algo así cabría esperarlo como mucho una vez cada { $n } días.
}
warn-rare-months = { $n ->
    [one] Por pura casualidad, algo así cabría esperarlo como mucho una vez al mes.
   *[other] Por pura casualidad, algo así cabría esperarlo como mucho una vez cada { $n } meses.
}
warn-rare-years = { $n ->
    [one] Por pura casualidad, algo así cabría esperarlo como mucho una vez al año.
   *[other] Por pura casualidad, algo así cabría esperarlo como mucho una vez cada { $n } años.
}
warn-rare-decade = Por pura casualidad, algo así no cabría esperarlo ni una vez en diez años.
warn-provisional = Aviso provisional: llevamos poco tiempo escuchando y aún no sabemos bien qué es normal.
# $share: porcentaje
warn-local = Probabilidad de que pase justo ahí y no en otra parte: { $share }.
warn-also = También se nota { $places }.
warn-grow-too-early = Aún no se puede decir si crecerá: son pocas voces.
warn-grow-unknown = Aún no se puede decir si crecerá.
# $low y $high: voces
warn-grow-fading = Lo más probable es que se apague: de { $low } a { $high } voces más en siete días.
warn-grow-unclear = Puede apagarse o seguir: de { $low } a { $high } voces más en siete días.
warn-grow-growing = Sigue creciendo: de { $low } a { $high } voces más en siete días.

warn-quotes = Qué dicen
# $author, $date
warn-quote-by = { $author }, { $date }
warn-sure = Cómo de seguro es
warn-evidence = Señales
warn-evidence-note = Quien repite en una semana cuenta una sola vez. Son recuentos, no un veredicto. Quejarse a la vez, y también ponerse de acuerdo para hacerlo, es lícito.
warn-no-visits = No podemos cruzarlas con tus visitas: Timón no guarda ninguna.
warn-n-of = { $n } de { $all }
warn-people = { $all } opiniones de { $n } personas
warn-fact-sources = Dónde
warn-fact-topics = De qué se quejan
warn-fact-places = Qué sitios nombran
warn-fact-one-star = Con una estrella
warn-fact-people = Quiénes
warn-fact-new = Perfiles que no conocíamos
warn-fact-copies = Textos casi iguales
warn-fact-span = En cuánto tiempo
warn-fact-visitors = Dicen que están de paso
warn-fact-not-customers = Dicen que no son clientes
warn-fact-competitor = Nombran a un competidor
warn-span-minutes = { $n ->
    [one] Un minuto
   *[other] { $n } minutos
}
warn-span-hours = { $n ->
    [one] Una hora
   *[other] { $n } horas
}
warn-span-days = { $n ->
    [one] Un día
   *[other] { $n } días
}
warn-series = Día a día
warn-series-summary = Voces descontentas de cada día. La franja es lo normal: al menos cuatro de cada cinco días caen dentro.
warn-series-table = Ver los números
warn-series-empty = Aún no hay días que dibujar.
warn-series-day = Día
warn-series-observed = Voces
warn-series-expected = Lo normal
warn-series-band = Franja normal
warn-series-onset = Empieza
warn-timeline = Cómo ha ido
change-opened = Lo vimos
change-raised = Subió de nivel
change-grown = Creció
change-ended = Se calmó
change-reopened = Volvió
change-handled = Lo diste por tratado
change-nothing = Dijiste que no era nada
change-incident = Abriste un incidente
# $n: voces; $usual: lo normal, ya escrito
change-figures = { $n ->
    [one] una voz, lo normal { $usual }
   *[other] { $n } voces, lo normal { $usual }
}
warn-found-late = Lo encontramos al repasar lo que ya estaba aquí: por eso no te avisamos en su momento.

warn-next = Qué hacer
warn-advice-watch = Lee las opiniones. Si son clientes, contéstales como siempre. No hace falta nada más.
warn-advice-notice = Lee las opiniones y mira si hay algo que arreglar hoy mismo. Contesta a quien puedas, con calma y una sola vez.
warn-advice-alarm = Abre un incidente: reúne lo que sabes, decide qué dices y quién lo dice, y no contestes en caliente.
warn-mentions = Leer las opiniones
warn-open-incident = Abrir un incidente
warn-see-incident = Ver el incidente
warn-dossier = Dossier de pruebas
warn-reopen = Volver a abrir el aviso
warn-judged-lead = Lo cerraste tú. Si te equivocaste, vuelve a abrirlo.
warn-judge = ¿Ya está?
warn-judge-lead = Dilo tú: así sabremos cuántas veces avisamos sin motivo.
warn-handled = Ya lo he tratado
warn-nothing = No era nada

warn-voices = Las opiniones
warn-voices-list = Lista de opiniones
past-open = sigue abierto
incident-open-own = Abrir uno sin aviso
tile-quiet = Tranquilo
tile-none = Sin aviso
tile-province = Provincia
tile-state = Cómo está
warn-series-above = Más de lo normal

# El dossier
dossier-title = Dossier de pruebas
dossier-lead = Para el formulario de la plataforma o para un abogado: qué se ha visto, con qué método y las opiniones tal como se publicaron.
dossier-print = Para guardarlo en PDF, usa «Imprimir» en tu navegador.
dossier-download = Descargar el documento
dossier-of = Dossier de { $name }
# $moment: cuándo se hizo
dossier-made = Hecho el { $moment } con Timón.
dossier-neutral = Este documento describe lo que se ha observado. No afirma que ninguna opinión sea falsa ni que nadie actúe de mala fe.
dossier-what = Qué se ha observado
dossier-method = Con qué método
dossier-method-text = Se compara el número de voces descontentas con el que sería normal para este negocio, según su propia historia, la hora, el día de la semana y el resto de menciones. Lo normal se corrige al alza para no exagerar. Todas las zonas, fuentes, temas e idiomas se vigilan a la vez y comparten un mismo presupuesto de falsas alarmas.
# $days: días
dossier-method-budget = Presupuesto elegido: como mucho una falsa alarma cada { $days } días de media.
dossier-ask = Qué pedir a la plataforma
dossier-ask-lead = Pide solo lo que puedas sostener, opinión por opinión. Una crítica, aunque duela, no incumple ninguna norma.
dossier-ask-google = Google: en el perfil del negocio, «Denunciar una reseña». Motivos que admite: contenido no relacionado con una experiencia real, conflicto de intereses, acoso, datos personales. Se puede apelar una vez.
dossier-ask-trustpilot = Trustpilot: «Marcar reseña» desde la cuenta de empresa. Puedes pedir que el autor acredite una experiencia de compra. Marcar por sistema las malas puede penalizarte.
dossier-ask-other = En otras plataformas: usa su formulario de notificación (Reglamento de Servicios Digitales, artículo 16): la dirección exacta, por qué crees que es ilícita o incumple sus normas, y tu nombre y correo.
dossier-ask-law = En España, la empresa puede pedir la retirada de una reseña de quien no es cliente, o que engaña, si lo acredita de forma fehaciente (artículo 20.4 del TRLGDCU). Consúltalo con un abogado antes de acusar a nadie.
dossier-voices = Opiniones
# $n: mostradas; $all: todas
dossier-voices-some = Se muestran las { $n } últimas de { $all }.
dossier-voice-author = Quién firma
dossier-voice-when = Cuándo
dossier-voice-utc = Fecha en UTC, la de la huella
dossier-voice-source = Dónde
dossier-voice-stars = Estrellas
dossier-voice-url = Dirección
dossier-voice-hash = Huella (SHA-256)
dossier-hash-what = La huella de cada opinión se calcula sobre su fuente, fecha, estrellas, dirección y texto. Cualquiera puede repetirla con la receta del final. La de todo el dossier es:
dossier-recipe = Receta de la huella: SHA-256 de estas líneas en UTF-8, separadas por un salto de línea: fuente, fecha en UTC (RFC 3339), estrellas o nada, dirección o nada, texto. La del dossier es la SHA-256 de las huellas, una por línea.
dossier-none = Este aviso ya no tiene opiniones que mostrar.

# Cuándo avisarte
budget-title = Cuándo avisarte
budget-lead = Más sensible es avisarte antes, y también equivocarse más. Tú eliges cuánto.
budget-question = ¿Cuántas falsas alarmas aguantas?
budget-month = Hasta doce al año: muy sensible
budget-quarter = Hasta cuatro al año: lo recomendado
budget-half = Hasta dos al año: tranquilo
budget-year = Hasta una al año: solo lo gordo
budget-hint = Es un máximo de media, para todo a la vez: zonas, fuentes, temas e idiomas. Lo comprobamos abajo con tu propia historia.
budget-submit = Guardar
budget-saved = Guardado
budget-saved-lead = Estamos repasando tu historia con el nuevo límite.
sight-title = Qué podemos ver
# $voices: personas; $hours: horas; $share: porcentaje
sight-some = Con tu volumen podemos ver una campaña de { $voices } personas o más en { $hours } horas: la vimos en el { $share } de las simulaciones.
sight-none = Con tu volumen no podemos prometer ver una campaña en un día.
sight-how = Lo calculamos simulando días normales tuyos y añadiendo campañas de distinto tamaño.
sight-not-yet = Aún no se puede decir: hacen falta unas semanas de historia.
past-title = Con tu propia historia
# $from, $to: días; $n: menciones
past-lead = Hemos repasado { $n } menciones, del { $from } al { $to }, como si estuvieran llegando. Esto habría pasado:
past-not-yet = Estamos repasando tu historia. Suele tardar menos de un minuto: esta página se recarga sola.
past-empty = Todavía no hay historia que repasar: trae tus opiniones y aquí verás qué habría pasado.
past-table = Avisos que habrías recibido, según el límite
past-budget = Límite
past-warnings = Avisos
past-now = El que tienes ahora
past-list = Cuáles, con el límite de ahora
past-list-none = Con el límite de ahora, ninguno.
# $n: voces; $usual: lo normal; $from: día
past-row = { $n ->
    [one] Una voz (lo normal, { $usual }), desde el { $from }
   *[other] { $n } voces (lo normal, { $usual }), desde el { $from }
}
# $nothing, $all: avisos del último medio año
judged-lead = { $all ->
    [one] En los últimos seis meses juzgaste un aviso.
   *[other] En los últimos seis meses juzgaste { $all } avisos.
} Falsas alarmas: { $nothing }.
judged-advice = Son más de los que prometimos. Elige abajo un límite más tranquilo.

# Incidentes
incidents-title = Incidentes
incident-back = Avisos
incident-name = Cómo llamarlo
# $where: dónde; $date: día
incident-default-title = Quejas{ $where }, { $date }
incident-open-lead = Mientras esté abierto, Timón no invita a nadie a opinar: una oleada de elogios en plena crisis parecería una maniobra.
# $date: día
incident-opened = Abierto el { $date }
incident-closed = Cerrado el { $date }
incident-warning = Ver el aviso
incident-statement = Qué decimos
incident-statement-hint = Un hecho, lo que lamentas y lo que haces ahora. Sin acusar a nadie ni dar datos de nadie. Nada se publica solo: cópialo donde haga falta, o apruébalo y publícalo tú.
incident-save = Guardar
incident-tasks = Qué hay que hacer
incident-task-add = Añadir una tarea
incident-task-submit = Añadir
# $moment: cuándo
incident-task-done-at = Hecha el { $moment }
incident-tasks-empty = Ninguna tarea. Añade la primera.
incident-diary = Diario
incident-diary-lead = Qué pasa y qué se decide, según pasa. Nadie lo ve fuera.
incident-note = Anotar
incident-note-submit = Anotar
incident-diary-empty = Nada anotado todavía.
incident-review = Qué hemos aprendido
incident-lessons = Qué falló
incident-lessons-hint = Del negocio, no de las personas.
incident-change = Qué hemos cambiado
incident-close = Cerrar el incidente
incident-close-lead = Ciérralo cuando ya no haga falta hacer nada. Antes, escribe qué falló y qué habéis cambiado.
incident-reopen = Volver a abrirlo
incident-task-read = Leer todas las opiniones y separar lo que es verdad
incident-task-owner = Decidir quién habla y quién responde; nadie más contesta
incident-task-fix = Arreglar hoy lo que se pueda arreglar hoy
incident-task-say = Escribir qué decimos y revisarlo en frío
incident-task-answer = Contestar una vez, con calma, a cada cliente
incident-task-team = Contárselo al equipo
incident-task-ask = Pedir a la plataforma que revise lo que incumpla sus normas, con el dossier
problem-empty-text = Falta el texto
problem-empty-text-hint = Vuelve atrás, escribe algo y repítelo.
problem-too-many = No cabe nada más aquí
problem-too-many-hint = Un incidente admite 100 tareas y 500 anotaciones. Ciérralo y abre otro si hace falta.
incident-unsaved = Lo que ves abajo es lo tuyo, sin guardar. Guárdalo si quieres que valga, o recarga la página para ver lo de la otra persona.
incident-none = Ninguno.

# Hoy
# $n: avisos abiertos
happened-warnings = { $n ->
    [one] Hay un aviso abierto.
   *[other] Hay { $n } avisos abiertos.
}
happened-warnings-all = Verlos todos
task-incident = { $n ->
    [one] Hay un incidente abierto
   *[other] Hay { $n } incidentes abiertos
}
task-incident-open = Ver

# Mensajes
# $level: nivel; $headline: frase; $name: negocio
tell-subject = { $level } · { $headline } · { $name }
tell-calm = No contestes en caliente. Lee primero qué dicen.
# $name: negocio
digest-subject = { $name }: tu resumen de hoy
digest-warnings = { $n ->
    [0] Avisos abiertos: ninguno.
    [one] Hay un aviso abierto:
   *[other] Hay { $n } avisos abiertos:
}
# $n: menciones; $negative: descontentas
digest-heard = { $n ->
    [0] Ayer no llegó ninguna mención.
    [one] Ayer llegó una mención{ $negative ->
        [0] , y no suena mal
       *[other] , y suena mal
    }.
   *[other] Ayer llegaron { $n } menciones; { $negative ->
        [0] ninguna suena mal
        [one] una suena mal
       *[other] { $negative } suenan mal
    }.
}
digest-waiting = { $n ->
    [0] Nadie espera respuesta.
    [one] Una persona espera respuesta.
   *[other] { $n } personas esperan respuesta.
}
weekly-subject = { $name }: seguimos vigilando
weekly-lead = Esta semana hemos seguido vigilando.
weekly-heard = { $n ->
    [0] No ha llegado ninguna mención.
    [one] Ha llegado una mención.
   *[other] Han llegado { $n } menciones.
}
weekly-warnings = { $n ->
    [0] Ningún aviso.
    [one] Un aviso.
   *[other] { $n } avisos.
}
weekly-blind = Lo que no podemos ver:
# $source: nombre; $days: días
weekly-stale = { $source }: lo último que sabemos es de hace { $days } días. Importa una copia nueva.
weekly-failing = { $source }: no conseguimos leerla. Mira la página de fuentes.
weekly-unheard = Lo que se dice en sitios que no son fuentes tuyas, o de viva voz y nadie nos cuenta.

# De qué va el incidente, a quién se ha dicho, qué se publica
incident-class = Qué es
incident-class-none = Nadie ha dicho todavía de qué va esto. Dilo, y quién decide: lo demás es más fácil.
incident-class-change = Cambiarlo
incident-decider-hint = Un nombre. Si lo dejas vacío, vale lo recomendado.
incident-told = A quién se lo hemos dicho
incident-told-empty = A nadie todavía. Que tu equipo y quien pueda ayudarte no se enteren por otros.
incident-told-who = A quién
incident-told-how = Cómo
incident-told-how-example = Por ejemplo: por teléfono
incident-told-add = Anotarlo
incident-told-remove = Quitar
incident-change-day = Desde qué día
stage-unwritten = Por escribir
stage-draft = Borrador: nadie lo ha aprobado
stage-approved = Aprobado, sin publicar
stage-published = Publicado
stage-withdrawn = Retirado
publish-name = Título para publicarlo
publish-name-hint = Lo verá cualquiera. El nombre del incidente es solo para vosotros.
publish-unwritten = Para publicarlo hacen falta un título y un texto guardados.
publish-approve-lead = Si cambias una palabra después, habrá que aprobarlo otra vez.
publish-approve = Aprobar este texto
publish-look = Ver cómo quedará y publicar
# $date: día
publish-old-public = Lo que se publicó el { $date } sigue a la vista hasta que publiques este o lo retires.
publish-withdraw = Retirar lo publicado
publish-withdraw-ask = Dejará de presentarse como vigente. Lo que dijiste y la fecha en que lo retiras seguirán a la vista.
publish-cancel = Cancelar
publish-versions = Todas las versiones
# $by: quién; $moment: cuándo
publish-approved-on = Lo aprobó { $by }, { $moment }
publish-published-on = Publicado: { $moment }
publish-withdrawn-on = Retirado: { $moment }
publish-title = Antes de publicar
publish-lead = Esto es, palabra por palabra, lo que leerá cualquiera en tu página pública.
publish-shown = Lo que se publica
# $date: día
publish-since = Desde el { $date }
publish-also = Con la fecha de hoy. Nada más del incidente se publica.
publish-replaces = Lo que está publicado ahora quedará como retirado, con su fecha.
publish-sure = ¿Lo publicas?
publish-undo = Puedes retirarlo cuando quieras, pero no cambiarlo: se verá que estuvo y hasta cuándo.
publish-now = Publicar
publish-not-yet = Volver sin publicar
# $title: título
diary-approved = Aprobado: «{ $title }»
diary-published = Publicado: «{ $title }»
diary-withdrawn = Retirado: «{ $title }»
# $who: a quién
diary-told = Se lo hemos dicho a { $who }
