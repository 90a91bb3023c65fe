# Avisos por correo y móvil.

notices-title = Avisos por correo y móvil
notices-lead = Si algo se tuerce, Timón te lo dice aquí fuera. Una vez, y a tus horas.

notices-done-saved = Guardado.
notices-done-added = Añadido. Pulsa «Cambiar» y luego «Probar» para ver si llega.
notices-done-removed = Quitado. Ya no se enviará nada ahí.
notices-done-decided = Hecho.

notices-no-mail-title = El correo no está puesto
notices-no-mail = Quien lleva este servidor tiene que escribir smtp_url y mail_from en timon.toml y volver a arrancar Timón. Mientras, puedes recibir avisos en el móvil.
notices-mail-broken-title = El correo está mal puesto
notices-mail-broken = Quien lleva este servidor tiene que revisar smtp_url y mail_from en timon.toml. Lo que haya que enviar espera.

notices-open-title = Necesitan que decidas
notices-open-lead = Timón no repite un mensaje si puede haber llegado. Míralo y dinos qué hacer.
notices-open-shown = Se ven { $shown } de { $all }.
notices-decide-arrived = Llegó
notices-decide-again = Enviar otra vez
notices-decide-send = Enviar ahora
notices-decide-drop = Dejarlo

notices-channels-title = Dónde te avisamos
notices-empty-title = Todavía en ningún sitio
notices-empty = Añade tu móvil aquí abajo y Timón podrá avisarte.
notices-change = Cambiar
notices-test = Probar
notices-remove = Quitar
notices-address-hidden = (oculto)

channel-email = Correo
channel-ntfy = Móvil (ntfy)
channel-telegram = Telegram

notices-gets-alarms = Solo alarmas
notices-gets-warnings = Alarmas y avisos
notices-gets-digest = Resumen del día
notices-gets-weekly = Resumen de la semana
notices-gets-nothing = Nada
notices-alerts = En el momento
alerts-nothing = Nada
alerts-alarms = Solo alarmas
alerts-warnings = Alarmas y avisos
notices-digest = El resumen del día
notices-weekly = El resumen de la semana

notices-add-title = Añadir un sitio
notices-add-lead = ntfy es una aplicación gratuita para el móvil: crea en ella un tema con un nombre difícil de adivinar y pega aquí su dirección. También vale la dirección de otro programa que reciba textos.
notices-kind = ¿Cómo?
notices-address = Dirección
notices-address-hint = Por ejemplo, https://ntfy.sh/mi-bar-7f3k9q
notices-address-hint-both = Para ntfy, por ejemplo https://ntfy.sh/mi-bar-7f3k9q. Para Telegram, escribe primero a tu bot y pon aquí el número del chat.
notices-add-submit = Añadir
notices-address-wrong = Esa dirección no sirve. Debe empezar por https:// y estar en internet, no en una red privada.
notices-chat-wrong = Eso no parece un chat de Telegram. Pon su número, o @nombre si es un canal.
notices-address-known = Ese sitio ya está. Puedes cambiarlo en la lista.
notices-too-many = Ya hay { $max } sitios. Quita alguno para añadir otro.
notices-too-often = Has hecho muchas pruebas seguidas.
notices-too-often-hint = Espera una hora y prueba otra vez.

notices-test-subject = Prueba de Timón
notices-test-body = Esto es una prueba para { $name }. Si la lees, los avisos llegan bien.
notices-test-accepted = La prueba ha salido bien. Mira si te ha llegado.
notices-test-waiting = La prueba está en camino. Mira la lista dentro de un momento.
notices-test-unknown = No sabemos si la prueba ha llegado. Míralo y decide en la lista.
notices-test-failed = La prueba no ha llegado.

notices-hours-title = Cuándo te avisamos
notices-hours-quiet = De { $from } a { $until } no te molestamos.
notices-hours-alarms = Salvo que sea una alarma.
notices-hours-alarms-too = Tampoco si es una alarma.
notices-hours-none = A cualquier hora.
notices-hours-digest = El resumen del día se prepara a las { $hour }. El de la semana, el { $day } a la misma hora.
notices-hours-cap = Como mucho { $max } avisos al día en cada sitio. El resto va en el resumen.
notices-hours-change = Cambiar las horas
notices-quiet-from = Silencio desde
notices-quiet-until = Silencio hasta
notices-quiet-hint = Pon la misma hora en los dos para no tener silencio.
notices-quiet-alarms = Una alarma puede romper el silencio
notices-digest-hour = Hora del resumen
notices-weekly-day = Día del resumen de la semana
weekday-1 = Lunes
weekday-2 = Martes
weekday-3 = Miércoles
weekday-4 = Jueves
weekday-5 = Viernes
weekday-6 = Sábado
weekday-7 = Domingo

