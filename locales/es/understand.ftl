# La lista de menciones y la página de cada una.

mentions-title = Menciones
mentions-lead = Todo lo que dicen de ti, lo último primero.
mentions-back = Menciones
mentions-pages = Páginas de menciones
mentions-none-title = Nada coincide
mentions-none = Prueba con menos filtros o con otra palabra.
mentions-empty-title = Aún no hay menciones
mentions-empty = Importa tus opiniones o añade una fuente, y aparecerán aquí.
page-first = Volver a las últimas
page-older = Más antiguas

filter-label = Buscar y filtrar menciones
filter-search = Buscar en las menciones
filter-submit = Buscar
filter-apply = Aplicar
filter-summary = Filtros
# $n: filtros puestos
filter-active = { $n ->
    [one] Uno puesto
   *[other] { $n } puestos
}
filter-any = Cualquiera
filter-clear = Quitar los filtros
filter-sentiment = Cómo suena
filter-stars = Estrellas
filter-reply = Respuesta
filter-source = Fuente
filter-language = Idioma

mention-title = Mención
mention-see = Ver
mention-original = Ver el original
mention-your-reply = Tu respuesta
mention-edited = Cambiada por su autor
mention-no-author = Alguien sin nombre
mention-no-date = Sin fecha
mention-no-text = Sin texto, solo estrellas

answer-title = ¿Está contestada?
answered-lead = Sí, está contestada.
# $date: el día de la respuesta
answered-on = Fue el { $date }.
answered-undo = En realidad no está contestada
unanswered-lead = No nos consta ninguna respuesta. Contesta desde aquí o, si ya lo hiciste, márcala para no recordártela más.
answer-open = Contestar
answer-see = Ver la respuesta
answered-mark = Ya la he contestado

reading-title = Cómo la hemos leído
reading-not-yet = Aún no la hemos leído. Suele ser cosa de segundos: recarga la página.
reading-sounds = Suena
reading-language = Idioma
reading-sure = ¿Seguro?
reading-very-sure = Sí, muy seguro
reading-fairly-sure = Bastante seguro
reading-barely-sure = Por poco
reading-unsure = No lo bastante para decirlo
reading-stars-good-text-bad = Las estrellas son buenas, pero el texto suena a queja. Léela despacio.
reading-stars-bad-text-good = Las estrellas son malas, pero el texto suena bien. Quizá se equivocó al puntuar: pregúntale.
reading-machine = La ha leído un programa, aquí mismo y sin enviarla a nadie. A veces se equivoca.

revisions-title = Lo que decía antes
revision-until = Hasta
revision-text = Texto
mentions-waiting-lead = Solo las que esperan respuesta: tres estrellas o menos y sin contestar.

# La lista de menciones: filtros nuevos
filter-cause = Por qué se quejan
filter-aspect = De qué se quejan
filter-term = Nombre vigilado

# Por qué se queja alguien
cause-broken-promise = Promesa incumplida
cause-bad-product = Mal producto
cause-bad-service = Mal servicio
cause-other = Otra queja
cause-unsure = Queja sin causa clara
cause-none = No es una queja

# De qué se habla
aspect-food = Comida
aspect-drinks = Bebida
aspect-variety = Variedad
aspect-service = Atención
aspect-staff = Personal
aspect-wait = Espera
aspect-price = Precio
aspect-cleanliness = Limpieza
aspect-room = Habitación
aspect-comfort = Comodidad
aspect-facilities = Instalaciones
aspect-location = Ubicación
aspect-ambience = Ambiente
aspect-product = Producto
aspect-design = Diseño
aspect-delivery = Entrega
aspect-packaging = Embalaje
aspect-app = Web o app
aspect-refund = Devolución
aspect-booking = Reserva
aspect-payment = Cobro
aspect-warranty = Garantía
aspect-contact = Contacto
aspect-safety = Seguridad
aspect-information = Información
aspect-general = En general

# Qué quiere quien escribe
intent-complaint = se queja
intent-question = pregunta
intent-praise = elogia
intent-boycott-threat = llama a no comprar
intent-legal-threat = anuncia una reclamación o denuncia
intent-contact-request = pide que le contacten

