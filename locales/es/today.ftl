# Hoy: cuatro preguntas y nada más.

today-title = Hoy
# $date: el día de hoy
today-lead = { $date }
today-empty-title = Aún no hemos oído nada
today-empty = Trae tus últimas opiniones: basta con copiarlas y pegarlas. En un minuto verás tu Nota, tu Colchón y quién espera respuesta.
today-empty-action = Traer opiniones

question-happened = ¿Qué ha pasado?
question-todo = ¿Qué hago?
question-how-much = ¿Cuánto aguanto?
question-promised = ¿Qué he prometido?

# $all: menciones de siete días; $negative: las descontentas; $usual: descontentas en una semana normal, ya escrito
happened-nothing = Nadie ha dicho nada en los últimos siete días.
happened-no-negative = { $all ->
    [one] Una mención en los últimos siete días, y no suena mal.
   *[other] { $all } menciones en los últimos siete días, y ninguna suena mal.
}
happened-week = { $all ->
    [one] Una mención en los últimos siete días, y suena mal.
   *[other] { $all } menciones en los últimos siete días. { $negative ->
        [one] Una suena mal
       *[other] { $negative } suenan mal
    }.
} Lo normal son { $usual } descontentas por semana.
happened-more-negative = Más descontento de lo normal: { $negative } menciones suenan mal en los últimos siete días, de { $all }. Lo normal son { $usual } por semana.
# $n: menciones por leer
happened-unread = { $n ->
    [one] Queda una mención por leer. Lo de abajo puede cambiar un poco.
   *[other] Quedan { $n } menciones por leer. Lo de abajo puede cambiar un poco.
}
happened-latest-negative = Las últimas descontentas

chart-title = Menciones por mes
# $all: menciones del año; $negative: las descontentas
chart-summary = { $negative ->
    [0] En doce meses, { $all } menciones y ninguna suena mal.
    [one] En doce meses, { $all } menciones. Una suena mal.
   *[other] En doce meses, { $all } menciones. { $negative } suenan mal.
}
chart-neutral-unsure = Ni bien ni mal, o no está claro
chart-table = Ver los números
# $min: menciones que hacen falta
chart-empty = Hacen falta { $min } menciones en doce meses para dibujarlo.

todo-nothing = Nada por hoy.
# $n: quiénes esperan respuesta
todo-answer = { $n ->
    [0] Nadie espera respuesta. Solo queda esto.
    [one] Una persona espera tu respuesta.
   *[other] { $n } personas esperan tu respuesta.
}
task-more = { $n ->
    [one] Espera una persona más
   *[other] Esperan { $n } personas más
}
task-more-open = Ver
task-drill = Un simulacro de quince minutos
task-drill-lead = Sobre una copia de tus datos, sin que salga nada. Cada medio año conviene.
task-drill-open = Ver
task-source = No se oye { $source }
task-source-open = Ver fuentes
task-stale = Trae lo nuevo de { $source }
# $days: días desde lo último que hay
task-stale-detail = { $days ->
    [one] Lo último que tenemos es de hace un día.
   *[other] Lo último que tenemos es de hace { $days } días.
}
task-stale-open = Importar
# $days: días desde lo último que se sabe
happened-unknown = No sabemos qué ha pasado: lo último que tenemos es de hace { $days } días.
happened-reading = Estamos leyendo lo que acaba de llegar.

# $n
task-unsent = { $n ->
    [one] Un mensaje quizá no llegó: dinos qué hacer
   *[other] { $n } mensajes quizá no llegaron: dinos qué hacer
}
