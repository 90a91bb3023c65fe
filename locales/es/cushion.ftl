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

cushion-more = Cuánto aguanto y qué pasaría si…
cushion-lead = Cuántos clientes enfadados aguanta lo que se ve de ti, qué pasaría en una mala semana y cómo hacerlo más grueso.
cushion-places = Cuánto aguanta cada sitio
cushion-places-hint = «Con ojos nuevos» es lo que ve quien da menos peso a lo antiguo: a los noventa días una opinión le pesa la mitad. Por eso ese colchón se desgasta solo si nadie escribe. «En una semana» cuenta con las opiniones que sueles recibir: lo primero se cumple nueve de cada diez veces.
# $source: el sitio
cushion-perceived = { $source }, con ojos nuevos
cushion-takes = Aguanta
# $k: cuántos; $threshold: el umbral
cushion-takes-words = { $k } hasta bajar de { $threshold }
cushion-week = En una semana
# $least: al menos, nueve veces de cada diez; $low y $high: los extremos
cushion-week-words = { $least } o más ({ $low } a { $high })
cushion-runway = Si nadie escribe
cushion-runway-never = se mantiene
cushion-runway-gone = ya no queda
# $n: días
cushion-runway-days = { $n ->
    [one] mitad en un día
   *[other] mitad en { $n } días
}
cushion-words = En una palabra
cushion-level-none = Sin colchón
cushion-level-thin = Fino: una mala semana de las tuyas basta
cushion-level-fair = Justo
cushion-level-good = Bueno
cushion-level-thick = Grueso

stress-title = ¿Y si esta semana…?
# $n: cuántos; $threshold: el umbral; $source: el sitio
stress-now = { $n ->
    [0] En { $source } ya se ve menos de { $threshold }.
    [one] Con un cliente enfadado más, en { $source } se verá menos de { $threshold }.
   *[other] En { $source } hacen falta { $n } clientes enfadados para que se vea menos de { $threshold }.
}
stress-lead = Mueve la barra: así se vería si esta semana escribieran tantos (una estrella cada uno) y nadie más.
stress-question = Clientes enfadados, de 0 a 40
stress-submit = Ver qué pasaría
stress-table = Todos los casos, de 0 a 40
stress-angry = Clientes enfadados
stress-shown = Nota que se vería
stress-ten = Entre las diez últimas
# $shown: la nota; $threshold: el umbral
stress-below = { $shown } (menos de { $threshold })
# $bad: cuántas
stress-bad-of-ten = { $bad ->
    [0] ninguna mala
    [one] una mala
   *[other] { $bad } malas
}

bought-title = Lo que compra cada opinión normal
# $n: cuántas; $mean: media de las tuyas; $source: el sitio
bought = { $n ->
    [one] Una opinión normal de las tuyas
   *[other] { $n } opiniones normales de las tuyas
} (media { $mean } en { $source }) dan margen para un cliente enfadado más.
# $mean: media de las tuyas; $source: el sitio
bought-nothing = Las opiniones que te llegan ahora ({ $mean } de media en { $source }) no engordan el colchón: lo adelgazan. Arregla antes lo que falla.
bought-few = En el último año hay muy pocas opiniones para decir cuánto compra cada una.
bought-how = Contamos como normal la mezcla de estrellas de tu último año, sin elegir las buenas.

first-title = Lo que lee primero quien no te conoce
first-lead = La media se mueve despacio. Lo que está arriba, no.
# $source: el sitio; $bad: malas ahora; $n: cuántos enfadados
first-ten = De las diez últimas en { $source }, { $bad ->
    [0] ninguna es mala
    [one] una es mala
   *[other] { $bad } son malas
}. { $n ->
    [one] Con un enfadado
   *[other] Con { $n } enfadados
} en una semana ya hay más de una posibilidad entre diez de que lo sean cuatro.
first-ten-risky = De las diez últimas en { $source }, { $bad ->
    [0] ninguna es mala
    [one] una es mala
   *[other] { $bad } son malas
}; aunque nadie más se enfade, hay más de una posibilidad entre diez de que dentro de una semana lo sean cuatro.
first-ten-safe = De las diez últimas en { $source }, { $bad ->
    [0] ninguna es mala
    [one] una es mala
   *[other] { $bad } son malas
}. Escribe tanta gente que ni cientos de enfadados las cambiarían.
# $days: días; $all y $negative: menciones; $n: cuántas
first-share = En los últimos { $days } días, { $negative } de { $all } menciones son negativas. { $n ->
    [one] Una negativa más
   *[other] { $n } negativas más
} y serían cuatro de cada diez.
first-share-bad = En los últimos { $days } días, { $negative } de { $all } menciones son negativas: cuatro de cada diez o más.
first-share-few = En los últimos { $days } días hay { $all } menciones: muy pocas para hablar de la parte negativa.
# $share: parte de la atención; $n: cuántas
first-page = Quien lee de arriba abajo las diez últimas menciones pone el { $share } de su atención en las negativas. { $n ->
    [one] Una más
   *[other] { $n } más
} y pondría más de un cuarto.
first-page-bad = Quien lee de arriba abajo las diez últimas menciones pone el { $share } de su atención en las negativas: más de un cuarto.
# $n: cuántas
first-page-few = { $n ->
    [0] Aún no hay menciones
    [one] Hay una mención
   *[other] Hay { $n } menciones
}: con diez diremos cómo se lee tu primera página.
first-how = «Mala» es de dos estrellas o menos o, si no hay estrellas, la que suena mal. La atención por puesto es la de una página de resultados: 28 % la primera, 2 % la décima.

