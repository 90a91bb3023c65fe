# El simulacro: un cuarto de hora, dos veces al año.

drill-title = Simulacro
drill-lead = Un cuarto de hora para probar, con calma, qué harías si mañana se te echara encima la gente.
drill-how = Cómo es
drill-step-see = Ves el aviso, cuando tu propio Timón lo habría dado.
drill-step-triage = Dices qué es.
drill-step-tell = Dices quién decide y a quién se avisa.
drill-step-say = Escribes lo que dirías a todos.
drill-step-answer = Contestas a los tres primeros.
drill-safe = Todo ocurre en una copia de tus datos, que se borra al acabar. Las quejas son inventadas. No se envía ni se publica nada.
drill-begin = Preparar el simulacro
drill-open = Hay uno a medias
drill-go-on = Seguir
drill-few-title = Todavía no
# $min: menciones
drill-few = Hacen falta { $min } menciones del último año para saber qué es normal en tu caso. Trae tus opiniones y vuelve.
drill-done = Los anteriores
# $n: minutos
drill-took = { $n ->
    [one] Un minuto
   *[other] { $n } minutos
}
drill-see-report = Ver cómo fue
problem-drill-few = Todavía no se puede hacer un simulacro
problem-drill-few-hint = Faltan menciones para saber qué es normal en tu caso. Trae tus opiniones y vuelve.
drill-mark-title = Esto es un simulacro
drill-mark = Nada de esto ha pasado. Las quejas son inventadas y trabajas sobre una copia que se borra al acabar.
drill-mark-over = Nada de esto pasó. La copia y las quejas inventadas ya están borradas; solo queda este informe.
drill-preparing-title = Preparando la copia
drill-preparing = Suele tardar menos de un minuto. Esta página se recarga sola.
drill-cut-title = Se ha interrumpido
drill-cut = La copia ya no está: Timón se ha reiniciado. Déjalo y empieza otro.
drill-abandoned-title = Este simulacro se dejó a medias
drill-abandoned = No queda nada de él. Puedes empezar otro cuando quieras.
drill-abandon = Dejarlo y borrar la copia
drill-ready = Todo listo
# $n: menciones; $date: último día
drill-ready-lead = Hemos copiado { $n } de tus menciones, hasta el { $date }. Ese día, a las diez de la mañana, empiezan a llegar las quejas inventadas. Busca un cuarto de hora tranquilo y pon el reloj en marcha.
drill-start-clock = Poner el reloj en marcha
# $step: paso; $minutes: minutos desde el principio; $target: minutos de este paso
drill-clock = Paso { $step } de 5 · { $minutes ->
    [0] acabas de empezar
    [one] llevas un minuto
   *[other] llevas { $minutes } minutos
} · para este paso, unos { $target } minutos
drill-name-see = Ver el aviso
drill-name-triage = Qué es
drill-name-tell = Quién decide y a quién se avisa
drill-name-say = Qué se dice
drill-name-answer = Contestar a los tres primeros
# $level: nivel; $hours, $minutes: desde la primera queja; $n: quejas entonces; $all: quejas en total
drill-seen = Timón habría dado el aviso («{ $level }») { $hours ->
    [0] a los { $minutes } minutos
    [one] a la hora y { $minutes } minutos
   *[other] a las { $hours } horas y { $minutes } minutos
} de la primera queja, con { $n } de las { $all } que llegaron.
# $n: quejas
drill-not-seen = Con { $n } quejas inventadas, tu Timón no habría avisado.
drill-not-seen-lead = Es bueno saberlo. Sigue como si te hubieras enterado por estas:
drill-seen-it = Lo he visto
drill-next = Siguiente
drill-triage-lead = Esta es una de ellas. Léela y di qué es.
drill-decider = Quién decide
drill-told = A quién se avisa, y cómo
drill-told-example = Por ejemplo: al equipo o a la familia, por teléfono
drill-say-lead = Lo que dirías a todos, donde lo vaya a leer la gente.
drill-statement = Lo que dices
drill-statement-hint = Un hecho, lo que lamentas y lo que haces ahora. Sin acusar a nadie ni dar datos de nadie.
drill-check = Guardar y repasarlo
drill-answer-lead = Contesta como lo harías de verdad: una vez, con calma, para quien lo lea.
drill-answer = Tu respuesta
# $author: quién se quejó
drill-answer-to = Tu respuesta a { $author }
drill-end = Terminar
drill-report-title = Cómo ha ido
drill-report-seen = Qué vio Timón
drill-report-next = El siguiente paso
drill-report-good = Lo que fue bien
drill-report-slow = Lo que fue despacio
drill-report-said = Lo que escribiste
drill-good-none = Esta vez, haberlo probado. Ya es más de lo que hace casi nadie.
drill-good-seen = El aviso habría llegado.
drill-good-same-class = Viste lo mismo que Timón.
drill-good-decider = Sabes quién decide.
drill-good-told = Sabes a quién avisar.
drill-good-statement = Tienes algo que decir.
drill-good-answered = Contestaste a los tres.
drill-good-in-time = Todo en un cuarto de hora.
drill-slow-none = Nada. Con esa calma también se decide bien.
drill-slow = despacio
drill-column-step = Paso
drill-column-time = Tardaste
drill-column-target = Lo que proponemos
# $class: lo que parece
drill-suggested = Timón habría dicho: { $class }. Ninguno de los dos tiene por qué tener razón.
drill-next-settings = Tu Timón no habría avisado a tiempo. Mira si te conviene que avise antes, y trae más de lo que se dice de ti.
drill-next-charter = Escribe la primera de tus cinco líneas: habría hecho más fácil decidir qué era esto.
drill-next-decider = Decide hoy quién decide cuando pase algo así, y escríbelo en tus líneas.
drill-next-told = Apunta a quién avisarías y ten sus teléfonos a mano.
drill-next-statement = Prepara una primera frase que sirva para casi todo: qué sabes, qué lamentas, qué haces ahora.
drill-next-slow-see = Abre alguna vez un aviso antiguo y su dossier, para saber dónde está cada cosa.
drill-next-slow-triage = Relee tus cinco líneas. Cuanto más claras, antes sabrás qué es cada queja.
drill-next-slow-tell = Apunta en un papel quién decide y a quién se avisa, con sus teléfonos.
drill-next-slow-say = Guarda lo que has escrito hoy: la próxima vez partirás de ahí.
drill-next-slow-answer = Guarda la mejor de tus tres respuestas: la próxima vez partirás de ahí.
drill-next-again = Ninguno. Repítelo dentro de medio año.