notices-folded = Además, este día:

notices-sent-title = Lo último que hemos enviado
notices-sent-empty = Todavía nada.
notices-what = Qué
notices-where = A dónde
notices-state = Cómo ha ido
notices-kind-reply = Respuesta por correo a
notices-kind-receipt = Acuse de recibo a
notices-next = Se envía a partir del { $when }

outgoing-queued = En cola
outgoing-dispatching = Saliendo
outgoing-accepted = Entregado
outgoing-retry = Se intentará otra vez
outgoing-failed = No ha llegado
outgoing-unknown = No sabemos si llegó
outgoing-held = Retenido
outgoing-folded = Va en el próximo resumen
outgoing-folded-done = Fue en un resumen
outgoing-dropped = No se envía

notices-answer-later = El servidor pide que esperemos.
notices-answer-refused = El servidor lo rechaza.
notices-answer-forbidden = El servidor no nos deja entrar. Revisa la dirección o los permisos.
notices-answer-bad-address = La dirección no sirve. Revísala.
notices-answer-unreachable = No se pudo hablar con el servidor.
notices-answer-sign-in = El servidor de correo no acepta el usuario o la contraseña. Avisa a quien lleva este servidor.
notices-answer-not-set-up = Quien lleva este servidor todavía no lo ha puesto en marcha.
notices-answer-no-answer = El servidor no llegó a contestar.
notices-answer-bounced = Salió, pero volvió: la dirección no existe o no lo acepta.
notices-answer-unreadable = Está guardado de una forma que no se puede leer. Escríbelo otra vez.
notices-answer-interrupted = Timón se paró mientras lo enviaba.
notices-answer-restored = Viene de una copia de seguridad: puede que se enviara entonces.
notices-answer-channel-removed = Se quitó el sitio al que iba.
notices-answer-person-arrived = Alguien dijo que llegó.
notices-answer-person-again = Alguien pidió enviarlo otra vez.
notices-answer-person-drop = Alguien dijo que lo dejáramos.
notices-answer-forgotten = Se olvidó a la persona a la que iba.

channel-webhook = Programa
programs-title = Programas
programs-lead = Timón puede decir a otro programa tuyo que ha pasado algo. Le dice qué y dónde mirarlo, nunca quién ni con qué palabras.
programs-empty = Ninguno todavía.
programs-add-title = Añadir un programa
programs-address-hint = La dirección que escucha, por ejemplo https://miprograma.example/timon
programs-topic-mentions = Menciones nuevas
programs-topic-warnings = Avisos
programs-topic-replies = Respuestas publicadas
programs-too-many = Ya hay { $max } programas. Quita alguno para añadir otro.
programs-secret-title = Esta es la contraseña con la que firmamos
programs-secret = Ponla ahora en el programa: no se vuelve a mostrar. Con ella sabe que el mensaje es nuestro. Si había otra, vale un día más.
programs-new-secret = Cambiar la contraseña
programs-stop = Parar
programs-start = Volver a avisar
programs-stopped-person = Parado el { $when }
programs-stopped-gone = El programa dijo el { $when } que no quiere más mensajes
programs-no-secret = No tiene contraseña: cámbiala para que vuelva a recibir
programs-failing = El último mensaje no llegó
programs-newest = Los últimos mensajes
notices-answer-gone = El programa ya no quiere mensajes.
notices-answer-no-secret = Falta la contraseña con la que se firma.
notices-answer-program-stopped = Se paró el programa al que iba.
notices-answer-taken-back = Se retiró antes de salir.
notices-answer-no-way-out = No dice cómo no recibir más mensajes, así que no sale.
notices-answer-no-gateway = No hay nada preparado para mandar SMS. Prepáralo en Avisos.
notices-answer-too-long = El texto es demasiado largo para un SMS. Acórtalo.
