// Numbers as people write them, and back. Reads what models/images/numbers.py reads; a comma may also be a decimal point.

const NUMBER = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?$/;
const LONGEST = 40;

// Full-width forms stand 0xFEE0 above the plain ones; keyboards and word processors write the minus in several ways.
export function plain(text) {
  return text
    .replace(/[\uff01-\uff5e]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(/[−–‒]/g, "-")
    .replace(/、/g, ",")
    .replace(/。/g, ".")
    .trim();
}

// {value, source}: the number and how it is written for Python; null for what is no number.
export function read(text) {
  const source = plain(text).replace(/^([^,.]*),([^,.]*)$/, "$1.$2").replace(/\s*\/\s*/, "/");
  const parts = source.split("/");
  if (source.length > LONGEST || parts.length > 2 || !parts.every((part) => NUMBER.test(part))) return null;
  const value = Number(parts[0]) / (parts.length === 2 ? Number(parts[1]) : 1);
  return Number.isFinite(value) ? { value, source: source.replace(/^\+/, "") } : null;
}

// The shortest text of a 32-bit number: 0.1 rather than 0.10000000149011612, 1/9 rather than 0.11111111.
export function write(value) {
  const size = Math.abs(value);
  let digits = 1;
  while (digits < 9 && Math.fround(size.toPrecision(digits)) !== size) digits++;
  const decimal = String(Number(size.toPrecision(digits)));
  const text = (decimal.length > 5 && fraction(size)) || decimal;
  return value < 0 ? `-${text}` : text;
}

function fraction(size) {
  for (let below = 3; below <= 256; below++) {
    const above = Math.round(size * below);
    if (above > 0 && above < 100 && Math.fround(above / below) === size) return `${above}/${below}`;
  }
  return null;
}

// What a cell shows of a source: at most four digits of a long decimal, a real minus sign.
export function show(source) {
  const value = Number(source);
  const long = source.length > 6 && !source.includes("/");
  return (long ? String(Number(value.toPrecision(Math.abs(value) < 1 ? 3 : 4))) : source).replaceAll("-", "−");
}

export function negated(source) {
  if (Number(source) === 0) return source;
  return source.startsWith("-") ? source.slice(1) : `-${source}`;
}

// Rows of words from a pasted text, channel by channel; null when it is a single word, which the cell takes by itself.
// In a spreadsheet's rows, which have tabs, a comma is a decimal point; elsewhere it parts numbers.
export function block(text) {
  const rows = (part) => part.split(/[;\n\r]+/).map((row) => row.split(row.includes("\t") ? /[\t ]+/ : /[\s,]+/).filter(Boolean));
  const clean = plain(text);
  if (!/[\s;|]/.test(clean) && (clean.match(/,/g) ?? []).length < 2) return null;
  return clean.split("|").map((part) => rows(part).filter((row) => row.length));
}
