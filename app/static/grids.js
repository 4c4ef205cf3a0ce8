// Small arrays as numbers in cells, side by side, with what stands between them.

const version = new URL(import.meta.url).search;
const { decode, element, mount, style } = await import("./payload.js" + version);
const { css, format, ink, mode, scale } = await import("./colours.js" + version);

export default function (component) {
  mount(component, (root) => new Grids(root));
}

class Grids {
  constructor(root) {
    this.root = root;
    this.row = element("div", { class: "grids" });
    root.append(this.row);
    style(root, "grids.css");
  }

  update(bytes) {
    const { header, arrays } = decode(bytes);
    const stops = header.colours.scales.weights[mode(this.root)];
    const parts = header.grids.flatMap((grid, index) => [
      grid.sign ? element("span", { class: "sign" }, grid.sign) : null,
      this.grid(grid, arrays[`g${index}`], stops),
    ]);
    this.row.replaceChildren(...parts.filter(Boolean));
  }

  grid({ title }, { data, shape: [rows, columns] }, stops) {
    const reach = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    const colour = scale(stops, -reach, reach);
    const cells = Array.from(data, (value) => {
      const cell = element("span", {}, format(value, 3));
      Object.assign(cell.style, { background: css(colour(value)), color: ink(colour(value)) });
      return cell;
    });
    const side = columns <= 3 ? 3 : columns <= 5 ? 2.8 : columns <= 9 ? 2.2 : 1.8;
    const box = element("div", { class: "grid", role: "img", "aria-label": `${title}: ${Array.from({ length: rows }, (_, row) => [...data.slice(row * columns, (row + 1) * columns)].map((value) => format(value, 3)).join(" ")).join("; ")}` }, ...cells);
    box.style.setProperty("--columns", columns);
    box.style.setProperty("--side", `${side}rem`);
    return element("div", { class: "captioned" }, element("small", {}, title), box);
  }
}
