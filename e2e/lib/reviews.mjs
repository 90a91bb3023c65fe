// Sixty reviews of an invented bar, written for these tests, and the CSV that an owner would export.
const GOOD = [
  "La atención de Marisa fue exquisita y el jamón estaba de diez.",
  "Un café espectacular y la tarta de queso, mejor todavía.",
  "Volveremos, sin duda. Raciones enormes y precio justo.",
  "El mejor arroz que he comido en la ciudad, punto.",
  "Nos trataron como en casa, hasta sacaron agua para el perro.",
  "Rápidos, simpáticos y todo limpio. ¿Qué más se puede pedir?",
  "Celebramos el cumpleaños de mi abuela y fue perfecto 🎂",
  "Las croquetas de puchero merecen el viaje.",
  "Buenísimo todo, la camarera nos recomendó un vino estupendo.",
  "Sitio pequeño con mucho encanto, reservad con tiempo.",
  "The tapas were lovely and the staff patient with our Spanish.",
  "Great value, we came back three nights in a row!",
  "Esmorzar boníssim i un tracte de deu.",
  "Terraza tranquila, ideal para ir con niños.",
  "Me olvidé el bolso y lo guardaron hasta el día siguiente. Gracias.",
  "Menú del día variado, casero y abundante.",
  "La tortilla jugosa, como tiene que ser.",
  "Da gusto encontrar gente que disfruta con su trabajo.",
  "Probad los boquerones, no os arrepentiréis.",
  "Qué maravilla de postres, sobre todo el flan.",
];
const BAD = [
  "Esperamos cuarenta minutos y la comida llegó fría.",
  "La atención, pésima: nadie nos miró a la cara.",
  "Nos cobraron dos veces el pan y ni se disculparon.",
  "El baño daba asco, así de claro.",
  "Muy caro para lo que es, no volveremos.",
  "Reservé y habían dado mi mesa a otros.",
  "Ruido insoportable, imposible hablar.",
  "El pescado olía mal y lo devolvimos.",
  "We waited an hour and the waiter was rude.",
  "Encontré un pelo en la ensalada y se rieron.",
  "La carta decía una cosa y la cuenta otra.",
  "Han cambiado de cocinero y se nota, a peor.",
];
const PLAIN = [
  "Normal, ni bien ni mal. Para salir del paso.",
  "Correcto. El sitio es cómodo y se aparca cerca.",
  "La comida bien, el servicio algo lento.",
  "Average food, nice location near the market.",
  "Está bien, pero esperaba más por las opiniones.",
  "Buen producto, aunque la música estaba muy alta.",
  "Fuimos un lunes y faltaban la mitad de los platos.",
  "Bien de precio y regular de limpieza.",
];
/** Markup that must stay text. */
export const HOSTILE = "<script>document.title='roto'</script><img src=x onerror=alert(1)> la paella, \"rica\" & abundante";
/** A word that no line can hold. */
export const LONG = `Buenísimooooo${"o".repeat(90)} todo, más en https://fotos.example/${"album-de-la-boda-de-mi-prima".repeat(4)}`;
const NAMES = ["Lucía P.", "Ramón", "Íñigo Etxeberria", "Mª Ángeles", "Tom W.", "Núria Puig", "Paco el del taller", "J.", "Begoña", "Álex"];

function pick(at) {
  if (at === 0) return [5, HOSTILE];
  if (at === 2) return [4, LONG];
  if (at % 15 === 7) return [4, ""]; // stars without words
  if (at % 4 === 1) return [at % 8 === 1 ? 1 : 2, BAD[at % BAD.length]];
  if (at % 6 === 2) return [3, PLAIN[at % PLAIN.length]];
  return [at % 3 === 0 ? 4 : 5, GOOD[at % GOOD.length]];
}

/** Rows of the file: the newest first, as exports are. */
export const reviews = Array.from({ length: 60 }, (_, at) => {
  const [stars, text] = pick(at);
  const day = new Date(Date.now() - (1 + at * 3) * 86_400_000);
  const answered = at >= 20 && at % 3 === 0;
  return { id: `bru-${at}`, day, stars, author: `${NAMES[at % NAMES.length]} ${at}`, text, reply: answered ? "Gracias por contárnoslo, os esperamos." : "" };
});

const cell = (text) => `"${String(text).replaceAll('"', '""')}"`;
const spanishDay = (day) => `${String(day.getUTCDate()).padStart(2, "0")}/${String(day.getUTCMonth() + 1).padStart(2, "0")}/${day.getUTCFullYear()}`;

/** As a Spanish spreadsheet writes it: semicolons, day first, a mark at the start. */
export function table() {
  return csv(reviews);
}

function csv(all) {
  const rows = all.map((r) => [r.id, spanishDay(r.day), r.stars, cell(r.author), cell(r.text), cell(r.reply)].join(";"));
  return `\uFEFFID;Fecha;Estrellas;Autor;Comentario;Respuesta\r\n${rows.join("\r\n")}\r\n`;
}

const STORM = [
  "Echaron a dos ancianos de la terraza y se rieron de ellos. Vergonzoso.",
  "Después de ver el vídeo de la terraza no pienso volver jamás. Pésimo trato.",
  "Qué manera tan horrible de tratar a la gente mayor, sois unos maleducados.",
  "Indignante lo de la terraza, una vergüenza de servicio.",
  "Asco de sitio, así no se trata a nadie.",
];

/** What an owner exports in the middle of a storm: fourteen angry voices since yesterday, and old praise she had left out. */
export function stormTable() {
  const angry = Array.from({ length: 14 }, (_, at) => ({ id: `storm-${at}`, day: new Date(Date.now() - (at % 2) * 86_400_000), stars: 1, author: `Perfil ${at}`, text: `${STORM[at % STORM.length]} (${at})`, reply: "" }));
  const praise = Array.from({ length: 25 }, (_, at) => ({ id: `old-${at}`, day: new Date(Date.now() - (10 + at * 6) * 86_400_000), stars: 5, author: `Antes ${at}`, text: GOOD[at % GOOD.length], reply: "" }));
  return csv([...angry, ...praise]);
}