standing-local = Alguien de la zona
standing-visitor = Alguien de fuera
standing-not-customer = Alguien que no fue cliente
standing-unsure = No lo dice

# La lectura de una mención
reading-aspects = Habla de
reading-cause = Por qué se queja
reading-intents = Qué hace
reading-standing = Quién escribe
reading-places = Lugares
reading-names = Nombres vigilados
reading-you-said = Sí: lo dijiste tú
reading-by-copy = Es casi igual que otra que corregiste, así que la leemos como dijiste.
reading-by-learnt = La leemos así por lo que aprendimos de tus correcciones.
reading-why = Por qué la leemos así
why-words-negative = Suenan mal: { $words }.
why-words-positive = Suenan bien: { $words }.
why-turned = Una negación le da la vuelta: { $words }.
why-cause = Por la causa pesaron: { $words }.
why-intents = Lo que hace se ve en: { $words }.
why-stars = También contaron las estrellas.
why-nothing = Ninguna palabra pesó mucho.
correct-sentiment = ¿Suena de otra manera? Corrígelo con un toque
correct-cause = Dinos por qué se queja
correct-cause-other = ¿Se queja por otra cosa?
corrected-sentiment = Dijiste que suena { $said } (nosotros leímos: { $was }).
corrected-cause = Dijiste que la causa es: { $said } (nosotros leímos: { $was }).
corrected-undo = Deshacer

# Lo aprendido
learnt-title = Lo aprendido
learnt-link = Ver lo aprendido
learnt-lead = Cada corrección tuya vale al momento para esa mención y para las que son casi iguales. Entre todas ajustan cómo leemos las demás.
learnt-empty-title = Aún no has corregido nada
learnt-empty = Cuando una mención esté mal leída, ábrela y tócala: aquí verás lo que aprendimos y podrás deshacerlo.
learnt-empty-action = Ver las dudosas
learnt-effect-title = Qué ha cambiado
learnt-effect = { $n ->
    [0] Ninguna corrección está en vigor.
    [one] Hay una corrección en vigor.
   *[other] Hay { $n } correcciones en vigor.
} { $copies ->
    [0] Ninguna otra mención es casi igual.
    [one] Una mención casi igual se lee como dijiste.
   *[other] { $copies } menciones casi iguales se leen como dijiste.
} { $others ->
    [0] Las demás se leen como antes.
    [one] Otra se lee distinto por lo aprendido.
   *[other] Otras { $others } se leen distinto por lo aprendido.
}
learnt-only-here = Vale solo para tu negocio y se queda en este ordenador. Si deshaces una corrección, es como si nunca la hubieras hecho.
learnt-waiting = Con { $min } correcciones de cómo suena en un mismo idioma empezamos a ajustar las demás lecturas.
learnt-active = Ya ajustamos las demás lecturas.
learnt-words = Palabras que ahora pesan de otra manera: { $words }.
learnt-idle = De momento no ajustamos las demás: con lo corregido no leeríamos mejor.
learnt-row = De «{ $was }» a «{ $said }»
learnt-by-nobody = Alguien que ya no está
learnt-undone = Deshecha el { $date }
learnt-pages = Páginas de correcciones

# Causas
causes-title = Causas
causes-lead = De qué se quejan, por qué, y si lo que cambiaste funcionó.
week = Semana
week-title = La causa de la semana
week-none = Nadie se ha quejado en las últimas cuatro semanas, que sepamos.
week-not-yet = { $n ->
    [one] Hay una queja en las últimas cuatro semanas.
   *[other] Hay { $n } quejas en las últimas cuatro semanas, pero no hay { $min } iguales.
} Aún no se puede decir que tengan una misma causa.
week-count = { $n } de { $all } quejas de los últimos { $days } días ({ $between }).
week-see-all = Ver las menciones
week-mark-fix = Ya lo arreglé
share-between = entre { $low } y { $high }
share-nothing = sin menciones
interval = Entre
by-cause-title = Todas las quejas
by-cause-lead = { $n ->
    [one] Una queja en las últimas cuatro semanas.
   *[other] { $n } quejas en las últimas cuatro semanas.
}
by-cause-why = Causa
by-cause-count = Quejas
by-cause-share = Parte del total
aspects-title = De qué hablan
aspects-none = Aún no hay nada de lo que hablen al menos { $min } menciones.
aspects-lead = De { $n } menciones leídas en las últimas { $weeks } semanas. El cambio compara con otras tantas semanas de antes.
aspects-aspect = De qué
aspects-blame = Se quejan
aspects-praise = Lo alaban
aspects-change = Cambio
change-nothing-before = Sin semanas anteriores
change-more = Más que antes: eran { $before }
change-fewer = Menos que antes: eran { $before }
change-same = Antes { $before }; puede ser casualidad

