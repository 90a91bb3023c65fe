# Clientes y visitas.

customers-title = Clientes
customers-lead = Quién ha venido o comprado, y por qué se le puede escribir. Nada más: ni gustos ni perfiles.
customers-add = Añadir una visita
customers-settings = Cuánto se guardan
customers-empty-title = Todavía no hay clientes
customers-empty = Añade una visita a mano, sube un archivo de tickets o reservas, o conecta tu tienda. Así podrás preguntar a clientes de verdad cómo les fue.
customers-needs-agent = Tu cuenta ve cuántos son, no quiénes son.
customers-needs-manager = Para ver todo lo guardado de una persona u olvidarla, pídeselo a quien lleva la cuenta.
customers-count = Clientes
customers-count-recent = Visitas en los últimos 30 días
customers-count-opted-out = No quieren mensajes
customers-search = Buscar un cliente
customers-search-hint = Por nombre, correo, teléfono o número de pedido.
customers-search-submit = Buscar
customers-search-clear = Ver todos
customers-list = Clientes, la última visita primero
customers-none-title = Nadie con ese nombre
customers-none = Prueba con el correo o el número de pedido.
customers-pages = Páginas de clientes
customers-older = Anteriores
customers-nameless = Sin nombre
customers-column-who = Quién
customers-column-contact = Contacto
customers-column-visit = Última visita
customers-column-may = ¿Se le puede escribir?
customers-column-day = Día
customers-column-reference = Pedido o reserva
customers-column-origin = Cómo lo sabemos
customers-column-state = Estado
customers-may = Sí
customers-may-not = No quiere mensajes
customers-may-not-hint = No se le escribe más. Esto no se puede deshacer, ni con un archivo nuevo.
customers-data-asked-title = Alguien pide ver sus datos
customers-data-asked = Tienes un mes para enviárselos. Abre su ficha y descárgalos.

customers-basis-contract = Nos compró o vino
customers-basis-contract-hint = Dejó su dirección al comprar o reservar, y allí mismo pudo decir que no quería mensajes.
customers-basis-contract-short = Sí: es cliente
customers-basis-consent = Dijo que sí
customers-basis-consent-hint = Marcó una casilla o firmó que acepta mensajes.
customers-basis-consent-short = Sí: dijo que sí
customers-basis = ¿Por qué se le puede escribir?
customers-basis-note = ¿Cómo se le dijo que podía decir que no?
customers-basis-note-hint = Escribe la frase o dónde estaba. Por ejemplo: «En la reserva, casilla “No quiero recibir mensajes”».
customers-neither-title = ¿Ninguna de las dos?
customers-neither = Entonces no se le puede escribir. Dale un código en el ticket: quien quiera opinará, y no hace falta su correo.

customers-add-title = Añadir una visita
customers-add-lead = Alguien que vino o compró y dejó su correo o su teléfono.
customers-add-card = La visita
customers-add-submit = Añadir
customers-name = Nombre
customers-email = Correo
customers-email-hint = Hace falta el correo o el teléfono.
customers-phone = Teléfono
customers-day = Día de la visita
customers-day-hint = En un hotel, el día de salida.
customers-reference = Número de pedido, reserva o factura
customers-reference-hint = Con él, la misma visita no se apunta dos veces.
customers-language = Idioma
customers-language-unknown = No se sabe
customers-wrong-email = Ese correo no parece bueno. Revísalo.
customers-wrong-phone = Ese teléfono no parece bueno. Si es de fuera, escríbelo con + y el país.
customers-wrong-day = Escribe el día de la visita.
customers-wrong-basis = Elige por qué se le puede escribir. Si no hay motivo, no se puede.
customers-wrong-no-contact = Escribe su correo o su teléfono.
customers-wrong-future = Ese día aún no ha llegado.
customers-wrong-too-old = Hace demasiado de esa visita: no se guardan tanto tiempo.
customers-wrong-forgotten = Esa persona pidió que la olvidáramos. No se vuelve a apuntar.
customers-wrong-no-note = Escribe cómo se le dijo que podía decir que no.

customers-done-added = Apuntado.
customers-done-known = Esa visita ya estaba apuntada.
customers-done-opted-out = Hecho: no se le escribirá más.
customers-done-cancelled = Hecho: por esa visita no se le escribirá.
customers-done-told = Hecho: sus datos están enviados.
customers-done-forgotten = Hecho: aquí no queda nada de sus datos. Solo se cuenta que hubo una visita.
customers-done-saved = Guardado.

customers-known = Lo que sabemos
customers-nothing = Nada
customers-since = Apuntado el
customers-visits = Visitas
customers-origin-import = Archivo
customers-origin-shop = Tienda
customers-origin-hand = A mano
customers-origin-program = Programa
customers-cancel = No cuenta
customers-cancelled = Anulada

