# Preguntar a los clientes.

invite-title = Preguntar a tus clientes
invite-lead = A todos por igual, contentos o no, con el mismo texto y los mismos enlaces. O por un sorteo que cualquiera puede repetir.
invite-empty-title = Ahora no preguntas a nadie
invite-empty = Muchos clientes satisfechos nunca escriben. Pregúntales antes de que haya un problema: dos minutos de ajustes y sale solo.
invite-begin = Empezar a preguntar
invite-no-way = Aquí no hay correo saliente ni pasarela de SMS: las invitaciones esperan. Quien lleva la instalación pone el correo en timon.toml (smtp_url). Mientras, usa el cartel o los códigos.
invite-now-everyone-review = Preguntas a todos, { $delay } { $delay ->
    [one] día
   *[other] días
  } después de su visita, por una opinión.
invite-now-everyone-census = Preguntas a todos, { $delay } { $delay ->
    [one] día
   *[other] días
  } después de su visita, en privado.
invite-now-draw-review = Cada semana un sorteo elige a { $size } clientes y les preguntas por una opinión.
invite-now-draw-census = Cada semana un sorteo elige a { $size } clientes y les preguntas en privado.
invite-nobody-waits = Ahora no espera nadie. Cuando haya visitas nuevas, las invitaciones salen solas.
invite-waiting = { $n ->
    [one] Espera { $count } persona
   *[other] Esperan { $count } personas
  }. Hoy salen como mucho { $pace }, repartidas entre las 9 y las 20.
invite-too-slow = Con tu límite de { $limit } al día, algunas no saldrán a tiempo: harían falta { $needed }. Sube el límite o elige el sorteo.
invite-faster = Lo habitual para ti serían { $usual } al día; hoy son { $pace } para que nadie se quede sin su pregunta.
invite-held-incident = { $n ->
    [one] { $n } espera
   *[other] { $n } esperan
  } porque hay una incidencia abierta.
invite-held-complaint = { $n ->
    [one] { $n } espera
   *[other] { $n } esperan
  } porque esa persona tiene una queja sin contestar.
invite-held-no-way = { $n ->
    [one] { $n } espera
   *[other] { $n } esperan
  } porque no hay cómo escribirle todavía.
invite-held-hint = Se aplazan, no se pierden: salen cuando se resuelva o, como tarde, el día 25 tras la visita, con el mismo texto.
invite-funnel-title = Qué ha pasado en { $days } días
invite-asked = Preguntados
invite-delivered = Entregadas
invite-opened = Abrieron el formulario
invite-answered = Contestaron
invite-reminded = Con recordatorio
invite-answered-late = Contestaron tras el recordatorio
invite-opted-out = Pidieron no recibir más
invite-failed = No llegaron
invite-unknown = No se sabe si llegaron
invite-unknown-hint = Un corte a mitad de envío. No se repiten: nadie recibe dos.
invite-share = { $share } (entre { $low } y { $high })
invite-share-not-yet = Los porcentajes aparecen a partir de { $n } entregadas.
invite-not-asked-title = A quién no se preguntó, y por qué
invite-not-cancelled = { $n ->
    [one] { $n } visita anulada
   *[other] { $n } visitas anuladas
  }
invite-not-before = { $n ->
    [one] { $n } visita anterior
   *[other] { $n } visitas anteriores
  } a que empezaras
invite-not-too-late = { $n ->
    [one] { $n } visita de hace
   *[other] { $n } visitas de hace
  } más de 25 días
invite-not-unreachable = { $n } sin correo ni teléfono
invite-not-opted-out = { $n ->
    [one] { $n } persona pidió
   *[other] { $n } personas pidieron
  } que no se le escriba
invite-not-asked-lately = { $n } ya preguntados en los últimos 30 días
invite-not-expired = { $n } no salieron a tiempo
invite-not-hint = Son hechos, nunca opiniones: nadie queda fuera por lo que piensa.
invite-why-title = Por qué no filtramos
invite-why = Preguntar solo a los contentos engaña a quien te lee, y se descubre. Aquí no se puede: el texto, el momento y los enlaces son iguales para todos, contesten lo que contesten.
invite-why-law = Distorsionar las reseñas es competencia desleal (Ley 3/1991, art. 27.8) y Google, Trustpilot y la FTC lo prohíben. La reseña debe ser de los 30 días anteriores (TRLGDCU, art. 20.4).
invite-to-customers = { $n ->
    [0] Clientes y visitas: añade los primeros
    [one] { $count } cliente y sus visitas
   *[other] { $count } clientes y sus visitas
  }