cases-title = Si te pasara lo que les pasó a otros
# $source: el sitio
cases-lead = Tres campañas, puestas sobre tus opiniones de { $source } como si empezaran hoy y no escribiera nadie más.
cases-hint = De la clínica sabemos las 33 opiniones en unos seis días, no cuántas cada día: las repartimos por igual. De Arribes nadie publicó cuántas recibió cada bar: suponemos ocho. El goteo no es de nadie: es la clase de campaña que cuesta ver.
case-vet = El veterinario de Santander
case-vet-story = Tras un cliente enfadado, 33 opiniones malas en unos seis días, cuando lo normal eran cinco al mes. Se quedó en 2,84 estrellas y un juzgado le reconoció 34.895 €.
case-villages = Los bares de Arribes
case-villages-story = En julio de 2025, en doce horas, perfiles recién creados puntuaron mal los bares de muchos pueblos de Arribes (Salamanca). Aquí, ocho en un día.
case-drip = El goteo
case-drip-story = Ocho opiniones malas en doce días, cada una de una persona distinta: demasiado despacio para que salte a la vista.
# $source: dónde se contó
cases-source = Lo contó { $source }.
# $day: el día; $threshold: el umbral; $end: la nota final
cases-fell = { $day ->
    [one] El primer día
   *[other] El día { $day }
} ya se habría visto menos de { $threshold }; al final, { $end }.
cases-held = Ningún día se habría visto menos de { $threshold }; al final, { $end }.
cases-already = Ya se ve menos de { $threshold }; al final, { $end }.
# $case: la campaña
cases-days = Día a día: { $case }
cases-day = Día
cases-so-far = Malas hasta entonces

plan-title = Un plan para engordarlo
plan-lead = Pide opinión a todo el mundo, poco a poco. ¿A cuántos, para aguantar lo que quieres aguantar?
plan-target = Clientes enfadados que quieres aguantar
plan-until = Para este día
plan-per-day = Invitaciones al día, como mucho
plan-per-day-hint = Poco a poco: un aluvión de opiniones de golpe hace que Google las retire o las congele.
plan-submit = Hacer la cuenta
plan-enough = No hace falta pedir nada: lo normal es que el { $day } aguantes en { $source } { $target ->
    [one] un enfadado
   *[other] { $target } enfadados
} o más con lo que ya te llega.
plan-fix-first = Primero, arregla lo que falla. Las opiniones que te llegan están por debajo de lo que se ve bien: pedir más bajaría la media, y no te acercaría a aguantar en { $source } { $target ->
    [one] un enfadado
   *[other] { $target } enfadados
} el { $day }.
plan-out-of-reach = Aguantar en { $source } { $target ->
    [one] un enfadado
   *[other] { $target } enfadados
} el { $day } no se consigue pidiendo opiniones, por muchas que sean.
# $n: cuántas; $low y $high: según cuántos contesten; $target: enfadados; $day: el día
plan-invite = Harían falta unas { $n } invitaciones (entre { $low } y { $high }, según cuántos contesten) para aguantar en { $source } { $target ->
    [one] un enfadado
   *[other] { $target } enfadados
} el { $day }, con ocho posibilidades de diez.
# $answers: cuántas
plan-answers = De ellas vendrían unas { $answers } opiniones, con la misma mezcla de estrellas que ya te llega.
# $per_day: al día; $most: en total
plan-fits = A { $per_day } al día salen hasta { $most } a tiempo: caben.
# $certainty: posibilidades
plan-too-slow = A { $per_day } al día solo salen { $most } a tiempo, y con esas la posibilidad es del { $certainty }. Da más días o apunta más bajo; no mandes más de golpe.
plan-no-visits = Aún no sabemos cuántos clientes vienen. Solo se puede preguntar a quien vino hace menos de 25 días y te dio permiso.
# $visits: visitas de las últimas cuatro semanas; $come: las que vendrán a tiempo
plan-enough-visits = Solo se puede preguntar a quien vino hace menos de 25 días. A tu ritmo ({ $visits } visitas en cuatro semanas) vendrían unas { $come } a tiempo: bastan.
plan-few-visits = Solo se puede preguntar a quien vino hace menos de 25 días. A tu ritmo ({ $visits } visitas en cuatro semanas) vendrían unas { $come } a tiempo: no bastan.
# $answered de $asked; $low y $high: los extremos
plan-rate-own = Cuántos contestan lo sabemos de tus propias invitaciones: { $answered } de { $asked }, es decir, entre el { $low } y el { $high }.
# $min: cuántas hacen falta; $asked: las que hay
plan-rate-usual = Cuántos contestan lo tomamos de fuera, entre el 3,6 % y el 9 % de quienes reciben un correo (PowerReviews y empresas locales), hasta que haya { $min } invitaciones tuyas; llevas { $asked }.
plan-honest = El plan no promete quién contesta, ni qué, ni dónde: pregunta a todos por igual, o a quien salga en un sorteo.
plan-invitations = Ir a las invitaciones

