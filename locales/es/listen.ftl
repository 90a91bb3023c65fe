# Importar y fuentes.

source-google = Google
source-tripadvisor = TripAdvisor
source-trustpilot = Trustpilot
source-booking = Booking
source-yelp = Yelp
source-google-play = Google Play
source-app-store = App Store
source-file = Otro sitio
source-feed = Canal de noticias (RSS)
source-in-person = Dicho en persona
source-mailbox = Tu buzón de correo

import-title = Importar opiniones
import-lead = Sube un archivo o pega lo que copies de una web. No se guarda como opinión hasta que lo revises.
import-steps = Pasos para importar
import-step-choose = Elegir
import-step-check = Revisar
import-step-done = Listo
step-done = hecho

import-source = ¿De dónde vienen?
import-source-hint = Si el archivo lo dice, haremos caso al archivo.
import-source-guess = No lo sé, adivínalo
import-file-title = Subir un archivo
import-file = Archivo
# $max: megabytes
import-file-hint = Excel (.xlsx), CSV, JSON o el ZIP de Google Takeout. Hasta { $max } MB.
import-file-drop = Arrastra aquí el archivo o búscalo
import-file-too-large = Pesa más de { $max } MB. Pártelo en dos y sube cada parte.
import-file-submit = Subir y revisar
import-paste-title = Copiar y pegar
import-paste = Texto copiado
import-paste-hint = Copia varias opiniones seguidas de la web, con nombre, estrellas y fecha. Si solo tienes el texto, deja una línea en blanco entre una y otra.
import-paste-example =
    Marta G.
    5 estrellas
    hace 2 semanas
    Trato de diez y comida casera.
import-paste-submit = Revisar lo pegado

import-help-title = ¿Cómo consigo mis opiniones?
import-help-1 = Google: entra en takeout.google.com con la cuenta de tu ficha, marca solo «Perfil de Empresa de Google», descarga el ZIP y súbelo tal cual.
import-help-2 = Trustpilot: en tu cuenta de empresa, abre tus opiniones y descárgalas en CSV.
import-help-3 = TripAdvisor, Booking y los demás: abre tu página, selecciona las opiniones, copia y pega.
import-help-4 = Una hoja tuya: vale cualquier Excel (.xlsx) o CSV con los nombres de las columnas en la primera fila y una opinión en cada una de las demás.

import-past = Importaciones anteriores
import-column-what = Qué
import-column-when = Cuándo
import-column-state = Estado
import-pasted-name = Texto pegado
import-state-draft = Por revisar
import-state-running = En marcha
import-state-finished = Terminada
import-state-failed = Parada por un fallo
import-added = Nuevas
import-revised = Cambiadas
import-same = Ya estaban
import-rejected = No han entrado

import-check-title = Revisa antes de guardar
# $rows: filas, a veces estimadas
import-check-lead = { $rows ->
    [0] No hemos encontrado ninguna opinión.
    [one] Hemos encontrado una opinión, más o menos. Mira abajo si la hemos entendido.
   *[other] Hemos encontrado { $rows } opiniones, más o menos. Mira abajo si las hemos entendido.
}
import-check-nothing = No vemos ninguna opinión
import-check-nothing-hint = Si es un archivo, corrige las columnas y pulsa «Mirar otra vez». Si es texto pegado, descártalo y cópialo otra vez con nombre, estrellas y fecha.
import-check-where = Dónde se guardan
import-source-name = Nombre de la fuente
import-columns = Qué hay en cada columna
import-columns-lead = Lo hemos adivinado. Cambia lo que no sea así y pulsa «Mirar otra vez».
import-columns-more = Más columnas, fechas y estrellas
import-column-none = Ninguna
# $n: puesto de la columna
import-column-number = Columna { $n }
import-role-text = Texto
import-role-stars = Estrellas
import-role-date = Fecha
import-role-author = Autor
import-role-title = Título
import-role-id = Identificador
import-role-url = Enlace
import-role-reply_text = Tu respuesta
import-role-reply_date = Fecha de tu respuesta
import-role-place = Establecimiento
import-role-text_more = Segunda parte del texto
import-date-order = Orden de las fechas
import-day-first = Primero el día (31/12)
import-month-first = Primero el mes (12/31)
import-stars-best = La mejor puntuación
# $best: 5, 10 o 100
import-stars-best-of = { $best } puntos
import-confirm = Guardar las opiniones
import-look-again = Mirar otra vez
import-discard = Descartar