invite-to-reviews = Opiniones en tu propio formulario
invite-to-draws = Sorteos
invite-to-majority = La mayoría silenciosa

invite-settings-title = Cómo preguntas
invite-settings-lead = Todo es igual para cada cliente. Un cambio vale para las visitas que se apunten después.
invite-who-asks = Quién pregunta
invite-active = Enviar invitaciones
invite-active-hint = Empieza por las visitas de los últimos 25 días que ya estén apuntadas.
invite-postal = Dirección postal
invite-postal-hint = Va al pie de cada carta: la ley pide decir quién escribe.
invite-postal-missing = Escribe tu dirección: sin ella no se puede enviar.
invite-sender = Correo para respuestas
invite-sender-hint = Si alguien responde a la carta, llega aquí. Vacío: al remitente de la instalación.
invite-what = Qué y a quién
invite-purpose = Qué preguntas
invite-purpose-review = Una opinión
invite-purpose-review-hint = En tu formulario o donde prefiera, de los sitios que pongas abajo.
invite-purpose-census = Una pregunta en privado
invite-purpose-census-hint = Una nota y un comentario que solo lees tú. Sirve para saber qué piensa la mayoría que no escribe.
invite-whom = A quién
invite-whom-everyone = A todos
invite-whom-everyone-hint = Cada visita con correo o móvil, una vez cada 30 días como mucho.
invite-whom-draw = Por sorteo
invite-whom-draw-hint = Cada semana, con la semilla publicada antes: cualquiera puede repetirlo.
invite-when = Cuándo
invite-delay = Días después de la visita
invite-delay-hint = Igual para todos. De 2 a 4 en un servicio; hasta 14 si hay que usar lo comprado.
invite-reminder = Días hasta el recordatorio
invite-reminder-hint = Uno solo, si no ha contestado. 0: ninguno.
invite-draw-size = Personas por sorteo
invite-draw-size-hint = Solo si eliges el sorteo.
invite-cap = Invitaciones al día
invite-cap-hint = Como mucho. Vacío: el ritmo sale de las opiniones que sueles recibir, para que no parezca una avalancha.
invite-count-opens = Contar quién abre el formulario
invite-count-opens-hint = Sin imágenes ocultas: solo cuenta si se abre la página. Apagado salvo que tú quieras.
invite-places = Otros sitios donde pueden escribir
invite-places-lead = Se muestran a todos, en este orden y con el mismo aspecto que tu formulario, antes y después de contestar. Yelp no permite que se pida.
invite-place-name = Sitio { $n }
invite-place-url = Dirección { $n }
invite-link-name-wrong = Escribe el nombre del sitio.
invite-link-wrong = Escribe una dirección que empiece por https://
invite-link-forbidden = Yelp prohíbe pedir opiniones y castiga a quien lo hace.

invite-subject = ¿Qué tal con { $business }?
invite-hello = Hola, { $name }:
invite-again = Te lo preguntamos una vez más, y ya no insistimos.
invite-asks-review = El { $day } nos compraste o nos visitaste. ¿Nos cuentas cómo fue, para bien o para mal? Puedes escribirlo hasta el { $until } donde prefieras:
invite-asks-census = El { $day } nos compraste o nos visitaste. ¿Nos cuentas en privado cómo fue, para bien o para mal? Es una pregunta, no se publica, y está abierta hasta el { $until }.
invite-asks-everyone = Se lo preguntamos a todos nuestros clientes por igual.
invite-by-lot = Te eligió un sorteo que cualquiera puede repetir: { $address } (tu número es { $tag }).
invite-place-own = Contarlo en { $business }
invite-place-census = Contestar en privado
invite-place-other = Contarlo en { $place }
invite-because-contract = Te escribe { $business } porque eres cliente y nos dejaste tu dirección.
invite-because-consent = Te escribe { $business } porque nos diste permiso.
invite-leave = No quiero recibir más
invite-short = { $business }: ¿qué tal el { $day }? Cuéntalo: { $form } No más SMS: { $out }

