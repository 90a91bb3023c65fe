# Primer arranque, entrar, y la página de la cuenta.

start-title = Empecemos
start-lead = Unos pocos datos y ya puedes traer tus opiniones. No se publica nada.
start-name = Nombre del negocio
start-name-hint = Como lo ven tus clientes en la puerta. Si Timón es para ti, tu nombre.
start-kind = ¿Qué es?
start-town = Localidad
start-email = Correo electrónico
start-email-hint = Lo usarás para entrar.
start-password = Contraseña
start-password-hint = Diez caracteres o más. Una frase que recuerdes va bien.
start-code = Código de instalación
start-code-hint = Ocho letras y números. Timón los escribe allí donde se ha puesto en marcha, para que nadie ocupe tu sitio.
start-submit = Empezar
start-small-print = Lo que traigas se queda en esta instalación. Timón no lo envía a nadie.

password-show = Mostrar
password-hide = Ocultar

kind-bar = Bar o cafetería
kind-restaurant = Restaurante
kind-hotel = Hotel o alojamiento
kind-shop = Tienda
kind-online-shop = Tienda en internet
kind-workshop = Taller
kind-clinic = Clínica o consulta
kind-services = Servicios
kind-person = Una persona
kind-other = Otra cosa

sign-in-title = Entrar
sign-in-submit = Entrar
sign-in-demo = Esto es una demostración. Entra con:
sign-in-wrong = El correo o la contraseña no coinciden. Revisa los dos y prueba otra vez.
sign-in-too-often = Demasiados intentos seguidos. Espera un cuarto de hora y prueba otra vez.
sign-in-busy = Hay mucha gente entrando a la vez. Espera unos segundos y prueba otra vez.
sign-out = Salir

account-title = Cuenta
account-lead = Tu negocio, tus datos y quién puede entrar.
account-sources-lead = Dónde escucha Timón: importaciones, alertas, tu correo.
account-sources-go = Ver las fuentes
account-answers-go = Cómo contestas
account-notices = Avisos
account-notices-lead = Timón puede avisarte por correo o en el móvil cuando algo se tuerce.
account-notices-go = Ver los avisos
account-values = Antes de que pase
account-values-lead = Escribe en calma lo que nunca haces y lo que siempre haces: el día del lío sabrás qué hacer.
account-values-go = Tus cinco líneas
account-drill-go = Hacer un simulacro
account-organization = Tu negocio
account-time-zone = Zona horaria
account-time-zone-hint = Por ejemplo, Europe/Madrid. Con ella sabemos qué día se dijo cada cosa.
account-safe = Tus datos son tuyos
account-export-lead = Descarga tus menciones, con sus respuestas, y tus fuentes en un ZIP: para leerlas en una hoja de cálculo o llevártelas a otro sitio.
account-export = Descargar mis datos
account-backup-lead = Para una copia de seguridad de toda la instalación, ejecuta en el servidor:
account-password = Cambiar la contraseña
account-password-current = Contraseña actual
account-password-new = Contraseña nueva
account-password-submit = Cambiar la contraseña
account-members = Quién puede entrar
account-role = Qué puede hacer
account-since = Desde

role-viewer = Leer
role-agent = Leer y contestar
role-manager = Contestar, importar y llevar las fuentes
role-owner = Todo

name-missing = Falta el nombre. Escribe el de tu negocio o el tuyo.
kind-missing = Falta decir qué es. Elige lo que más se parezca.
email-wrong = Ese correo no parece completo. Escríbelo así: nombre@ejemplo.es
password-too-short = La contraseña es corta. Pon diez caracteres o más.
password-too-long = La contraseña es larguísima. Quédate por debajo de 200 caracteres.
password-too-common = Esa contraseña es de las primeras que se prueban. Elige otra, por ejemplo tres palabras que no vayan juntas.
password-not-current = Esa no es tu contraseña actual. Escríbela otra vez.
code-wrong = El código no coincide. Míralo donde se ha puesto en marcha Timón y escríbelo igual.
time-zone-wrong = No conocemos esa zona horaria. Escríbela como Europe/Madrid o Atlantic/Canary.
