# Palabra, y quién espera respuesta.

palabra-title = Palabra
palabra-unit = a tiempo
# $low y $high: los extremos, ya escritos; $n elige el plural de $count
palabra-interval = { $n ->
    [one] entre el { $low } y el { $high } · { $count } opinión
   *[other] entre el { $low } y el { $high } · { $count } opiniones
}
# Los tres números llegan ya escritos.
palabra-sentence = Opiniones del último año: { $due }. Contestadas: { $answered }. A tiempo: { $in_time }.
# $n: opiniones que faltan
palabra-not-yet = { $n ->
    [one] Aún no se puede decir: falta una opinión de la que sepamos si la contestaste
   *[other] Aún no se puede decir: faltan { $n } opiniones de las que sepamos si las contestaste
}
palabra-not-yet-hint = Importa un archivo que traiga tus respuestas o marca en cada mención si la has contestado.
palabra-formula = De las opiniones del último año con más de siete días y de las que sabemos si las contestaste, la parte que contestaste a tiempo: en dos días si tenían tres estrellas o menos, en siete las demás. Una respuesta sin fecha cuenta como a tiempo. Hacen falta { $min }; el intervalo, el de Wilson, acierta nueve de cada diez veces.

task-answer = Contesta a { $author }
task-answer-open = Contestar