customers-wishes = Lo que puede pedir
customers-opt-out = No quiere más mensajes
customers-opt-out-hint = Si te lo ha dicho de viva voz o por carta, apúntalo aquí. Vale para siempre.
customers-opt-out-submit = No escribirle más
customers-export = Quiere ver sus datos
customers-export-hint = Un archivo con todo lo que hay de ella aquí y las cartas que se le enviaron.
customers-export-submit = Descargar sus datos
customers-told = Ya se los he enviado
customers-erase = Quiere que la olvidemos
customers-erase-hint = Antes de borrar nada te explicamos qué pasa.
customers-erase-look = Ver qué pasa
customers-erase-soon = Ha pedido que la olvidemos. Se hará en unos minutos.
# $name: su nombre
customers-erase-title = Olvidar a { $name }
customers-erase-lead = No se puede deshacer.
customers-erase-what = Qué pasa si la olvidas
customers-erase-what-1 = Se borran su nombre, su correo, su teléfono y sus números de pedido.
customers-erase-what-2 = Se vacían las cartas que se le enviaron, y las que esperaban no salen.
customers-erase-what-3 = Queda solo el día de cada visita, sin nombre, para poder contar.
customers-erase-what-4 = Nadie le escribirá más: se guarda una huella que no dice quién es, para que un archivo viejo no la traiga de vuelta.
customers-erase-what-5 = Lo que escribió en tu formulario sigue en tu lista, con el nombre que puso, hasta que lo pida aparte.
customers-erase-submit = Olvidar
customers-erase-no = No, volver

customers-settings-title = Cuánto se guardan los clientes
customers-settings-lead = Cuanto menos tiempo, mejor para todos. Pasado el plazo se olvidan solos.
customers-keep-title = Plazo
customers-keep = Días desde la última visita
customers-keep-hint = Noventa como poco: así el «no quiero más» de la última carta sigue funcionando.
# $days: días
customers-keep-is = Se guardan { $days } días desde la última visita.
# $min, $max: días
customers-keep-wrong = Escribe un número entre { $min } y { $max }.
customers-opt-outs-title = Quienes no quieren mensajes
# $count: direcciones
customers-opt-outs =
    { $count ->
        [0] Nadie ha dicho que no.
        [one] Una dirección. Se guarda para siempre como una huella que no dice cuál es.
       *[other] { $count } direcciones. Se guardan para siempre como huellas que no dicen cuáles son.
    }

customers-import = Subir un archivo
customers-import-title = Subir un archivo de visitas
customers-import-lead = Tickets, reservas, salidas del hotel o pedidos. No se guarda nada hasta que lo revises.
customers-import-card = El archivo
# $max: megabytes
customers-import-hint = Excel (.xlsx), CSV o TSV, con una visita en cada fila. Hasta { $max } MB y 200.000 filas.
customers-import-help = Leemos Excel (.xlsx), CSV y TSV. En la primera fila, los nombres de las columnas: al menos el correo o el teléfono, y el día.
customers-import-help-title = ¿Qué archivo sirve?
customers-import-help-1 = El que te da tu programa de caja, de reservas o del hotel. No hace falta tocarlo: elegirás qué columna es cada cosa.
customers-import-help-2 = En un hotel cuenta el día de salida.
customers-import-help-3 = Si tu archivo dice quién no quiere mensajes, le haremos caso para siempre.
customers-import-past = Archivos anteriores
customers-import-running = Apuntando las visitas
customers-import-done = Archivo apuntado
customers-import-added = Visitas nuevas
customers-import-same = Ya estaban
customers-import-opted-out = De quien no quiere mensajes
customers-import-old = Demasiado antiguas, no se guardan
customers-import-see = Ver los clientes
customers-file-columns = Falta saber qué columna es cada cosa
customers-file-rows = El archivo tiene más de 200.000 filas
customers-check-title = Revisa el archivo
# $rows: filas
customers-check-lead =
    { $rows ->
        [one] Hay una fila. Mira si la hemos entendido.
       *[other] Hay { $rows } filas. Mira si las hemos entendido.
    }
customers-sample = Las primeras filas
customers-says-email = Correo
customers-says-phone = Teléfono
customers-says-day = Día de la visita o de la salida
customers-says-name = Nombre
customers-says-surname = Apellidos
customers-says-reference = Pedido, reserva o factura
customers-says-language = Idioma o país
customers-says-opt-out = No quiere mensajes
customers-says-accepts = Acepta mensajes
customers-day-order-unsure = Ninguna fecha lo aclara. Míralo en las primeras filas.
customers-check-why = ¿Por qué se les puede escribir?
customers-check-why-lead = Vale para todas las filas. La ley pide que lo tengas apuntado; sin esto no se guarda nadie.
customers-check-confirm = Guardar las visitas
customers-basis-day = ¿Desde cuándo se les dice así?
customers-sure = Es verdad para todas las personas del archivo.
customers-wrong-basis-day = Escribe desde qué día. No puede ser mañana.
customers-wrong-sure = Márcalo si es verdad. Si no lo es para todas, quita antes a las demás.
customers-wrong-columns = Elige la columna del día y la del correo o el teléfono.
customers-row-no-contact = No tiene un correo ni un teléfono bueno
customers-row-future = Su día aún no ha llegado
customers-row-too-old = Es demasiado antigua
customers-row-forgotten = Esa persona pidió que la olvidáramos
customers-row-no-note = Falta decir cómo se le avisó

