// One payload from Python: [u32 header length][JSON header][arrays]. See app/components/__init__.py.

const TYPES = { float32: Float32Array, uint8: Uint8Array, int16: Int16Array, int32: Int32Array, uint16: Uint16Array };

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

let sheet;
export async function style(root) {
  const here = new URL(import.meta.url);
  sheet ??= fetch(new URL("components.css" + here.search, here)).then((answer) => answer.text());
  root.prepend(element("style", {}, await sheet));
}
