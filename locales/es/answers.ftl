# Quién espera respuesta, cada respuesta, reclamaciones y promesas.

nav-answers = Responder
undo = Deshacer

answers-title = Responder
# $n: quienes esperan y a quienes duele no contestar (como mucho mil)
answers-lead = { $n ->
    [0] Nadie espera una respuesta que corra prisa.
    [one] Una persona espera. Lo peor, primero.
   *[other] { $n } personas esperan. Lo peor, primero.
}
answers-pressing = Esperan respuesta
# $n: opiniones de cuatro y cinco estrellas sin contestar
answers-kind = { $n ->
    [one] Cuando tengas un rato: una persona que habló bien
   *[other] Cuando tengas un rato: { $n } personas que hablaron bien
}
answers-more = { $n ->
    [one] Y una más, que aparecerá cuando contestes a estas.
   *[other] Y { $n } más, que aparecerán cuando contestes a estas.
}
answers-keys = Con teclado, dentro de una tarjeta: j y k pasan a la siguiente y a la anterior, r contesta, s la deja para mañana, n dice que no es de tu negocio.
answers-see-all = Verlas en la lista
answers-empty-title = Todo contestado
answers-empty = Nadie espera. Cuando llegue algo, aparecerá aquí con el motivo y el plazo.
answers-has-draft = Borrador empezado
answers-mine = Solo las mías
answers-everybodys = Las de todos
# $who: el correo de quien se encarga
answers-assigned = Se encarga { $who }

# Por qué está donde está.
reason-complaint = Reclamación
reason-legal = Habla de reclamar o de abogados
reason-boycott = Pide que nadie venga
reason-one-star = Una estrella
reason-contact = Pide que le contactes
reason-two-stars = Dos estrellas
reason-letter = Te ha escrito
reason-three-stars = Se queja en parte
reason-question = Pregunta algo
reason-thanks = Habló bien

# Cuánto queda, o cuánto hace que se pasó.
due-in-days = { $n ->
    [one] queda un día
   *[other] quedan { $n } días
}
due-in-hours = { $n ->
    [one] queda una hora
   *[other] quedan { $n } horas
}
due-soon = queda menos de una hora
due-over-hours = { $n ->
    [0] acaba de pasarse el plazo
    [one] el plazo se pasó hace una hora
   *[other] el plazo se pasó hace { $n } horas
}
due-over-days = { $n ->
    [one] el plazo se pasó hace un día
   *[other] el plazo se pasó hace { $n } días
}

decide-tomorrow = Mañana
decide-answered = Ya contesté
decide-not-us = No es de mi negocio
decided-snoozed = Vuelve mañana a las nueve.
decided-dismissed = Apartada: no es de tu negocio.
decided-assigned = Encargo cambiado.
decided-answered = Marcada como contestada.
decided-sent = Tu respuesta va de camino. Si algo falla, te lo diremos aquí.
decided-published = Contestada. Bien hecho.
assign-label = Quién se encarga
assign-nobody = Nadie en concreto
assign-submit = Encargar

halfway-title = A medias
# $author: a quién
halfway-handed = ¿Publicaste la respuesta a { $author }?
halfway-failed = La respuesta a { $author } no llegó
halfway-unknown = No se sabe si llegó la respuesta a { $author }
halfway-finish = Terminar
task-halfway = { $n ->
    [one] Una respuesta se quedó a medias
   *[other] { $n } respuestas se quedaron a medias
}

aside-title = Apartadas
aside-lead = Lo que dejaste para luego o no era de tu negocio. Nada se pierde: puedes devolverlo a la cola.
aside-dismissed = No es de mi negocio
# $until: el momento
aside-snoozed = Hasta { $until }
aside-back = Devolver a la cola
aside-empty-title = Nada apartado
aside-empty = Aquí aparece lo que dejes para mañana.

