// Paints the map of a network: maps, cells and bars with their colours, the light lines between them, and the little scales.

const version = new URL(import.meta.url).search;
const { extent, paintLink } = await import("./network_map_lines.js" + version);
const { colourOf, paintBars, paintCells, paintScale } = await import("./network_map_numbers.js" + version);

// Every map of a column in one picture, one below the other, in the colours of the column's scale.
export function sheetOf(column, pixels, stops) {
  if (!column.thumb || !column.maps.length) return null;
  const [height, width] = column.thumb;
  const canvas = new OffscreenCanvas(width, height * column.maps.length);
  const context = canvas.getContext("2d");
  const image = context.createImageData(canvas.width, canvas.height);
  const words = new Uint32Array(image.data.buffer);
  const size = width * height;
  column.maps.forEach((_, map) => {
    const colours = ramp(column, stops, ...column.ranges[map]);
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
function ramp(column, stops, low, high) {
  const colours = new Uint32Array(256);
  const of = colourOf(column, stops);
  for (let at = 0; at < 256; at++) colours[at] = of(low + ((high - low) * at) / 255);
  return colours;
}

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
