// Files that nobody hands over by accident. The archives are written by hand, so that they can be wrong.
import { crc32 as builtIn, deflateRawSync, inflateRawSync } from "node:zlib";

function crc32(bytes) {
  if (builtIn) return builtIn(bytes);
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

/** A ZIP of these entries: [name, bytes]. */
export function zip(entries) {
  const files = [];
  const directory = [];
  let at = 0;
  for (const [name, content] of entries) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes, { level: 9 });
    const label = Buffer.from(name);
    const fields = (head) => { head.writeUInt16LE(8, 4); head.writeUInt32LE(crc32(bytes), 10); head.writeUInt32LE(packed.length, 14); head.writeUInt32LE(bytes.length, 18); head.writeUInt16LE(label.length, 22); };
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    fields(local.subarray(4));
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(20, 4);
    central.writeUInt16LE(20, 6);
    fields(central.subarray(6));
    central.writeUInt32LE(at, 42);
    files.push(local, label, packed);
    directory.push(central, label);
    at += local.length + label.length + packed.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, index, end]);
}

/** The entry of a ZIP with this name, as text. */
export function unzip(bytes, wanted) {
  let at = bytes.readUInt32LE(bytes.length - 22 + 16);
  while (bytes.readUInt32LE(at) === 0x02014b50) {
    const [method, packed, label, extra, note] = [10, 20, 28, 30, 32].map((field) => (field === 20 ? bytes.readUInt32LE(at + 20) : bytes.readUInt16LE(at + field)));
    const name = bytes.toString("utf8", at + 46, at + 46 + label);
    if (name === wanted) {
      const local = bytes.readUInt32LE(at + 42);
      const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
      const content = bytes.subarray(from, from + packed);
      return (method === 8 ? inflateRawSync(content) : content).toString("utf8");
    }
    at += 46 + label + extra + note;
  }
  return undefined;
}

const TYPES = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`;
const RELS = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`;
const BOOK = `<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="H" sheetId="1" r:id="rId1"/></sheets></workbook>`;
const BOOK_RELS = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`;

/** A workbook with this sheet. */
export const workbook = (sheet) => zip([["[Content_Types].xml", TYPES], ["_rels/.rels", RELS], ["xl/workbook.xml", BOOK], ["xl/_rels/workbook.xml.rels", BOOK_RELS], ["xl/worksheets/sheet1.xml", sheet]]);

const cellOf = (name, text) => `<c r="${name}" t="inlineStr"><is><t>${text}</t></is></c>`;
export const SHEET = `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">${cellOf("A1", "Fecha")}${cellOf("B1", "Estrellas")}${cellOf("C1", "Comentario")}</row><row r="2">${cellOf("A2", "2026-03-01")}<c r="B2"><v>5</v></c>${cellOf("C2", "La mejor ensaladilla de la costa")}</row></sheetData></worksheet>`;

function pseudoRandom(size) {
  const bytes = Buffer.alloc(size);
  let state = 0x2545f491;
  for (let at = 0; at < size; at += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state & 0xff;
  }
  return bytes;
}

const laughs = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ja">${Array.from({ length: 9 }, (_, n) => `<!ENTITY ${"bcdefghij"[n]} "${`&${"abcdefghi"[n]};`.repeat(10)}">`).join("")}]>${SHEET.replace(/^<\?xml[^>]*\?>/, "").replace("La mejor", "&j;")}`;

/** name → bytes; none of them has anything to import. */
export const HOSTILE_FILES = () => [
  ["a truncated spreadsheet", "cortado.xlsx", workbook(SHEET).subarray(0, 700)],
  ["a ZIP bomb in a spreadsheet", "bomba.xlsx", workbook(Buffer.concat([Buffer.from(SHEET.slice(0, -30)), Buffer.alloc(400_000_000, 0x20)]))],
  ["a ZIP bomb as a Takeout", "takeout.zip", zip([["Takeout/Google Business Profile/reviews.json", Buffer.alloc(300_000_000, 0x5b)]])],
  ["a spreadsheet of a billion laughs", "risas.xlsx", workbook(laughs)],
  ["a megabyte of NULs", "ceros.csv", Buffer.alloc(1_000_000)],
  ["random bytes", "azar.csv", pseudoRandom(300_000)],
  ["random bytes called a spreadsheet", "azar.xlsx", pseudoRandom(50_000)],
  ["an empty file", "vacio.csv", Buffer.alloc(0)],
  ["a web page", "pagina.csv", Buffer.from("<!doctype html><title>x</title><p>no soy una tabla</p>")],
  ["JSON of great depth", "hondo.json", Buffer.from("[".repeat(200_000))],
  ["a gzip that is cut", "cortado.csv.gz", Buffer.from("1f8b0800000000000003", "hex")],
];

/** Cells that a spreadsheet would run: they are imported as words and must leave guarded. */
export const FORMULAS = `id;fecha;estrellas;autor;comentario
f1;2026-01-05;5;=HYPERLINK("http://evil.example");"=cmd|'/c calc'!A1"
f2;2026-01-06;1;+34 600 000 000;@SUM(1+1)*cmd
f3;2026-01-07;3;-ana;"-2+3+cmd|' /C calc'!A0"
`;
