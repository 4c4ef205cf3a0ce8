// Everything that is needed to paint the map of a network.

const version = new URL(import.meta.url).search;
const { css, mode, parse, table } = await import("./colours.js" + version);
const { compositeOf, sheetOf } = await import("./network_map_paint.js" + version);

const SHARPEST = 2;

export function sceneOf(root, header, arrays, layout) {
  const theme = mode(root);
  const { scales, roles } = header.colours;
  const stops = { maps: scales.maps[theme], positive: scales.positive[theme] };
  const pixels = arrays.pixels.data;
  for (const column of header.columns) column.tint = roles[column.role][theme];
  return {
    header, layout, stops,
    inks: inksOf(root, header.colours, theme),
    font: getComputedStyle(root.host ?? root).fontFamily,
    values: (column) => arrays.values.data.subarray(column.offset, column.offset + column.cells),
    top: (link) => ({ inputs: part(arrays.top, link.top), adds: part(arrays.adds, link.adds) }),
    // About the value of a pixel; null where the map is drawn smaller than it is.
    level: (column, place, row, col) => {
      const [height, width] = column.thumb;
      if (height !== column.height || width !== column.width) return null;
      const [low, high] = column.ranges[place];
      return low + ((high - low) * pixels[column.offset + (place * height + row) * width + col]) / 255;
    },
    sheets: header.columns.map((column) => (column.row ? null : sheetOf(column, pixels, stops))),
    composites: header.columns.map((column) => (column.composite ? compositeOf(column, pixels) : null)),
  };
}

function inksOf(root, colours, theme) {
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

export function part(array, [offset, count]) {
  return array.data.subarray(offset, offset + count);
}

// A canvas of so many CSS pixels, empty.
export function sized(canvas, width, height) {
  const ratio = Math.min(window.devicePixelRatio || 1, SHARPEST);
  const [wide, tall] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide || canvas.height !== tall) {
    Object.assign(canvas, { width: wide, height: tall });
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}
