// Paints the map of a network: maps, cells and bars with their colours, the light lines between them, and the little scales.

const version = new URL(import.meta.url).search;
const { format, parse, table } = await import("./colours.js" + version);
const { extent, paintLink } = await import("./network_map_lines.js" + version);

// Every map of a column in one picture, one below the other, in the colours of the column's scale.
export function sheetOf(column, pixels, stops, theme) {
  if (!column.thumb || !column.maps.length) return null;
  const [height, width] = column.thumb;
  const canvas = new OffscreenCanvas(width, height * column.maps.length);
  const context = canvas.getContext("2d");
  const image = context.createImageData(canvas.width, canvas.height);
  const words = new Uint32Array(image.data.buffer);
  const size = width * height;
  column.maps.forEach((_, map) => {
    const colours = ramp(column, stops, theme, ...column.ranges[map]);
    for (let at = map * size, end = at + size; at < end; at++) words[at] = colours[pixels[column.offset + at]];
  });
  context.putImageData(image, 0, 0);
  return canvas;
}

// The picture itself, from its three channels.
export function compositeOf(column, pixels) {
  const [height, width] = column.thumb;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  const size = width * height;
  const level = (channel, at) => {
    const [low, high] = column.ranges[channel];
    return 255 * (low + ((high - low) * pixels[column.offset + channel * size + at]) / 255);
  };
  for (let at = 0; at < size; at++) image.data.set([level(0, at), level(1, at), level(2, at), 255], 4 * at);
  context.putImageData(image, 0, 0);
  return canvas;
}

// 256 colours for what lies between a map's own lowest and highest value.
function ramp(column, stops, theme, low, high) {
  const colours = new Uint32Array(256);
  const of = colourOf(column, stops);
  for (let at = 0; at < 256; at++) colours[at] = of(low + ((high - low) * at) / 255);
  return colours;
}

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

const css = (colour) => `rgb(${colour & 255},${(colour >> 8) & 255},${(colour >> 16) & 255})`;

// Everything that stands between `from` and `to`, in pixels of the whole map.
export function paintPart(context, scene, from, to) {
  const { layout, header } = scene;
  const seen = (at) => layout.columns[at].x + layout.columns[at].width >= from && layout.columns[at].x <= to;
  header.columns.forEach((column, at) => {
    for (const link of column.links) {
      const start = layout.columns[link.column].x;
      if (start <= to && layout.columns[at].x + layout.columns[at].width >= from) paintLink(context, scene, link, at);
    }
  });
  header.columns.forEach((_, at) => seen(at) && paintColumn(context, scene, at));
}

function paintColumn(context, scene, at) {
  const { layout, header, inks } = scene;
  const column = layout.columns[at];
  const told = header.columns[at];
  if (told.sort === "passed") return paintPassed(context, scene, column, told, at);
  if (column.bars) return paintBars(context, scene, column, told);
  if (column.cells) paintCells(context, scene, column, told);
  context.imageSmoothingEnabled = false;
  const sheet = scene.sheets[at];
  if (sheet) {
    const [height, width] = told.thumb;
    for (const tile of column.tiles) {
      const x = column.x + tile.x;
      if (told.block) for (const away of [6, 3]) frame(context, x + away, tile.y - away, tile.width, tile.height, inks, true);
      context.drawImage(sheet, 0, tile.index * height, width, height, x, tile.y, tile.width, tile.height);
      frame(context, x, tile.y, tile.width, tile.height, inks);
      if (told.composite) letter(context, "RGB"[tile.map], x, tile.y + tile.height / 2, ["#d33", "#2a9d3a", "#36c"][tile.map]);
    }
    if (column.whole) {
      const { x, y, width: wide, height: tall } = column.whole;
      context.drawImage(scene.composites[at], column.x + x, y, wide, tall);
      frame(context, column.x + x, y, wide, tall, inks);
    }
  }
  if (told.sort !== "picture") paintScale(context, scene, column, told);
}

function letter(context, text, x, y, colour) {
  context.fillStyle = colour;
  context.font = "700 10px sans-serif";
  context.textAlign = "right";
  context.textBaseline = "middle";
  context.fillText(text, x - 3, y);
}

function frame(context, x, y, width, height, inks, filled = false) {
  if (filled) {
    context.fillStyle = inks.paper;
    context.fillRect(x, y, width, height);
  }
  context.strokeStyle = inks.frame;
  context.lineWidth = 1;
  context.strokeRect(x - 0.5, y - 0.5, width + 1, height + 1);
}

function paintPassed(context, scene, column, told, at) {
  const [top, bottom] = extent(scene, at);
  context.fillStyle = scene.inks.pale;
  context.strokeStyle = scene.inks.frame;
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(column.x + 0.5, top, column.width - 1, bottom - top, 8);
  context.fill();
  context.stroke();
  context.save();
  context.translate(column.x + column.width / 2, (top + bottom) / 2);
  context.rotate(-Math.PI / 2);
  context.fillStyle = scene.inks.text;
  context.font = `11px ${scene.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(`${told.kind} · ${scene.header.words.passed}`, 0, 0);
  context.restore();
}

function paintCells(context, scene, column, told) {
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

function paintBars(context, scene, column, told) {
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

export function fitted(context, text, room) {
  if (context.measureText(text).width <= room) return text;
  let end = text.length;
  while (end > 1 && context.measureText(text.slice(0, end) + "…").width > room) end--;
  return text.slice(0, end) + "…";
}

function paintScale(context, scene, column, told) {
  const { layout, inks, font } = scene;
  const wide = Math.max(Math.min(column.width, 110), 36);
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

export function inksOf(root, colours, theme) {
  const own = getComputedStyle(root.host ?? root);
  const read = (name, otherwise) => own.getPropertyValue(name).trim() || otherwise;
  const dark = theme === "dark";
  const [r, g, b] = parse(read("--st-text-color", "#1c2330"));
  return {
    text: read("--st-text-color", "#1c2330"),
    paper: read("--st-background-color", "#ffffff"),
    pale: read("--st-secondary-background-color", "#f4f5f7"),
    frame: `rgba(${r},${g},${b},${dark ? 0.4 : 0.28})`,
    line: dark ? "#9fb0cc" : "#5b6f92",
    primary: read("--st-primary-color", "#2456c9"),
    skip: colours.roles.feature_map[theme],
    answer: colours.roles.activation_map[theme],
    strong: colours.roles.kernel[theme],
    less: css(table(colours.scales.maps[theme])[64]),
    more: css(table(colours.scales.maps[theme])[192]),
  };
}
