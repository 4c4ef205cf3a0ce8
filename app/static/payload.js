// One payload from Python: [u32 header length][JSON header][arrays]. See app/components/__init__.py.

const TYPES = { float32: Float32Array, uint8: Uint8Array, int8: Int8Array, int16: Int16Array, int32: Int32Array, uint16: Uint16Array };

export function decode(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const arrays = {};
  for (const [name, { dtype, shape, offset }] of Object.entries(header.arrays)) {
    const Type = TYPES[dtype];
    const size = shape.reduce((product, side) => product * side, 1);
    const start = bytes.byteOffset + 4 + length + offset;
    const aligned = start % Type.BYTES_PER_ELEMENT === 0;
    const buffer = aligned ? bytes.buffer : bytes.slice(4 + length + offset, 4 + length + offset + size * Type.BYTES_PER_ELEMENT).buffer;
    arrays[name] = { data: new Type(buffer, aligned ? start : 0, size), shape };
  }
  return { header, arrays };
}

// The parts of a component are built once for each place on the page and then only given new data.
const built = new WeakMap();

export function mount(component, build) {
  let part = built.get(component.parentElement);
  if (!part) {
    part = build(component.parentElement, component);
    built.set(component.parentElement, part);
  }
  part.component = component;
  part.update(component.data);
}

export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== undefined && child !== null));
  return node;
}

// The shared sheet and, after it, the part's own.
const sheets = new Map();
function sheet(file) {
  const here = new URL(import.meta.url);
  if (!sheets.has(file)) sheets.set(file, fetch(new URL(file + here.search, here)).then((answer) => answer.text()));
  return sheets.get(file);
}

export async function style(root, ...files) {
  const rules = await Promise.all(["components.css", ...files].map(sheet));
  root.prepend(element("style", {}, rules.join("\n")));
}

// The moment makes each answer new: choosing again what was chosen before must reach Python too, where something else may
// have been set meanwhile.
export function answer(component, name, value) {
  component.setStateValue(name, { value, moment: Date.now() });
}

// Tells what Python changed by itself from what comes back of the browser's own answers, perhaps late: that must not undo
// what a person did since. An answer that does not come back is forgotten.
const PATIENCE = 10_000;

export class Echoes {
  pending = [];

  sent(value) {
    this.pending.push({ value, moment: Date.now() });
  }

  isNews(value) {
    if (value === this.heard) return false;
    this.heard = value;
    const now = Date.now();
    this.pending = this.pending.filter(({ moment }) => now - moment < PATIENCE);
    const at = this.pending.findLastIndex((sent) => sent.value === value);
    this.pending.splice(0, at < 0 ? Infinity : at + 1);
    return at < 0;
  }
}

// Puts values into words: `{row}` becomes values.row.
export function phrase(words, values) {
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