shops-title = Tiendas en internet
shops-lead = Cada pedido entregado se apunta solo como una visita. De lo comprado no se guarda nada.
shops-empty-title = Todavía no hay ninguna tienda
shops-empty = Añade la tuya y los pedidos entregados llegarán solos.
shops-add-title = Añadir una tienda
shops-add-lead = Solo se apuntan los pedidos que terminan bien. Si uno se anula, la visita se anula también.
shops-add = Añadir la tienda
shops-kind = Programa
shops-kind-woocommerce = WooCommerce
shops-kind-woocommerce-hint = Ella nos avisa. Te damos una dirección y una contraseña.
shops-kind-shopify = Shopify
shops-kind-shopify-hint = Ella nos avisa. Hace falta su contraseña de avisos.
shops-kind-prestashop = PrestaShop
shops-kind-prestashop-hint = Le preguntamos cada diez minutos. Hacen falta su dirección y una clave.
shops-kind-program = Otro programa
shops-kind-program-hint = Cualquiera que sepa enviar mensajes firmados (Standard Webhooks).
shops-name = Cómo la llamas
shops-where-needed = solo si hace falta
shops-address = Dirección de la tienda
shops-address-hint = Solo PrestaShop. Empieza por https://
shops-their-secret = Su contraseña o clave
shops-their-secret-hint = Shopify: en Configuración, Notificaciones, Webhooks, abajo del todo. PrestaShop: en Parámetros avanzados, Webservice, una clave que solo pueda leer pedidos y clientes.
shops-basis = ¿Por qué se puede escribir a sus clientes?
shops-basis-note-hint = Escribe la frase del pago. Por ejemplo: «Te escribiremos una vez para saber cómo fue; márcalo si no quieres».
shops-hook = Dirección
shops-your-address = https://LA-DIRECCIÓN-DE-TIMÓN
shops-last = Último aviso
shops-heard = Avisos recibidos
shops-skipped = Pedidos sin apuntar (sin dirección o antiguos)
shops-failing = No responde bien
shops-secret = Contraseña
shops-secret-title = Copia esto en tu tienda
shops-secret-once = La contraseña se ve solo esta vez. Si la pierdes, pide otra.
shops-steps-woocommerce = En WooCommerce: Ajustes, Avanzado, Webhooks, Añadir. Tema «Pedido actualizado», y esta dirección y contraseña.
shops-steps-shopify = En Shopify: Configuración, Notificaciones, Webhooks. Crea uno para «Preparación de pedido completada» y otro para «Cancelación de pedido», en JSON, con esta dirección.
shops-steps-program = Envía «order.completed» a esta dirección, firmado con esta contraseña.
shops-secret-shopify = Contraseña de avisos de Shopify
shops-secret-prestashop = Clave de PrestaShop
shops-secret-change = Cambiar la contraseña
shops-secret-own = Escribe la nueva. La anterior deja de valer.
shops-secret-new = Hacemos otra y la ves una vez. La anterior deja de valer enseguida.
shops-remove = Quitar la tienda
shops-remove-hint = Deja de apuntar pedidos. Las visitas que ya trajo se quedan.
# $name: la tienda
shops-remove-question = ¿Quitar { $name }?
shops-remove-no = No
shops-forgetting = La tienda pidió que se borre lo suyo. Se está borrando.
shops-done-added = Tienda añadida.
shops-done-secret = Contraseña cambiada.
shops-done-removed = Tienda quitada.
shops-wrong-kind = Elige el programa.
shops-wrong-name = Ponle un nombre.
shops-wrong-address = Esa dirección no sirve. Escríbela entera, con https://
shops-wrong-tls = La dirección tiene que empezar por https://, porque con ella viaja la clave.
shops-wrong-secret = Esa contraseña no parece buena. Cópiala entera, sin espacios.
shops-wrong-many = Ya hay demasiadas tiendas. Quita antes una.
shops-error-shop-key = La tienda no acepta la clave, o la clave no puede leer pedidos y clientes.
shops-error-shop-answer = Esa dirección no contesta como PrestaShop. Revisa que el Webservice esté activado.
shops-error-shop-no-secret = Falta la clave. Escríbela otra vez.
shops-error-unreachable = No se pudo hablar con la tienda. Lo intentaremos otra vez.