draws-title = Sorteos
draws-lead = Antes de cerrar la lista se publica la huella de la semilla; luego la de la lista; después se sortea. Nadie puede elegir a quién toca.
draws-empty-title = Todavía no hay sorteos
draws-empty = Un sorteo elige a quién preguntas sin que tú puedas elegir. Sirve sobre todo para la pregunta privada.
draws-new = Un sorteo nuevo
draws-new-lead = Entre las visitas de unos días a las que nadie ha preguntado. La lista se publica y medio día después se sortea.
draw-number = Sorteo { $n }
draw-state = Cómo va
draw-days = Visitas
draw-size = Elegidos
draw-listed = Participan
draw-public = Página pública
draw-is-promised = Semilla prometida; la lista está abierta
draw-is-listed = Lista cerrada; se sortea medio día después
draw-is-drawn = Sorteado
draw-is-abandoned = Anulado antes de sortear
draw-for-review = para pedir una opinión
draw-for-census = para la pregunta privada
draw-from = Visitas desde
draw-until = Hasta
draw-promise = Publicar la huella y empezar
draw-abandon = Anular el sorteo
draw-abandon-no = Dejarlo
draw-abandon-question = ¿Anular este sorteo? Quedará a la vista que se anuló.
draw-days-wrong = Elige como mucho 30 días, y no antes de hace 23.
draw-overlaps = Ya hay un sorteo abierto sobre esos días.
draw-title = Sorteo { $n } de { $business }
draw-lead-review = Con este sorteo se decide a qué clientes se les pide una opinión.
draw-lead-census = Con este sorteo se decide a qué clientes se les hace una pregunta en privado.
draw-promised = Semilla prometida
draw-seed-hash = Huella de la semilla (SHA-256)
draw-closed = Lista cerrada
draw-took-part = { $n ->
    [one] participa { $n }
   *[other] participan { $n }
  }
draw-list-hash = Huella de la lista (SHA-256)
draw-drawn = Sorteado
draw-seed = Semilla
draw-left-out = No participan:
draw-again = Repetirlo
draw-again-lead = Guarda los números de la lista en list.txt, uno por línea. Estas dos líneas dan los mismos elegidos:
draw-again-program = Con el programa:
draw-list = Lista y resultado (JSON)
draw-proves = Demuestra que la semilla se fijó antes que la lista, y la lista antes que el sorteo. No demuestra que estén todos los clientes: cada invitación lleva su número para que puedas buscarlo.

public-draws = Sorteos
public-draws-lead = A quién preguntamos lo decide un sorteo que cualquiera puede repetir.

out-title = No recibir más
out-lead = { $business } no volverá a escribirte para preguntar.
out-yes = No quiero recibir más
out-done-title = Hecho
out-done = { $business } no volverá a escribirte para preguntar. Si tienes una queja, te seguirán contestando.

invite-codes-title = Carteles y códigos
invite-codes-lead = Para quien no deja su dirección: un cartel, el código del día o un código en cada tique.
codes-form = Tu formulario:
codes-poster = Cartel
codes-poster-lead = Lleva a tu propio formulario, nunca a otra web.
codes-poster-a4 = Cartel A4
codes-poster-a6 = Tarjeta A6
codes-poster-four = Cuatro tarjetas en un A4
codes-today = El código de hoy
codes-today-lead = Dilo en caja o ponlo en el tique: quien lo escribe demuestra que vino hoy. Cambia cada día.
codes-today-card = Tarjeta con el código de hoy
codes-labels = Códigos de un solo uso
codes-labels-lead = Cada uno vale para una opinión. Se imprimen en hojas de 24 etiquetas de 70 × 36 mm; tu caja puede pedirlos por la API.
codes-labels-size = Cuántos
codes-labels-days = Valen durante
codes-labels-days-hint = Días desde hoy.
codes-labels-make = Hacer y descargar
codes-table = Códigos hechos
codes-made = Hechos
codes-size = Cuántos
codes-used = Usados
codes-until = Valen hasta
problem-too-many-codes = Son demasiados códigos para un día.
problem-too-many-codes-hint = Espera a mañana o pide menos.
poster-headline = ¿Cómo te fue?
poster-line = Cuéntalo en un minuto, para bien o para mal.
poster-code = Código del { $day }
poster-alt = Código QR de { $address }
poster-footer = Preguntamos a todos. No filtramos.
label-instructions = ¿Cómo te fue? Cuéntalo con este código.

task-invitations = { $n ->
    [one] { $n } invitación sale hoy sola
   *[other] { $n } invitaciones salen hoy solas
  }
