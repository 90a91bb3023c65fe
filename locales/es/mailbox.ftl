# Buzones de correo.

mailbox-title = Buzones de correo
mailbox-lead = Lo que te escriben por correo, en el mismo sitio que lo demás. Timón solo lee: no marca, no mueve y no borra nada.

mailbox-done-added = Buzón añadido. En un momento verás aquí las cartas de la última semana.
mailbox-done-works = Funciona. Timón está mirando si hay algo nuevo.
mailbox-done-paused = En pausa. Timón no lo lee hasta que tú quieras.
mailbox-done-resumed = Timón vuelve a leerlo.
mailbox-done-removed = Quitado. La contraseña se ha borrado; las cartas que trajo siguen aquí.
mailbox-done-password = Contraseña guardada. Timón vuelve a leer el buzón.
# $address: la dirección del buzón
mailbox-test-failed = No se puede leer { $address }

mailbox-empty-title = Todavía no lees ningún buzón
mailbox-empty = Añade el correo al que te escriben tus clientes. También entran las reseñas nuevas que Google y otros sitios te avisan por correo.

mailbox-server = Servidor
mailbox-letters = Cartas
mailbox-see-letters = Ver las cartas
mailbox-ignored = Dejadas de lado (boletines, respuestas automáticas, correo tuyo)
mailbox-test = Probar ahora
mailbox-password-again = Cambiar la contraseña
mailbox-password-kept = Se guarda cifrada y no se vuelve a enseñar.
mailbox-remove = Quitar este buzón
mailbox-remove-hint = Timón dejará de leerlo y borrará la contraseña. Las cartas que ya trajo se quedan.
# $address: la dirección del buzón
mailbox-remove-question = ¿Quitar { $address }? Timón dejará de leerlo.
mailbox-remove-no = Dejarlo

mailbox-add-title = Añadir un buzón
mailbox-add-lead = Mejor un correo que uses solo para clientes: cada carta de una persona será una mención que espera respuesta.
mailbox-address = Dirección de correo
mailbox-provider = ¿Quién lleva tu correo?
mailbox-provider-hint = Si no está en la lista, elige «Otro» y abre «Servidor de correo».
mailbox-provider-gmail = Gmail o Google Workspace
mailbox-provider-outlook = Outlook o Hotmail
mailbox-provider-yahoo = Yahoo
mailbox-provider-ionos = IONOS
mailbox-provider-arsys = Arsys
mailbox-provider-other = Otro
mailbox-password = Contraseña
mailbox-password-hint = En Gmail y Yahoo no sirve la de siempre: hace falta una «contraseña de aplicación».
mailbox-help-title = ¿Qué contraseña pongo?
mailbox-help-gmail = Gmail: activa la verificación en dos pasos, entra en myaccount.google.com/apppasswords, crea una contraseña para «Timón» y pega aquí las 16 letras. Puedes anularla cuando quieras.
mailbox-help-outlook = Outlook y Hotmail: Microsoft casi nunca deja ya entrar con contraseña. Si no funciona, haz que reenvíen tu correo a otro buzón y añade ese.
mailbox-help-yahoo = Yahoo: en Seguridad de la cuenta, pide una contraseña de aplicación y pégala aquí.
mailbox-help-other = IONOS, Arsys y los demás: la contraseña del buzón, la misma que usas en el programa de correo.
mailbox-help-folder = Si en ese correo también hay cosas tuyas, crea una carpeta o etiqueta para clientes y escribe su nombre en «Servidor de correo».
mailbox-server-title = Servidor de correo
mailbox-host = Servidor de entrada (IMAP)
mailbox-host-hint = Solo si elegiste «Otro». Por ejemplo, imap.midominio.es
mailbox-port = Puerto
mailbox-port-hint = Si no lo sabes, déjalo en blanco.
mailbox-security = Cifrado
mailbox-security-tls = Desde el principio (TLS, puerto 993)
mailbox-security-starttls = Al empezar (STARTTLS, puerto 143)
mailbox-security-plain = Sin cifrar (solo en tu propia red)
mailbox-user = Usuario
mailbox-user-hint = Si no lo sabes, déjalo en blanco: usaremos tu dirección.
mailbox-folder = Carpeta
mailbox-folder-hint = En blanco, la bandeja de entrada.
mailbox-plus = Mi correo admite direcciones con «+», como info+prueba@midominio.es
mailbox-add-submit = Añadir y probar

mailbox-provider-wrong = Elige quién lleva tu correo.
mailbox-password-wrong = Escribe la contraseña del buzón.
mailbox-host-wrong = Escribe el servidor de entrada, por ejemplo imap.midominio.es.
mailbox-port-wrong = El puerto es un número, normalmente 993. Déjalo en blanco si no lo sabes.
mailbox-security-wrong = Elige un cifrado de la lista.
mailbox-known = Ese buzón ya está. Puedes cambiar su contraseña en la lista.
# $max: cuántos caben
mailbox-too-many = Ya hay { $max } buzones. Quita alguno para añadir otro.

mailbox-error-password-missing = Escribe otra vez la contraseña: no está en esta copia.
mailbox-error-bad-host = El nombre del servidor no está bien escrito. Revísalo.
mailbox-error-private-address = Ese servidor está en una red privada, no en internet. Quien lleva Timón puede permitirlo.
mailbox-error-not-encrypted = Sin cifrar solo se puede leer un servidor de tu propia red. Elige otro cifrado.
mailbox-error-dns = No encontramos ese servidor. Revisa el nombre; si está bien, volveremos a intentarlo.
mailbox-error-connect = El servidor no contesta. Revisa el nombre y el puerto; si están bien, volveremos a intentarlo.
mailbox-error-tls = La conexión con el servidor no es segura. Avisa a quien lleva tu correo.
mailbox-error-no-starttls = El servidor no cifra en ese puerto. Prueba con TLS y el puerto 993.
mailbox-error-sign-in = El servidor no acepta el usuario o la contraseña. Mira «¿Qué contraseña pongo?» y escríbela otra vez.
mailbox-error-bad-text = El usuario, la contraseña o la carpeta llevan algún carácter que no se puede enviar. Escríbelos otra vez.
mailbox-error-folder = No hay ninguna carpeta con ese nombre. Déjala en blanco para leer la bandeja de entrada.
mailbox-error-timeout = El servidor tarda demasiado. Volveremos a intentarlo.
mailbox-error-lost = La conexión se cortó a medias. Volveremos a intentarlo.
mailbox-error-bye = El servidor ha cerrado la conversación. Volveremos a intentarlo.
mailbox-error-refused = El servidor no nos deja leer el buzón ahora. Volveremos a intentarlo.
mailbox-error-protocol = Eso no parece un servidor de correo de entrada (IMAP). Revisa el nombre y el puerto.
mailbox-error-too-large = El servidor manda más de lo que leemos de una vez. Avisa a quien lleva tu correo.
mailbox-error-setup = Este servidor no puede salir a internet. Avisa a quien lleva la instalación.
