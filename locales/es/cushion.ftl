# Los dos números de ¿Cuánto aguanto?: Nota y Colchón.

nota-title = Nota
nota-unit = de 5
# $low y $high: los extremos; $n elige el plural de $count, ya escrito
nota-interval = { $n ->
    [one] entre { $low } y { $high } · { $count } opinión
   *[other] entre { $low } y { $high } · { $count } opiniones
}
nota-sentence = La media de todas tus estrellas. Las recientes pesan más.
nota-not-yet = Importa tus opiniones con estrellas y te la diremos.
nota-formula = Es la media de las estrellas de todas tus fuentes: a los { $days } días una opinión pesa la mitad, y todo el mundo empieza con { $weight } opiniones de { $mean } estrellas para que dos amigos no hagan un cinco. Hacen falta { $min } opiniones; el intervalo acierta nueve de cada diez veces.

cushion-title = Colchón
# $n: cuántos
cushion-unit = { $n ->
    [one] cliente enfadado
   *[other] clientes enfadados
}
# $low y $high: los extremos, ya escritos; $n elige el plural de $count
cushion-interval = { $n ->
    [one] tras una semana normal, entre { $low } y { $high } · { $count } opinión en { $source }
   *[other] tras una semana normal, entre { $low } y { $high } · { $count } opiniones en { $source }
}
# $n: opiniones de una estrella hasta bajar del umbral; $good: cinco estrellas que compran una más
cushion-sentence = { $n ->
    [0] En { $source } ya se ve menos de { $threshold }.
    [one] Con una opinión de una estrella más, en { $source } se verá menos de { $threshold }.
   *[other] Con { $n } opiniones de una estrella seguidas, en { $source } se verá menos de { $threshold }.
} { $good ->
    [one] Cada opinión de cinco estrellas da margen para una más.
   *[other] Cada { $good } opiniones de cinco estrellas dan margen para una más.
}
# $n: malas que faltan; $bad: las que ya hay entre las diez últimas
cushion-sentence-ten = { $n ->
    [one] Con una opinión mala más, la mayoría de las diez últimas en { $source } serán malas, y es lo que lee primero quien no te conoce.
   *[other] Con { $n } opiniones malas seguidas, la mayoría de las diez últimas en { $source } serán malas, y es lo que lee primero quien no te conoce.
} { $bad ->
    [0] Ahora no lo es ninguna.
    [one] Ahora lo es una.
   *[other] Ahora lo son { $bad }.
}
cushion-ten-gone = De las diez últimas opiniones en { $source }, { $bad } son malas, y es lo que lee primero quien no te conoce. Las próximas buenas las irán bajando.
cushion-not-yet = Se cuenta fuente por fuente: hacen falta bastantes opiniones con estrellas en una misma.
cushion-formula = Añadimos opiniones de una estrella, una a una, hasta que en una fuente la nota que ve la gente (r: estrellas, τ: umbral menos medio paso de redondeo) baja del umbral, o hasta que seis de las diez últimas tienen dos estrellas o menos: lo que pase antes. Manda la fuente que menos aguanta, y hacen falta { $min } opiniones en ella.

cushion-table = Enfadados que aguanta cada fuente
cushion-shown = Nota que se ve
cushion-threshold = Umbral
cushion-until = Por la media
cushion-until-ten = Por las diez últimas
# cuando mandan las diez últimas: lo que aguantaría la media sola
cushion-interval-mean = { $n ->
    [one] la media de { $source } aguanta { $k }; tras una semana normal, entre { $low } y { $high } · { $count } opinión
   *[other] la media de { $source } aguanta { $k }; tras una semana normal, entre { $low } y { $high } · { $count } opiniones
}
cushion-interval-same = { $n ->
    [one] tras una semana normal, { $low } · { $count } opinión en { $source }
   *[other] tras una semana normal, { $low } · { $count } opiniones en { $source }
}
cushion-interval-mean-same = { $n ->
    [one] la media de { $source } aguanta { $k } · { $count } opinión
   *[other] la media de { $source } aguanta { $k } · { $count } opiniones
}