# ¿Funcionó?
fix-title = { $aspect }: ¿funcionó?
fix-since = Desde el { $date }
fix-before = Antes: { $hits } de { $n } menciones se quejaban ({ $between }).
fix-after = Después: { $hits } de { $n } ({ $between }).
fix-worked = Funcionó: las quejas bajaron, entre { $least } y { $most } de cada cien menciones.
fix-worse = Ha empeorado: las quejas subieron, entre { $least } y { $most } de cada cien menciones.
fix-cannot-tell = No se puede decir todavía: el cambio podría ser casualidad.
fix-too-early = Es pronto para decirlo: hacen falta una semana y diez menciones a cada lado.
fix-nothing-before = No oímos quejas de esto ni antes ni después.
fix-forget = Borrar este apunte
weeks-title = Quejas semana a semana
weeks-summary = Parte de las menciones de cada semana que se quejan. { $aspect }: la línea marca el cambio, el { $date }.
weeks-value = Se quejan
weeks-count = Menciones
add-fix-title = He cambiado algo
add-fix-lead = Dinos qué has arreglado y desde cuándo. Compararemos las quejas de { $weeks } semanas antes y después.
add-fix-aspect = Para mejorar
add-fix-what = Qué has cambiado
add-fix-what-hint = Por ejemplo: una persona más los sábados.
add-fix-since = Desde
add-fix-submit = Apuntarlo
fix-what-missing = Escribe qué has cambiado.
fix-since-wrong = Elige un día de los últimos dos años, no posterior a hoy.
fix-too-many = Hay cincuenta cambios apuntados. Quita alguno antes de apuntar otro.

# Nombres vigilados
watch-title = Nombres vigilados
watch-lead = Marcas, productos y personas que buscamos en todo lo que llega, se escriban con acentos o sin ellos. Un nombre nuevo se busca también en las 5.000 menciones más recientes.
watch-empty-title = Aún no vigilas ningún nombre
watch-empty = Añade tu marca, un plato, un modelo o a alguien de tu equipo, y verás qué se dice de cada uno.
watch-add-title = Vigilar nombres
watch-names = Nombres
watch-names-hint = Uno por línea. Lo que elijas abajo vale para todos.
watch-kind = Qué son
watch-kind-brand = Mi marca
watch-kind-product = Un producto
watch-kind-person = Una persona
watch-kind-competitor = Un competidor
watch-required = Solo si también dice
watch-required-hint = Separadas por comas; basta una. Para «Mango», la tienda: ropa, talla, probador.
watch-excluded = Nunca si dice
watch-excluded-hint = Separadas por comas. Para «Mango», la tienda: fruta, zumo.
watch-add-submit = Vigilar
watch-searching = Lo estamos buscando
watch-found = { $n ->
    [0] Aún no aparece
    [one] En una mención
   *[other] En { $n } menciones
}
watch-only-with = solo con: { $words }
watch-never-with = nunca con: { $words }
watch-see = Ver
watch-forget = Dejar de vigilar
watch-shown = Se ven los primeros { $shown } de { $all }.
watch-name-missing = Escribe al menos un nombre.
watch-name-short = Un nombre necesita al menos dos letras.
watch-name-long = Un nombre puede tener hasta ocho palabras.
watch-name-address = Una dirección web no es un nombre.
watch-not-one-word = Separa las palabras con comas: cada una, una sola palabra.
watch-too-many-at-once = Añade hasta mil nombres de una vez.
watch-too-many-words = Con treinta palabras basta.
watch-too-many = Caben { $max } nombres.
mentions-days-lead = Solo de los últimos { $days } días.
aspects-more = Lo demás de lo que hablan
