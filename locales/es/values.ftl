# La carta de valores y qué es cada mención seria.

values-title = Tus cinco líneas
values-lead = Lo que en esta casa nunca se hace y lo que siempre se hace, con tus palabras. Y, para cada línea, quién decide cuando se rompe y qué se hace primero.
values-lead-person = Lo que tú nunca haces y lo que siempre haces, con tus palabras. Y, para cada línea, qué harás primero si alguien dice que la has roto.
values-empty-title = Empieza por una
values-empty = Una línea basta para empezar: algo que no harías aunque te costara dinero. Escríbela ahora, en calma; el día del lío no hay tiempo.
values-empty-person = Una línea basta para empezar: algo que no harías aunque te conviniera. Escríbela ahora, en calma; el día del lío no hay tiempo.
# $n: número de línea
values-write = Línea { $n } de 5
values-line = Qué nunca, o qué siempre
values-line-hint = Corta, que la entienda cualquiera. Si no puedes cumplirla, no la escribas.
values-line-clear = Para quitarla, déjala vacía y guarda.
values-decider = Quién decide si se rompe
values-decider-example = Por ejemplo: la dueña; si no está, el encargado
values-decider-example-person = Por ejemplo: yo, después de hablarlo con Marta
values-first-step = Qué se dice o se hace primero
values-first-step-example = Por ejemplo: llamar ese mismo día y devolver lo cobrado de más
values-first-step-example-person = Por ejemplo: escribirle en privado y escuchar antes de contestar
values-change = Cambiarla
values-save = Guardar la línea
values-unsaved = Lo que ves abajo es lo tuyo, sin guardar. Guárdalo si quieres que valga, o recarga la página para ver lo de la otra persona.
# $line: la frase de ejemplo
values-example = Por ejemplo: { $line } Escribe la tuya.
values-example-bar-never = nunca cobramos algo que no está en la carta.
values-example-bar-always = siempre atendemos igual al que toma un café que al que come.
values-example-restaurant-never = nunca servimos un plato que no nos comeríamos.
values-example-restaurant-always = siempre avisamos de lo que se ha acabado antes de sentar a nadie.
values-example-hotel-never = nunca damos una habitación peor que la reservada sin decirlo antes.
values-example-hotel-always = siempre hay alguien que contesta de noche.
values-example-shop-never = nunca vendemos algo que sabemos que no le va a servir.
values-example-shop-always = siempre devolvemos el dinero sin poner mala cara.
values-example-online-shop-never = nunca decimos que hay existencias si no las hay.
values-example-online-shop-always = siempre avisamos del retraso antes de que nos lo pregunten.
values-example-workshop-never = nunca cambiamos una pieza sin permiso.
values-example-workshop-always = siempre enseñamos la pieza vieja.
values-example-clinic-never = nunca hablamos de un paciente delante de otro.
values-example-clinic-always = siempre explicamos el precio antes de empezar.
values-example-services-never = nunca cobramos horas que no hemos trabajado.
values-example-services-always = siempre decimos la verdad sobre los plazos.
values-example-person-never = nunca hablo en público de la vida de otros.
values-example-person-always = siempre digo de dónde saco lo que cuento.
values-example-other-never = nunca prometemos lo que no depende de nosotros.
values-example-other-always = siempre damos la cara cuando algo sale mal.

# Qué es cada mención seria
triage-title = Menciones serias
triage-lead = Las quejas de los últimos noventa días que nadie ha decidido qué son: las de dos estrellas o menos, y las que reclaman, llaman a no comprar o anuncian algo legal.
triage-lead-decided = Las que ya habéis decidido en los últimos noventa días.
triage-show-decided = Ver las decididas
triage-show-open = Ver las que faltan
triage-none-title = Nada por aquí
triage-none = No queda ninguna mención seria por decidir.
triage-none-decided = Todavía no habéis decidido ninguna.
triage-card = Qué es esto y quién decide
triage-anyway = No parece seria. Decidirlo de todos modos
triage-seems = Parece:
triage-decide = Tú decides qué es
# $line: la línea de la carta
triage-against = Contra «{ $line }»
triage-no-charter = Aún no has escrito ninguna línea.
triage-other = Es otra cosa
triage-guidance = Qué hacer y quién decide
triage-undo = Deshacer
# $by: quién; $date: día
triage-decided = Lo decidió { $by } el { $date }
triage-first = Qué se hace primero
triage-who = Quién decide
triage-see-warning = Ver el aviso
triage-ordinary = Un error normal
triage-values = Contra nuestros valores
triage-values-person = Contra mis valores
triage-legal = Un asunto legal
triage-attack = Parece coordinado
triage-first-ordinary = Contesta hoy: di qué falló, pide perdón y cuenta qué haces para arreglarlo.
triage-first-ordinary-person = Contesta con calma: reconoce lo que sea verdad y di qué harás distinto.
triage-decides-ordinary = Quien atiende puede contestar.
triage-decides-ordinary-person = Tú.
triage-first-values = Antes de contestar, averigua qué pasó. Si es verdad, reconócelo sin excusas y di qué cambia y desde cuándo.
triage-first-values-person = Antes de contestar, pregúntate si es verdad. Si lo es, reconócelo sin excusas y di qué cambia.
triage-decides-values = Tú, no quien atiende.
triage-decides-values-person = Tú, y mejor después de dormirlo.
triage-first-legal = Guarda una copia de todo. Contesta solo que lo has leído y que responderás por escrito; no discutas en público.
triage-first-legal-person = Guarda una copia de todo. No discutas en público y pide consejo antes de contestar.
triage-decides-legal = Tú, con tu asesoría o tu abogado.
triage-decides-legal-person = Tú, con un abogado o quien te aconseje.
triage-first-attack = No contestes en caliente ni acuses a nadie: pueden tener razón. Mira el aviso, guarda el dossier y contesta una vez, con hechos, para quien lo lea.
triage-first-attack-person = No contestes en caliente ni acuses a nadie: pueden tener razón. Guarda una copia y contesta una vez, con hechos, o no contestes.
triage-decides-attack = Tú. Nadie más contesta hasta entonces.
triage-decides-attack-person = Tú, con alguien de confianza al lado.
triage-because-legal = Anuncia una reclamación o una denuncia: puede haber un plazo.
# $n: cuántas se repiten; $all: voces del aviso
triage-because-copies = Dice casi lo mismo que otras: en un aviso abierto se repiten { $n } de { $all }.
triage-because-own-words = Está en un aviso abierto en el que muchas se repiten, pero esta cuenta algo suyo: trátala como a cualquiera.
# $n: línea; $words: palabras
triage-because-line = Habla de lo mismo que tu línea { $n }: { $words }.
triage-because-promise = Dice que algo prometido no se cumplió.
triage-because-boycott = Llama a no comprar. Está en su derecho; conviene saber por qué.
triage-because-product = Se queja del producto.
triage-because-service = Se queja del trato.
triage-because-service-person = Se queja de cómo la trataste.
triage-because-stars = Ha puesto pocas estrellas.
triage-because-complains = Se queja, y no vemos nada más.
