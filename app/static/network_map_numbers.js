// Numbers on the map of a network: which colour stands for which, rows of numbers as cells, probabilities as bars, the scale.

const version = new URL(import.meta.url).search;
const { css, format, table } = await import("./colours.js" + version);

export function colourOf(column, stops) {
  if (column.sort === "picture") return (value) => shade(Math.round(255 * Math.max(0, Math.min(1, value))));
  const [low, high] = column.scale;
  const colours = table(column.signed ? stops.maps : stops.positive);
  const reach = high - low || 1;
  return (value) => colours[Math.max(0, Math.min(256, Math.round(((value - low) / reach) * 256)))];
}

function shade(level) {
  return (255 << 24) | (level << 16) | (level << 8) | level;
}

export function paintCells(context, scene, column, told) {
  const { down, across, wide, tall, y } = column.cells;
  const values = scene.values(told);
  const colour = colourOf(told, scene.stops);
  const canvas = new OffscreenCanvas(across, down);
  const inner = canvas.getContext("2d");
  const image = inner.createImageData(across, down);
  const words = new Uint32Array(image.data.buffer);
  values.forEach((value, index) => (words[(index % down) * across + Math.floor(index / down)] = colour(value)));
  inner.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(canvas, column.x, y, across * wide, down * tall);
  context.strokeStyle = scene.inks.frame;
  context.lineWidth = 1;
  if (tall >= 7) {
    context.beginPath();
    values.forEach((_, index) => context.rect(column.x + Math.floor(index / down) * wide, y + (index % down) * tall, wide, tall));
    context.stroke();
  } else context.strokeRect(column.x - 0.5, y - 0.5, across * wide + 1, down * tall + 1);
}

export function paintBars(context, scene, column, told) {
  const { inks, header, font } = scene;
  const values = scene.values(told);
  const { step, y } = column.bars;
  const best = told.order.reduce((most, number) => (values[number] > values[most] ? number : most), told.order[0]);
  context.textBaseline = "middle";
  told.order.forEach((number, place) => {
    const middle = y + place * step + step * 0.36;
    const size = Math.min(13, step * 0.46);
    context.font = `${number === best ? 700 : 400} ${size}px ${font}`;
    context.fillStyle = inks.text;
    context.textAlign = "right";
    const share = percent(values[number]);
    context.fillText(share, column.x + column.width, middle);
    const room = column.width - context.measureText(share).width - 14;
    context.textAlign = "left";
    context.fillText(fitted(context, header.classes[number] ?? String(number), room), column.x + 6, middle);
    const bar = Math.max(2, step * 0.2);
    context.fillStyle = inks.pale;
    context.fillRect(column.x + 6, y + place * step + step * 0.66, column.width - 6, bar);
    context.fillStyle = inks.answer;
    context.globalAlpha = number === best ? 1 : 0.55;
    context.fillRect(column.x + 6, y + place * step + step * 0.66, (column.width - 6) * values[number], bar);
    context.globalAlpha = 1;
  });
}

function percent(value) {
  const share = 100 * value;
  if (share > 0 && share < 0.1) return "< 0.1 %";
  return `${share >= 99.95 ? share.toFixed(0) : share.toFixed(1)} %`;
}

function fitted(context, text, room) {
  if (context.measureText(text).width <= room) return text;
  let end = text.length;
  while (end > 1 && context.measureText(text.slice(0, end) + "…").width > room) end--;
  return text.slice(0, end) + "…";
}

export function paintScale(context, scene, column, told) {
  const { layout, inks, font } = scene;
  const wide = Math.max(Math.min(column.width, 110), 42);
  const [x, y] = [column.x + column.width / 2 - wide / 2, layout.top + layout.body + 4];
  const colours = table(told.signed ? scene.stops.maps : scene.stops.positive);
  const gradient = context.createLinearGradient(x, 0, x + wide, 0);
  for (let at = 0; at <= 8; at++) gradient.addColorStop(at / 8, css(colours[at * 32]));
  context.fillStyle = gradient;
  context.fillRect(x, y, wide, 6);
  context.strokeStyle = inks.frame;
  context.lineWidth = 1;
  context.strokeRect(x - 0.5, y - 0.5, wide + 1, 7);
  context.fillStyle = inks.text;
  context.font = `9.5px ${font}`;
  context.textBaseline = "top";
  const [low, high] = told.scale.map((value) => format(Number(value.toPrecision(2)), 2));
  context.textAlign = "left";
  context.fillText(low, x - 3, y + 9);
  context.textAlign = "right";
  context.fillText(high, x + wide + 3, y + 9);
}