# Una respuesta.
# $author: quién lo dijo
answer-to = Contestar a { $author }
answer-text = Tu respuesta
# $max: caracteres, ya escritos
answer-hint = Como mucho { $max } caracteres. La firma eres tú: léela como si la leyera toda tu clientela.
answer-draft-lead = Hemos empezado un borrador. Cámbialo con tus palabras y rellena lo que va entre llaves: no promete nada que tú no digas.
answer-use-saved = Usar un texto guardado
answer-use = Usar este texto
answer-check = Revisar
answer-save = Guardar borrador
answer-send = Enviar la respuesta
answer-send-anyway = Enviar de todos modos
answer-hand = Está bien: publicarla
answer-hand-anyway = Publicarla de todos modos
# $address: el correo
answer-goes-to = Saldrá por correo a { $address }, una sola vez.
answer-by-hand-lead = Esta respuesta la publicas tú: te la copiamos y te llevamos a la página.
answer-care = Lee los avisos antes de que salga
answer-care-lead = Nada de esto lo prohíbe la ley, pero puede volverse en tu contra. Si aun así es lo que quieres decir, pulsa otra vez.
answer-empty = Escribe la respuesta.
answer-too-long = Es demasiado larga para donde va. Acórtala.
answer-not-yours = Tu cuenta puede leer, pero no contestar. Pide permiso a quien lleva el negocio.
answer-promise = ¿Prometes algo? Ponle fecha
answer-promise-lead = Si ofreces devolver, cambiar, llamar o arreglar algo, apúntalo: te lo recordaremos y contará en tu Palabra.
promise-what = Qué prometes
promise-day = Para cuándo
promise-day-wrong = Pon una fecha de hoy en adelante.
# $what: lo prometido; $day: el día
answer-promised = Le prometiste «{ $what }» para el { $day }.
answer-sending = Va de camino
answer-sending-lead = La estamos entregando al servidor de correo. Esta página se actualiza sola.
answer-unknown = No se puede saber si llegó
answer-unknown-lead = Algo se cortó justo al entregarla. No la repetimos solos para que nadie reciba dos. Mira si está en la bandeja de enviados o pregunta, y dinos.
answer-failed = No llegó
answer-failed-lead = La respuesta no salió o volvió. Puedes probar otra vez o cambiarla.
answer-arrived = Sí llegó
answer-again = Enviarla otra vez
answer-rewrite = Escribirla de nuevo
# $when: el momento
answer-published-letter = Contestada por correo: { $when }.
answer-published-hand = Publicada: { $when }.
answer-change = Cambiar la respuesta
answer-elsewhere = Ya está contestada fuera de aquí.
answer-elsewhere-write = Escribir otra respuesta
# $key: la clave; $date: el último día
answer-complaint = Reclamación { $key }: contesta antes de acabar el { $date }
answer-complaint-lead = Contesta a todo lo que pide y con motivos. Sin promociones ni invitaciones.
# $n: mensajes; $key: la clave
answer-conversation = La conversación ({ $n } mensajes)
answer-in-complaint = Esta conversación es de la reclamación { $key }
answer-complaint-open = Ver la reclamación

# Publicar a mano. $source: el sitio
handed-title = Publícala en { $source }
handed-copy = Copia el texto (el botón lo copia solo).
handed-copy-only = Copiar el texto
handed-paste = Pégalo como respuesta en { $source }.
handed-tell = Vuelve aquí y dinos si está.
handed-open = Copiar y abrir { $source } aparte
handed-ask = ¿Ya está publicada?
handed-done = Sí, publicada
handed-not-done = No, volver al borrador

# El revisor.
lint-severity-block = No puede salir así
lint-severity-warn = Cuidado
lint-severity-hint = Sugerencia
lint-nothing = El revisor no ve nada raro. No es un abogado: léela tú también.
lint-remedy = Ofreces algo
lint-remedy-fix = Ponle fecha más abajo para que no se olvide.
draft-note-saved = Un hueco del texto no se pudo rellenar.
draft-note-language = No escribimos en su idioma: el borrador va en el tuyo. Tradúcelo si puedes.
problem-answer-length = La respuesta está vacía o es demasiado larga
problem-answer-length-hint = Vuelve atrás y escribe un texto que quepa donde va.
problem-no-address = No tenemos su correo
problem-no-address-hint = Añádelo en la reclamación, o imprime el justificante y dáselo en mano.
problem-too-many-saved = Hay demasiados textos guardados
problem-too-many-saved-hint = Quita alguno que ya no uses.

