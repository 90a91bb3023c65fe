# El marco de todas las páginas: navegación, palabras de todos, y los problemas con lo que se puede hacer.

nav-label = Menú principal
nav-today = Hoy
nav-mentions = Menciones
nav-warnings = Avisos
nav-sources = Fuentes
nav-account = Cuenta
skip-to-content = Ir al contenido
tagline = Tu reputación, con el timón en tu mano
language-label = Idioma
back-to-today = Volver a Hoy

save = Guardar
saved = Guardado.
optional = opcional
form-errors = Revisa esto
never = Nunca
source = Fuente
month = Mes
total = Total

how-computed = Cómo se calcula
# $n: opiniones que faltan
not-yet-ratings = { $n ->
    [one] Aún no se puede decir: falta una opinión con estrellas
   *[other] Aún no se puede decir: faltan { $n } opiniones con estrellas
}

stars = Estrellas
# $n: de 1 a 5
stars-n = { $n ->
    [one] Una estrella
   *[other] { $n } estrellas
}
stars-spoken = { $n ->
    [one] Una de 5 estrellas
   *[other] { $n } de 5 estrellas
}

sentiment-negative = Descontento
sentiment-neutral = Ni bien ni mal
sentiment-positive = Contento
sentiment-unsure = No está claro

reply-unknown = No se sabe
reply-unanswered = Sin contestar
reply-answered = Contestada

language-es = Español
language-en = Inglés
language-ca = Catalán
language-gl = Gallego
language-eu = Euskera
language-pt = Portugués
language-fr = Francés
language-it = Italiano
language-de = Alemán
language-nl = Neerlandés
language-unsure = No está claro

problem-not-found = Aquí no hay nada
problem-not-found-hint = Puede que la dirección esté mal escrita o que lo hayan borrado. Vuelve a Hoy y búscalo desde ahí.
problem-signed-out = Tienes que entrar
problem-signed-out-hint = Aún no has entrado o tu sesión ha terminado. Entra y vuelve a intentarlo.
problem-forbidden = No tienes permiso para esto
problem-forbidden-hint = Pídeselo a quien lleva esta cuenta.
problem-stale-form = Esta página llevaba demasiado tiempo abierta
problem-stale-form-hint = No se ha guardado nada. Copia lo que hayas escrito, recarga la página y envíalo otra vez.
problem-invalid-form = No hemos entendido el formulario
problem-invalid-form-hint = No se ha guardado nada. Vuelve atrás, recarga la página y prueba otra vez.
problem-too-large = Es demasiado largo
problem-too-large-hint = No se ha guardado nada. Envíalo en dos o tres partes.
problem-upload-too-large = El archivo es demasiado grande
problem-upload-too-large-hint = No se ha guardado nada. Parte el archivo en dos y sube cada parte, o pide a quien lleva la instalación que suba el límite.
problem-conflict = Alguien lo ha cambiado a la vez que tú
problem-conflict-hint = Tu cambio no se ha guardado. Abre la página otra vez, mira cómo está ahora y repítelo si hace falta.
problem-internal = Algo ha fallado por nuestra parte
problem-internal-hint = No es culpa tuya. Espera un minuto y prueba otra vez. Si sigue igual, avisa a quien lleva la instalación: lo ocurrido está en el registro.
problem-export-busy = Ya se está preparando una descarga
problem-export-busy-hint = Espera un minuto y pídela otra vez.
problem-not-read-yet = Aún no la hemos leído
problem-not-read-yet-hint = Espera unos segundos, abre la mención otra vez y corrígela entonces.
problem-too-many-corrections = Ya hay mil correcciones en vigor
problem-too-many-corrections-hint = Deshaz en «Lo aprendido» las que ya no hagan falta.
problem-too-many-sources = Ya hay demasiadas fuentes
problem-too-many-sources-hint = Pon en pausa o junta algunas antes de añadir otra.
