# La lista de menciones y la página de cada una.

mentions-title = Menciones
mentions-lead = Todo lo que dicen de ti, lo último primero.
mentions-back = Menciones
mentions-pages = Páginas de menciones
mentions-none-title = Nada coincide
mentions-none = Prueba con menos filtros o con otra palabra.
mentions-empty-title = Aún no hay menciones
mentions-empty = Importa tus opiniones o añade una fuente, y aparecerán aquí.
page-first = Volver a las últimas
page-older = Más antiguas

filter-label = Buscar y filtrar menciones
filter-search = Buscar en las menciones
filter-submit = Buscar
filter-apply = Aplicar
filter-summary = Filtros
# $n: filtros puestos
filter-active = { $n ->
    [one] Uno puesto
   *[other] { $n } puestos
}
filter-any = Cualquiera
filter-clear = Quitar los filtros
filter-sentiment = Cómo suena
filter-stars = Estrellas
filter-reply = Respuesta
filter-source = Fuente
filter-language = Idioma

mention-title = Mención
mention-see = Ver
mention-original = Ver el original
mention-your-reply = Tu respuesta
mention-edited = Cambiada por su autor
mention-no-author = Alguien sin nombre
mention-no-date = Sin fecha
mention-no-text = Sin texto, solo estrellas

answer-title = ¿Está contestada?
answered-lead = Sí, está contestada.
# $date: el día de la respuesta
answered-on = Fue el { $date }.
answered-undo = En realidad no está contestada
unanswered-lead = No nos consta ninguna respuesta. Contesta donde la escribieron y márcala aquí, para no recordártela más.
answered-mark = Ya la he contestado

reading-title = Cómo la hemos leído
reading-not-yet = Aún no la hemos leído. Suele ser cosa de segundos: recarga la página.
reading-sounds = Suena
reading-language = Idioma
reading-sure = ¿Seguro?
reading-very-sure = Sí, muy seguro
reading-fairly-sure = Bastante seguro
reading-barely-sure = Por poco
reading-unsure = No lo bastante para decirlo
reading-stars-good-text-bad = Las estrellas son buenas, pero el texto suena a queja. Léela despacio.
reading-stars-bad-text-good = Las estrellas son malas, pero el texto suena bien. Quizá se equivocó al puntuar: pregúntale.
reading-machine = La ha leído un programa, aquí mismo y sin enviarla a nadie. A veces se equivoca.

revisions-title = Lo que decía antes
revision-until = Hasta
revision-text = Texto
mentions-waiting-lead = Solo las que esperan respuesta: tres estrellas o menos y sin contestar.