# Cómo contestas.
answer-settings-title = Cómo contestas
answer-settings-lead = Textos guardados, plazos, firma y lo que tu profesión no deja decir.
saved-title = Textos guardados
saved-lead = Para no empezar de cero. Cada uno se lee y se cambia antes de salir: nunca se envía solo.
saved-placeholders = Puedes dejar huecos: {"{{"}nombre{"}}"}, {"{{"}negocio{"}}"}, {"{{"}fecha{"}}"} y {"{{"}remedio{"}}"}.
saved-empty = Todavía no has guardado ninguno.
saved-name = Nombre
saved-text = Texto
saved-add = Guardar texto
saved-keep = Guardar cambios
saved-remove = Quitar
saved-empty-text = Escribe un nombre y un texto.
saved-too-long = El texto es demasiado largo.
saved-unknown-placeholder = Hay un hueco que no conocemos. Usa solo los de arriba.
clocks-title = Plazos
clocks-lead = Cuándo avisa la cola. Tu Palabra se calcula igual para todos: dos días y siete días.
clock-bad = Horas para tres estrellas o menos, y cartas
clock-other = Horas para las demás
clock-complaint = Días para una reclamación
clock-complaint-hint = La ley da quince días como mucho.
voice-title = Tu voz
signature = Firma
signature-hint = Con qué nombre terminas. Vacío: el del negocio.
contact = Cómo hablar contigo
contact-hint = Un teléfono o correo del negocio. Se puede decir en público; los de otras personas, no.
profession = Secreto de tu profesión
profession-hint = Decide qué no puede decir una respuesta.
profession-general = Ninguno en especial
profession-lodging = Alojamiento
profession-health = Salud
profession-law = Abogacía y asesoría
profession-education = Enseñanza
profession-minors = Menores
staff = Nombres de quienes trabajan contigo
staff-hint = Uno por línea. El revisor avisará si aparecen en una respuesta. Solo se usan para eso.
region = Comunidad autónoma
region-none = Sin decir
official-form = Página de las hojas oficiales de reclamaciones
official-form-hint = Si conocemos la de tu comunidad, te la proponemos. Comprueba que es la buena: quien reclama la verá.
official-form-wrong = Escribe una dirección que empiece por https://
dispute-body = A quién se puede acudir si dices que no
dispute-body-hint = Por ejemplo, la junta arbitral a la que estás adherido. Vacío: no estás adherido a ninguna, y así lo dirá la respuesta.

