# La ficha propia de reseñas, la pregunta privada y el aparato de la tienda.

source-own-form = Tu propia página de reseñas
source-census = Pregunta privada a tus clientes

# $name: el negocio
review-title = ¿Qué tal en { $name }?
review-lead = Cuéntalo como fue, bueno o malo. En { $name } leen todo lo que llega aquí.
review-places = Si prefieres contarlo en otro sitio, también puedes:
review-day = ¿Qué día fue?
review-day-hint = Por ley, una reseña habla de algo comprado o usado en los últimos 30 días.
# $day: el día
review-day-known = Sobre tu visita del { $day }.
review-stars = ¿Cuántas estrellas le das?
review-stars-1 = 1 estrella: muy malo
review-stars-2 = 2 estrellas: malo
review-stars-3 = 3 estrellas: normal
review-stars-4 = 4 estrellas: bueno
review-stars-5 = 5 estrellas: muy bueno
review-text = Cuéntanos qué pasó
review-name = Tu nombre, o tus iniciales
review-name-hint = Es lo que verán los demás. Si lo dejas vacío, sale sin nombre.
review-code = Código
review-code-hint = Si tu tique o el cartel traen un código, escríbelo: así consta que eres cliente.
review-photo = Una foto
review-photo-hint = Elige una foto. Borramos los datos que lleva dentro, como el lugar y la hora.
review-photo-large = Esa foto pesa más de 8 MB. Elige otra más pequeña.
review-photo-unreadable = No hemos podido leer esa foto. Prueba con otra, en JPEG, PNG o WebP.
review-photo-again = Vuelve a elegir la foto, por favor: el navegador no la guarda.
review-send = Enviar
review-trap = Deja esto vacío

review-day-missing = Dinos qué día fue.
review-day-future = Ese día todavía no ha llegado.
review-stars-missing = Elige una de las cinco respuestas.
review-text-long = El texto es muy largo: caben 4000 letras.
review-name-long = El nombre es muy largo: caben 80 letras.
review-code-unknown = Ese código no nos suena para ese día. Míralo otra vez, o deja la casilla vacía.
review-code-used = Ese código ya se usó. Si no fuiste tú, deja la casilla vacía y envíala igual.
review-code-over = A ese código se le pasó la fecha. Deja la casilla vacía y envíala igual.
review-code-many = Se han probado demasiados códigos desde aquí. Deja la casilla vacía, o prueba dentro de una hora.
review-stale = Esta página llevaba mucho tiempo abierta. Lo que has escrito sigue aquí: envíalo otra vez.
review-too-quick = Ha sido muy rápido y queremos estar seguros de que eres una persona. Repásalo y envíalo otra vez.
review-trapped = Se ha rellenado una casilla que no se ve, como hacen los programas. Envíalo otra vez.
review-work-used = Eso ya se había usado para otra reseña. Envíalo otra vez.
review-full = Ahora mismo llegan muchas reseñas a la vez. Prueba dentro de una hora; si tienes un código del tique, con él entra ya.

review-thanks = Gracias
review-thanks-lead = Lo que has escrito ya está en { $name }, tal cual.
# $contact: cómo hablar con el negocio
review-thanks-change = Si quieres corregirlo o que se quite, dilo aquí: { $contact }. Di qué día lo escribiste.
review-already-title = Ya lo tenemos
review-already = Tu respuesta llegó bien. Gracias.
review-over-title = Ha pasado más de un mes
review-over = Por ley, una reseña habla de algo de los últimos 30 días, así que esta ya no podemos recogerla. Lo que te pasó nos importa igual.
review-over-contact = Cuéntaselo en privado al negocio: { $contact }.

review-privacy-title = Quién guarda esto y para qué
review-how-shown = { $name } puede publicar lo que escribas, con el nombre que pongas, las estrellas, el día y la foto. No se quita ni se esconde nada por lo que opina.
review-how-checked = Si llegaste por una invitación o con un código, se dice que la reseña está comprobada. Si no, se dice que lo afirma quien la escribe. No se paga ni se regala nada por una reseña.
review-privacy = Lo guarda { $name }, para saber cómo lo hace, contestarte y mejorar; se apoya en su interés legítimo. No guarda desde qué dirección de internet escribes, no te sigue y no da tus datos a nadie.
review-privacy-rights = Puedes pedir verlo, corregirlo, que se borre u oponerte: { $contact }. Si no te hacen caso, puedes reclamar ante la Agencia Española de Protección de Datos.

