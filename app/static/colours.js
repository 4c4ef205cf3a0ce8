// Colour tables and number formats for all components; the colours themselves come from app/figures/theme.py.

export function mode(root) {
  const host = root.host ?? root;
  const probe = getComputedStyle(host).getPropertyValue("--st-background-color").trim() || "#ffffff";
  const [r, g, b] = parse(probe);
  return 0.3 * r + 0.59 * g + 0.11 * b < 128 ? "dark" : "light";
}

export function parse(colour) {
  const hex = colour.match(/^#([0-9a-f]{6})/i);
  if (hex) return [0, 2, 4].map((at) => parseInt(hex[1].slice(at, at + 2), 16));
  return (colour.match(/[\d.]+/g) ?? [255, 255, 255]).slice(0, 3).map(Number);
}

// 256 colours as 32-bit little-endian RGBA, evenly between the stops.
const tables = new Map();
export function table(stops) {
  const key = stops.join();
  if (!tables.has(key)) {
    const points = stops.map(parse);
    const colours = new Uint32Array(257);
    for (let index = 0; index <= 256; index++) {
      const at = (index / 256) * (points.length - 1);
      const low = Math.min(Math.floor(at), points.length - 2);
      const [r, g, b] = points[low].map((value, part) => Math.round(value + (points[low + 1][part] - value) * (at - low)));
      colours[index] = (255 << 24) | (b << 16) | (g << 8) | r;
    }
    tables.set(key, colours);
  }
  return tables.get(key);
}

export function css(colour) {
  return `rgb(${colour & 255},${(colour >> 8) & 255},${(colour >> 16) & 255})`;
}

export function grey(level) {
  return (255 << 24) | (level << 16) | (level << 8) | level;
}

export function ink(colour) {
  const light = 0.3 * (colour & 255) + 0.59 * ((colour >> 8) & 255) + 0.11 * ((colour >> 16) & 255);
  return light > 140 ? "#111318" : "#ffffff";
}

// A scale: value -> colour. Signed scales have the same reach on both sides, so that zero is the middle.
export function scale(stops, low, high) {
  const colours = table(stops);
  const reach = high - low || 1;
  return (value) => colours[Math.max(0, Math.min(256, Math.round(((value - low) / reach) * 256)))];
}

export function paint(canvas, height, width, colourAt) {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  const pixels = context.createImageData(width, height);
  const words = new Uint32Array(pixels.data.buffer);
  for (let index = 0; index < words.length; index++) words[index] = colourAt(index);
  context.putImageData(pixels, 0, 0);
}

// Four significant digits at most, a real minus sign, no trailing zeros.
export function format(value, digits = 4) {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size === 0) return "0";
  const short = size >= 1e6 || size < 1e-4 ? value.toExponential(2) : String(Number(value.toPrecision(Math.max(digits, Math.ceil(Math.log10(size + 1))))));
  return short.replaceAll("-", "−");
}

export function fixed(value, decimals) {
  const text = value.toFixed(decimals);
  return (Number(text) === 0 ? text.replace("-", "") : text).replaceAll("-", "−");
}