# Reclamaciones.
complaints-title = Reclamaciones
complaints-file-name = reclamaciones
# $days: días de plazo
complaints-lead = Cada reclamación recibe su clave, su justificante y respuesta en { $days } días.
# $all, $open, $answered, $in_time: del último año
complaints-counts = Del último año: { $all }. Abiertas: { $open }. Contestadas: { $answered }, { $in_time } a tiempo.
complaints-file = Descargar el registro
complaints-empty-title = Ninguna reclamación
complaints-empty = Cuando alguien reclame, marca su mensaje o apúntala aquí abajo: tendrá clave, justificante y plazo.
# $key: la clave
complaint-title = Reclamación { $key }
complaint-due-lead = Hay que contestar antes de acabar el { $date }.
complaint-key = Clave
complaint-received = Recibida
complaint-claimant = Quién reclama
complaint-channel = Por dónde vino
complaint-channel-email = Correo
complaint-channel-review = Opinión
complaint-channel-in-person = En persona
complaint-channel-phone = Teléfono
complaint-channel-paper = Papel
complaint-state = Cómo está
complaint-state-open = Abierta
complaint-state-answered = Contestada
complaint-state-withdrawn = Retirada
complaint-answered = Contestada a tiempo
complaint-answered-late = Contestada tarde
complaint-withdrawn = Retirada por quien la puso
complaint-facts = Qué pasó
complaint-facts-missing = Escribe qué pasó.
complaint-day-wrong = Pon el día en que llegó, de hoy o de antes.
complaint-wish = Qué pide
complaint-due = Último día
complaint-receipt-at = Justificante dado
complaint-answered-at = Contestada el
complaint-answer = Respuesta
complaint-answer-elsewhere = Se contestó fuera de aquí.
complaint-answer-now = Contestar
complaint-what = La reclamación
complaint-claimant-title = Quién reclama y qué pide
complaint-address = Su correo
complaint-address-hint = Para mandarle el justificante y la respuesta. No se usa para nada más.
complaint-outcome = Resultado
complaint-outcome-ask = ¿Qué decides?
complaint-outcome-accepted = Le das la razón
complaint-outcome-partly = Le das la razón en parte
complaint-outcome-refused = No le das la razón
complaint-outcome-missing = Di qué decides.
complaint-closing-lead = Al final añadiremos la clave y, si no le das toda la razón, a quién puede acudir.
complaint-write-title = Apuntar una reclamación
complaint-write-lead = Para lo que te dicen en persona, por teléfono o en papel.
complaint-write-submit = Apuntar y dar clave
complaint-official-title = La hoja oficial
complaint-official = Este registro no sustituye a la hoja oficial de reclamaciones: si alguien la pide, hay que dársela.
complaint-official-missing = Di en «Cómo contestas» dónde están las de tu comunidad
complaint-official-link = Hojas oficiales de reclamaciones
complaint-diary = Qué ha pasado
complaint-note = Nota
complaint-note-add = Añadir nota
complaint-event-opened = Entró en el registro
complaint-event-receipt = Justificante dado
complaint-event-note = Nota
complaint-event-answered = Contestada
complaint-event-withdrawn = Retirada
complaint-event-reopened = Abierta otra vez
complaint-withdraw = La ha retirado
complaint-reopen = Abrirla otra vez
complaint-open-one = Es una reclamación: darle clave
complaint-sounds-like = Parece una reclamación
complaint-sounds-like-lead = Si lo es, tiene derecho a una clave, un justificante y una respuesta en quince días.
complaint-is-it = ¿Es una reclamación?
complaint-is-it-lead = Si pide que le devuelvan algo o que lo arregles, trátala como tal: clave, justificante y respuesta en quince días.
complaint-receipt = Justificante
receipt-lead = Un papel o un correo que pueda guardar, con la clave, lo que dijo y hasta cuándo contestas.
receipt-missing = Todavía no tiene justificante. Mándaselo o dáselo en mano hoy mismo.
receipt-pdf = Descargar en PDF
receipt-send = Enviar por correo
receipt-hand = Se lo he dado en mano
# $when: el momento
receipt-sent = Por correo, { $when }.
receipt-handed = Dado en mano, { $when }.
receipt-state-queued = Va de camino.
receipt-state-dispatching = Va de camino.
receipt-state-retry = El servidor pide esperar: probaremos otra vez.
receipt-state-accepted = El servidor lo aceptó.
receipt-state-failed = No llegó: dáselo de otra forma.
receipt-state-unknown = No se puede saber si llegó. Decídelo en «Mensajes».
receipt-state-held = Viene de una copia de seguridad. Decídelo en «Mensajes».
receipt-state-folded = Va de camino.
receipt-state-dropped = Alguien lo paró.

# Lo que recibe quien reclama.
complaint-subject = Justificante de tu reclamación { $key }
receipt-greeting = Hola, { $name }:
receipt-greeting-nobody = Hola:
# $business, $when, $key
receipt-received = En { $business } recibimos tu reclamación: { $when }. Su clave es { $key }. Guárdala: con ella puedes preguntar en cualquier momento.
receipt-due = Tendrás una respuesta como muy tarde el { $date }.
# $facts: sus palabras
receipt-facts = Esto es lo que nos dijiste:

    «{ $facts }»
# $wish: lo que pide
receipt-wish = Pides: { $wish }
receipt-answer-by = Respuesta, como muy tarde, el
receipt-official = Además de este justificante tienes derecho a pedirnos la hoja oficial de reclamaciones.
# $key
receipt-title = Justificante de reclamación
receipt-file-name = justificante
receipt-paper-lead = Hemos recibido tu reclamación. Guarda este papel: con la clave puedes preguntar en cualquier momento.
receipt-facts-title = Lo que nos dijiste
receipt-notes-title = Tus derechos
receipt-not-instead = Este justificante no la sustituye. Si nuestra respuesta no te convence, puedes acudir a tu oficina de consumo.
receipt-footer = { $business } · Este papel prueba que recibimos tu reclamación y cuándo.
# PAGE y TOTAL se sustituyen por los números
receipt-page-number = Página PAGE de TOTAL
complaint-closing-key = Clave de tu reclamación: { $key }.
# $body: la entidad
complaint-closing-body = Si no estás conforme, puedes acudir a { $body }, a cuya decisión estamos adheridos, a tu oficina municipal de información al consumidor o a los tribunales.
complaint-closing-none = Si no estás conforme, puedes acudir a tu oficina municipal de información al consumidor, pedir un arbitraje de consumo o ir a los tribunales. No estamos adheridos a ninguna entidad de resolución alternativa de litigios.