census-title = ¿Cómo fue tu visita a { $name }?
census-lead = Una pregunta y, si quieres, un comentario. Es privado: no se publica.
census-grade = ¿Cómo quedaste?
census-grade-1 = 1: muy descontento
census-grade-2 = 2: descontento
census-grade-3 = 3: ni una cosa ni otra
census-grade-4 = 4: contento
census-grade-5 = 5: muy contento
census-text = ¿Algo que quieras contarnos?
census-how-used = { $name } cuenta las respuestas de todos juntos para saber cuánta gente sale contenta. Tu comentario lo lee el negocio y no lo publica.

reviews-title = Reseñas propias
reviews-lead = Las que llegan por tu página, tus invitaciones y el aparato de la tienda. Todas, de la más nueva a la más vieja.
reviews-form = La dirección de tu página de reseñas:
reviews-none = Todavía no hay ninguna
reviews-none-hint = Llegarán cuando invites a tus clientes, cuelgues el cartel o pongas un aparato en la tienda.
reviews-list = Reseñas
reviews-pages = Páginas de reseñas
reviews-older = Más antiguas
reviews-newest = Las más nuevas
reviews-order = Por fecha
reviews-figures = En total
reviews-all = Reseñas
reviews-verified = De clientes comprobados
reviews-declared = Quien escribe dice que es cliente
reviews-refused = No recogidas: hacía más de 30 días
# $day: el día
reviews-day = Estuvo el { $day }
reviews-no-name = Sin nombre
reviews-no-text = Solo estrellas
reviews-open = Abrir
reviews-photo = La foto que mandó
reviews-at-kiosk = En el aparato de la tienda
proof-invitation = Comprobado por invitación
proof-receipt-code = Comprobado con el código del tique
proof-daily-code = Comprobado con el código del día
proof-declared = Dice que es cliente

kiosk-title = Aparato en la tienda
kiosk-about = Una tableta o un teléfono viejo junto a la caja, para que cualquiera te cuente qué tal. Funciona también sin conexión, y nunca abre las páginas de otros.
kiosk-none = Todavía no hay ningún aparato
kiosk-none-hint = Dale un nombre y abre en el aparato la dirección que te daremos.
kiosk-add = Poner un aparato
kiosk-name = Cómo lo llamas
kiosk-name-hint = Por ejemplo: tableta de la barra
kiosk-name-missing = Ponle un nombre de hasta 60 letras.
kiosk-too-many = Ya hay veinte aparatos. Quita alguno antes de poner otro.
kiosk-make = Crear su dirección
kiosk-made = Ábrelo en el aparato
kiosk-made-once = Esta dirección se enseña una sola vez. Quien la tenga puede escribir reseñas desde ella.
kiosk-made-how = Ábrela en el aparato, con conexión la primera vez, y añádela a su pantalla de inicio para verla entera.
kiosk-qr = Código QR con la dirección del aparato
# $date: la fecha
kiosk-revoked = Quitado el { $date }
kiosk-heard = Envió algo por última vez el { $date }
kiosk-unheard = Creado el { $date }; todavía no ha enviado nada
kiosk-revoke = Quitar
kiosk-keep = Dejarlo
# $name: el aparato
kiosk-revoke-sure = ¿Quitar «{ $name }»? Lo que tenga guardado sin enviar no llegará.
kiosk-lead = Cuéntalo como fue, bueno o malo. En { $name } leen todo.
# El 9 se cambia por el número.
kiosk-waiting = Respuestas guardadas en este aparato hasta que haya conexión: 9.
kiosk-locked = Este aparato ya no puede enviar. Avisa a quien lo puso.
kiosk-still = ¿Sigues ahí?
# El 9 se cambia por los segundos.
kiosk-countdown = Se borrará lo escrito en 9 segundos.
kiosk-stay = Sigo aquí
kiosk-again = Otra persona quiere contestar
kiosk-day-old = Por ley solo podemos recoger reseñas de los últimos 30 días. Cuéntaselo a quien te atiende.
kiosk-privacy = Lo guarda { $name } para saber cómo lo hace y contestarte, y puede publicarlo con el nombre que pongas. Nada se quita por lo que opina. Para verlo, corregirlo o borrarlo, díselo a quien te atiende.
problem-kiosk-full = Ahora no caben más
problem-kiosk-full-hint = Han llegado muchas respuestas en una hora. Prueba un poco más tarde.