import-sample = Así quedarán
import-sample-empty = Aún no hay nada que enseñar.
import-rejections = Filas que no han entrado
import-line = Línea
import-reason = Por qué
import-excerpt = Cómo empieza

import-running-title = Guardando tus opiniones
import-running-lead = Puedes cerrar esta página: sigue sin ti.
import-running-label = Guardando
import-progress = { $done } de { $total }

import-done-title = Importación terminada
import-failed-title = La importación se ha parado
# $added: opiniones nuevas
import-done-lead = { $added ->
    [0] No ha entrado ninguna opinión nueva.
    [one] Ha entrado una opinión nueva.
   *[other] Han entrado { $added } opiniones nuevas.
}
import-see-today = Ir a Hoy
import-see-mentions = Ver las menciones
import-another = Importar más
import-nothing-title = No había nada que importar
import-nothing = Comprueba que es el archivo que querías y prueba otra vez.
# $n: filas que no han entrado
import-rejected-lead = { $n ->
    [one] Una fila no ha entrado. Abajo está, con el motivo. Corrígela en el archivo y súbelo otra vez: lo demás no se repetirá.
   *[other] { $n } filas no han entrado. Abajo están las primeras, con el motivo. Corrígelas en el archivo y súbelo otra vez: lo demás no se repetirá.
}

row-no-text-and-no-stars = No tiene texto ni estrellas
row-bad-stars = No entendemos las estrellas
row-bad-date = No entendemos la fecha
row-bad-json = El JSON está mal escrito
row-too-many-fields = Tiene más celdas de la cuenta
row-cell-too-long = Una celda es larguísima
row-row-too-long = La fila es larguísima
row-open-quote = Unas comillas se abren y no se cierran
row-truncated = El archivo se corta aquí; no hay nada más detrás
row-too-many-rows = El archivo tiene demasiadas filas; desde aquí no se ha leído
row-too-large = El archivo es demasiado grande; desde aquí no se ha leído

file-empty = El archivo está vacío
file-empty-hint = Ábrelo para comprobarlo, guárdalo con las opiniones y súbelo otra vez.
file-too-large = El archivo es demasiado grande
file-too-large-hint = Pártelo en dos y sube cada parte. Si va comprimido, cuenta lo que ocupa al abrirlo.
file-unknown-format = No sabemos leer este tipo de archivo
file-unknown-format-hint = Leemos Excel (.xlsx), CSV, JSON y el ZIP de Google Takeout. Si es un Excel antiguo (.xls), guárdalo como .xlsx. Si es un PDF o una web, copia el texto y pégalo.
file-encoding = No podemos leer las letras del archivo
file-encoding-hint = Ábrelo en tu hoja de cálculo, guárdalo como Excel (.xlsx) o como «CSV UTF-8» y súbelo otra vez.
file-line-too-long = El archivo tiene una línea larguísima
file-line-too-long-hint = Suele faltar una comilla. Ábrelo en tu hoja de cálculo, guárdalo como Excel (.xlsx) y súbelo otra vez.
file-zip-bomb = El archivo crece demasiado al abrirlo
file-zip-bomb-hint = Hemos parado por seguridad. Descomprímelo en tu ordenador y sube solo el archivo de las opiniones.
file-corrupt = El archivo está dañado o incompleto
file-corrupt-hint = Descárgalo otra vez y súbelo de nuevo.
file-too-many-columns = El archivo tiene demasiadas columnas
file-too-many-columns-hint = Deja las de texto, estrellas, fecha y autor, borra las demás y súbelo otra vez.
file-no-usable-columns = No encontramos ni el texto ni las estrellas
file-no-usable-columns-hint = Pon en la primera fila los nombres de las columnas, por ejemplo «Texto», «Estrellas» y «Fecha», y súbelo otra vez. También puedes copiar y pegar.
file-io = No hemos podido guardar o leer el archivo
file-io-hint = Prueba otra vez. Si se repite, avisa a quien lleva la instalación: puede que el disco esté lleno.
file-gone = El archivo ya no está
file-gone-hint = Lo que no se confirma se borra a las 24 horas. Súbelo o pégalo otra vez.
paste-empty = No vemos ninguna opinión en lo que has pegado
paste-empty-hint = Copia desde el nombre de la primera persona hasta el final de la última opinión, con estrellas y fecha, y pégalo otra vez.