# Promesas.
promises-title = Promesas
promises-lead = Lo que se ofrece al contestar, con su fecha, hasta que se cumple.
# $kept de $all
promises-few = Cumplidas { $kept } de { $all } del último año. Con tan pocas no se puede decir más.
# $share, $low, $high ya escritos
promises-kept = Cumplido el { $share } (entre el { $low } y el { $high }): { $kept } de { $all } en el último año.
promises-open = Ver las promesas
promises-open-title = Por cumplir
promises-settled-title = Las últimas
promises-empty-title = Ninguna promesa
promises-empty = Cuando ofrezcas algo al contestar y le pongas fecha, aparecerá aquí para que no se olvide.
# $n: promesas
promises-due-notice = { $n ->
    [one] Una promesa vence hoy o ya venció.
   *[other] { $n } promesas vencen hoy o ya vencieron.
}
# $author, $day
promise-to = A { $author }, para el { $day }
# $n: días
promise-over = { $n ->
    [one] venció ayer
   *[other] venció hace { $n } días
}
promise-left = { $n ->
    [0] vence hoy
    [one] vence mañana
   *[other] quedan { $n } días
}
promise-kept = Cumplida
promise-kept-late = Cumplida tarde
promise-broken = No cumplida
promise-waived = No hizo falta
promise-open = Por cumplir
promise-keep = Cumplida
promise-break = No se cumplió
promise-waive = No hace falta
# $day
task-promise = para el { $day }
task-promise-open = Ver

# La página de Palabra.
word-open = Por sitio y por mes
word-lead = Cómo cumples con quien te escribe.
word-time-title = Tiempo de respuesta
# $median, $low, $high: tiempos ya escritos; $n elige el plural de $count
word-time = { $n ->
    [one] La mitad de las respuestas llega en { $median } o menos (entre { $low } y { $high }). Con { $count } respuesta de la que sabemos la fecha.
   *[other] La mitad de las respuestas llega en { $median } o menos (entre { $low } y { $high }). Con { $count } respuestas de las que sabemos la fecha.
}
# $n: respuestas con fecha; $min: las que hacen falta
word-time-few = { $n ->
    [one] Aún no se puede decir: hay una respuesta con fecha y hacen falta { $min }.
   *[other] Aún no se puede decir: hay { $n } respuestas con fecha y hacen falta { $min }.
}
in-hours = { $n ->
    [one] una hora
   *[other] { $n } horas
}
in-days = { $n ->
    [one] un día
   *[other] { $n } días
}
word-by-source = Por sitio
word-by-month = Por mes
word-source = Sitio
word-due = Opiniones
word-answered = Contestadas
word-in-time = A tiempo
word-median = La mitad, en
word-few = pocas aún
word-nothing = Todavía no hay opiniones de las que se sepa si fueron contestadas.

# La página pública.
public-title = Página pública
public-settings-lead = Una página que cualquiera puede leer: cuánto contestas, cuánto tardas y si cumples. No enseña lo que escriben otras personas.
public-is-open = Está abierta:
public-is-closed = Está cerrada: nadie la ve.
public-slug = Final de la dirección
public-slug-hint = Letras, números y guiones.
public-slug-short = Usa tres letras o más.
public-slug-taken = Esa dirección ya la tiene otro. Prueba otra.
public-contact = Cómo hablar contigo
public-contact-hint = Un teléfono o correo del negocio.
public-open = Abrir la página
public-close = Cerrarla
# $name: el negocio
public-lead = Cómo cumple { $name } con quien le escribe.
public-said = Lo que hemos dicho
public-changed = Lo que hemos cambiado
# $date: cuándo
public-withdrawn = retirado el { $date }
public-complain = Si algo salió mal
public-complain-lead = Dínoslo directamente: lo apuntamos, te damos una clave y un justificante, y te contestamos en quince días.
public-complain-rights = También tienes derecho a la hoja oficial de reclamaciones y a acudir a tu oficina de consumo.
public-who = Esta página la publica { $name } en su propio servidor con Timón. No es una certificación ni un sello: los números salen de sus propias respuestas.

# El resumen del día.
digest-promises = { $n ->
    [one] Una promesa vence hoy o ya venció.
   *[other] { $n } promesas vencen hoy o ya vencieron.
}
digest-halfway = { $n ->
    [one] Una respuesta se quedó a medias.
   *[other] { $n } respuestas se quedaron a medias.
}
