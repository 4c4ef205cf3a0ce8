// The chosen kernel with all its slices: small ones in numbers, which can be copied.

const version = new URL(import.meta.url).search;
const { element, phrase } = await import("./payload.js" + version);
const { css, fixed, format, ink, scale } = await import("./colours.js" + version);
const { paintKernel } = await import("./kernels_paint.js" + version);
const { write } = await import("./clipboard.js" + version);

// Numbers of a slice that are still read as numbers; slices, and numbers, that are shown at first.
const READABLE = 81;
const FIRST = 12;
const CELLS = 300;

export class Detail {
  constructor() {
    this.slices = [];
    this.title = element("strong", { class: "detail-title" });
    this.about = element("span", { class: "detail-about" });
    this.copy = element("button", { type: "button", onclick: () => this.send() });
    this.more = element("button", { type: "button", onclick: () => this.open() });
    this.told = element("span", { class: "read-aloud", "aria-live": "polite" });
    this.row = element("div", { class: "detail-slices" });
    this.box = element("section", { class: "detail" }, element("header", {}, this.title, this.about, this.copy, this.more, this.told), this.row);
  }

  update(film, stops) {
    Object.assign(this, { film, stops });
    const { header } = film;
    this.preview = -1;
    this.title.textContent = header.chosenTitle;
    this.lay(film.whole(0), header.wholeNames);
  }

  // Just chosen: the slices that are there already, until all of them come.
  foresee(place) {
    const { film } = this;
    const { header } = film;
    if (header.filters[place] === header.whole) return this.update(film, this.stops);
    this.preview = place;
    this.title.textContent = header.titles[place];
    this.lay(film.kernel(0, place), header.shownNames[place]);
  }

  kernel(epoch) {
    return this.preview < 0 ? this.film.whole(epoch) : this.film.kernel(epoch, this.preview);
  }

  lay(whole, names) {
    const { film } = this;
    const { header } = film;
    this.names = names;
    this.copy.textContent = header.words.copy;
    this.row.classList.toggle("open", Boolean(this.opened));
    const first = Math.max(1, Math.min(FIRST, whole.slices, Math.floor(CELLS / (whole.rows * whole.columns))));
    this.count = this.opened ? whole.slices : first;
    this.more.classList.toggle("hidden", whole.slices <= first);
    this.more.textContent = this.opened ? header.words.fewer : phrase(header.words.all, { count: header.slices });
    const readable = whole.rows * whole.columns <= READABLE && !(whole.rows === 1 && whole.columns > 24);
    const kind = `${readable} ${whole.rows} ${whole.columns}`;
    if (kind !== this.kind) this.row.replaceChildren((this.slices = []) && "");
    this.kind = kind;
    while (this.slices.length < this.count) this.slices.push(this.build(whole, readable));
    while (this.slices.length > this.count) this.slices.pop().figure.remove();
    this.slices.forEach((slice, index) => (slice.name.textContent = names[index]));
    let most = 0;
    for (let epoch = 0; epoch < film.epochs; epoch++) most = Math.max(most, film.reachOf(this.kernel(epoch)));
    this.reach = most || 1;
  }

  build({ rows, columns }, readable) {
    const name = element("small");
    const cells = readable ? Array.from({ length: rows * columns }, () => element("span")) : [];
    const canvas = readable ? null : element("canvas", { class: "kernel" });
    const grid = element("div", { class: readable ? "grid" : "drawn" }, ...cells, canvas);
    grid.style.setProperty("--columns", columns);
    grid.style.setProperty("--side", columns <= 5 ? "2.9rem" : "2.3rem");
    if (!readable) grid.classList.toggle("strip-like", rows === 1);
    const figure = element("figure", { class: "captioned" }, name, grid);
    this.row.append(figure);
    return { figure, name, cells, canvas, grid };
  }

  draw(epoch) {
    const { film, stops } = this;
    const { header } = film;
    const whole = this.kernel(epoch);
    const size = whole.rows * whole.columns;
    const reach = header.scale === "own" ? film.reachOf(whole) || 1 : this.reach;
    const colour = scale(stops.weights, -reach, reach);
    const decimals = Math.max(1, Math.min(6, 2 - Math.floor(Math.log10(this.reach))));
    this.slices.forEach(({ cells, canvas, grid }, slice) => {
      const values = (index) => whole.values(slice * size + index);
      if (canvas) paintKernel(canvas, { values, slices: 1, rows: whole.rows, columns: whole.columns }, reach, stops.weights);
      if (canvas && whole.rows === 1) canvas.style.aspectRatio = "";
      cells.forEach((cell, index) => {
        const tint = colour(values(index));
        cell.textContent = fixed(values(index), decimals);
        Object.assign(cell.style, { background: css(tint), color: ink(tint) });
      });
      grid.setAttribute("role", "img");
      grid.setAttribute("aria-label", `${this.names[slice]}: ${cells.map((cell) => cell.textContent).join(" ")}`);
    });
    const at = this.preview < 0 ? header.filters.indexOf(header.whole) : this.preview;
    const bias = at < 0 ? "" : ` · ${header.words.bias} ${format(film.arrays.biases.data[epoch * film.filters + at], 3)}`;
    const length = Math.hypot(...Array.from({ length: Math.min(size * whole.slices, 60000) }, (_, index) => whole.values(index)));
    this.about.textContent = `${header.words.length} ${format(length, 3)}${header.hasBias ? bias : ""}`;
    this.text = () => Array.from({ length: whole.slices }, (_, slice) => Array.from({ length: whole.rows }, (_, row) => Array.from({ length: whole.columns }, (_, column) => Number(whole.values(slice * size + row * whole.columns + column).toPrecision(6))).join(" ")).join("\n")).join("\n|\n");
  }

  open() {
    this.opened = !this.opened;
    this.update(this.film, this.stops);
    this.onopen();
  }

  async send() {
    const { words } = this.film.header;
    const copied = await write(this.text());
    this.copy.textContent = this.told.textContent = copied ? words.copied : words.not_copied;
    setTimeout(() => (this.copy.textContent = words.copy), 1800);
  }
}