sources-title = Fuentes
sources-lead = Dónde escuchamos y si se oye bien.
sources-empty-title = Aún no escuchamos en ningún sitio
sources-empty = Importa tus opiniones o añade abajo una dirección.
sources-kind = De dónde
sources-mentions = Menciones
sources-newest = Lo último
sources-state = Cómo va
sources-asked = Última visita
sources-no-replies = Esta fuente no dice qué está contestado. Márcalo tú en cada mención.
sources-add-title = Escuchar en otro sitio
sources-add-lead = Un periódico local, un blog, un foro o una alerta de Google: todo lo que publique un canal RSS. Lo visitamos varias veces al día.
sources-url = Dirección
sources-url-hint = Empieza por https://. Para las Alertas de Google: crea la alerta, elige «Enviar a: Feed RSS» y copia aquí su dirección.
sources-name = Cómo quieres llamarla
sources-add-submit = Añadir
sources-ask-now = Visitar ahora
sources-pause = Pausar
sources-resume = Seguir escuchando

sources-mailbox = Buzones de correo
sources-mailbox-state = Míralo en los buzones
source-health-well = Se oye bien
source-health-waiting = Aún no la hemos visitado
source-health-failing = No se oye
source-health-paused = En pausa
source-health-gone = Ya no existe

feed-error-bad-url = La dirección no está bien escrita. Cópiala entera, desde https://.
feed-error-bad-scheme = La dirección tiene que empezar por https:// o http://. Cópiala otra vez.
feed-error-bad-port = La dirección usa un puerto que no visitamos. Busca otra que no lleve números tras dos puntos.
feed-error-userinfo = La dirección lleva dentro un usuario o una contraseña. Quítalos y prueba otra vez.
feed-error-private-address = La dirección lleva a una red privada, no a internet. Usa una dirección pública.
feed-error-dns = No encontramos ese sitio. Revisa el nombre; si está bien, volveremos a intentarlo.
feed-error-connect = El sitio no contesta. Volveremos a intentarlo.
feed-error-tls = La conexión con el sitio no es segura. Avisa a quien lo lleva o busca otra dirección.
feed-error-timeout = El sitio tarda demasiado. Volveremos a intentarlo.
feed-error-too-large = El sitio manda más de lo que leemos de una vez. Busca un canal más corto.
feed-error-too-many-redirects = El sitio nos manda de una dirección a otra sin fin. Ábrela en el navegador y copia la última.
feed-error-bad-redirect = El sitio nos manda a una dirección que no existe. Busca la nueva y añádela.
feed-error-downgrade = El sitio nos manda a una dirección sin cifrar. Busca una que empiece por https://.
feed-error-bad-response = El sitio ha contestado algo que no se entiende. Volveremos a intentarlo.
feed-error-http-status = El sitio ha contestado con un error. Abre la dirección en el navegador para ver si sigue ahí.
feed-error-setup = Este servidor no puede salir a internet. Avisa a quien lleva la instalación.
feed-error-not-a-feed = En esa dirección no hay ningún canal RSS. Busca en el sitio un enlace que diga «RSS».
feed-error-feed-malformed = El canal está mal escrito o se corta. Volveremos a intentarlo.
feed-error-feed-out-of-bounds = El canal es demasiado enrevesado para leerlo. Busca otro del mismo sitio.
feed-error-mailbox = No podemos leer este buzón de correo. Mira por qué en «Buzones de correo».
feed-error-feed-gone = El sitio dice que este canal ya no existe. Busca el nuevo y añádelo.
source-name-file = Otras reseñas
import-needs-manager = Importa quien lleva las fuentes: pídeselo a quien te dio acceso.
source-health-old = Lo último es antiguo
# la cuenta exacta
import-check-lead-exact = { $rows ->
    [0] No hemos encontrado ninguna opinión.
    [one] Hemos encontrado una opinión. Mira abajo si la hemos entendido.
   *[other] Hemos encontrado { $rows } opiniones. Mira abajo si las hemos entendido.
}