majority-title = La mayoría silenciosa
majority-back = Volver al colchón
majority-lead = Quien habla en público no es una muestra de tus clientes. Esto compara lo que se ve con lo que contestan, en privado, clientes elegidos sin mirar cómo les fue.
majority-empty-title = Aún no hemos preguntado a nadie
majority-empty = Elige al azar a unos cuantos clientes y hazles una pregunta en privado: ¿cómo te fue? Con veinte respuestas se puede empezar a decir algo.
majority-empty-action = Preguntar a clientes
majority-private = Solo lo veis quienes entráis aquí. Nada de esto se publica.
majority-cannot-say = Todavía no se puede decir
# $min: cuántas
majority-few-answers = Hay menos de { $min } respuestas. Con tan pocas, cualquier cifra sería casualidad.
majority-low-response = Ha contestado menos del { $min } de quienes recibieron la pregunta. Los que callan podrían ser muy distintos.
# $max: anchura
majority-too-wide = Las respuestas dejan un margen de más de { $max }: demasiado ancho para decir algo útil.
# $customers: clientes; $low y $high: satisfechos
majority-people = De tus { $customers } clientes de los últimos tres meses, entre { $low } y { $high } quedaron contentos.
majority-share = En los últimos tres meses, entre el { $low } y el { $high } de tus clientes quedaron contentos.
majority-little-public = En público hay muy pocas opiniones de estos meses para comparar.
# $visible: de cada diez
majority-no-difference = En público parecen { $visible } de cada diez. No podemos decir que sea distinto: puede que los contentos contesten más, o menos.
majority-more-than-seen = En público parecen { $visible } de cada diez. Están más contentos de lo que se ve, incluso si los contentos contestaran tres veces más.
majority-fewer-than-seen = En público parecen { $visible } de cada diez. Están menos contentos de lo que se ve, incluso si los contentos contestaran tres veces menos: mira qué falla antes de que se note.
majority-figures = Las cifras
majority-satisfied = Contentos (cuatro o cinco de cinco)
majority-band = Si los contentos contestan tres veces más, o tres veces menos
majority-last-wave = Si los que callan son como los que contestaron tras el recordatorio
majority-by-month = Si cada mes cuenta según sus visitas
majority-worst = Si ninguno de los que callan lo está, o si lo están todos
majority-visible = Lo que se ve en público
majority-gap = Diferencia
majority-silent = Contentos que no han dicho nada en público
# $low y $high: los extremos
majority-between = entre { $low } y { $high }
# $middle: la diferencia; $low y $high: los extremos
majority-points = { $middle } puntos (entre { $low } y { $high })
majority-unequal = Unos tenían más posibilidades que otros de que les tocara la pregunta; cada respuesta pesa lo que corresponde.
majority-how = Contamos los contentos entre quienes contestaron, elegidos al azar o preguntando a todos; el intervalo acierta nueve de cada diez veces. Como contestar puede tener que ver con estar contento, damos también lo que saldría si los contentos contestaran tres veces más o tres veces menos, y lo peor y lo mejor posible. Lo público son las estrellas de estos meses, sin las de tu propio formulario.
majority-answers = Quién ha contestado
# $answers de $asked; $low y $high: los extremos
majority-answered = Han contestado { $answers } de { $asked } (entre el { $low } y el { $high } de los que reciben la pregunta).
# $n: cuántas
majority-late = { $n ->
    [one] Una contestó tras el recordatorio.
   *[other] { $n } contestaron tras el recordatorio.
}
majority-unchosen = { $n ->
    [one] Otra respuesta llegó por un código o por el aparato del local; no cuenta aquí, porque a quien la dio no lo eligió nadie.
   *[other] Otras { $n } respuestas llegaron por un código o por el aparato del local; no cuentan aquí, porque a quienes las dieron no los eligió nadie.
}
majority-customers = Cuántos clientes son
majority-counted = { $n ->
    [0] No tenemos apuntadas visitas de estos tres meses.
    [one] Tenemos apuntado un cliente en estos tres meses.
   *[other] Tenemos apuntados { $n } clientes distintos en estos tres meses.
}
majority-customers-label = Clientes de los últimos tres meses
majority-customers-hint = Si sabes un número mejor (la caja, la agenda), escríbelo. No se guarda.
majority-customers-submit = Usar este número
