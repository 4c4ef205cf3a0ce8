// A grid of maps: one picture for each filter, with its scale, the value under the pointer, keyboard and click.

const version = new URL(import.meta.url).search;
const { answer, decode, element, mount, style } = await import("./payload.js" + version);
const { css, format, grey, mode, paint, scale, table } = await import("./colours.js" + version);

// So many maps are painted without asking where they are: asking makes the browser lay the page out, once for each.
const AT_ONCE = 24;

export default function (component) {
  mount(component, (root) => new Maps(root));
}

class Maps {
  constructor(root) {
    this.root = root;
    this.tiles = [];
    this.grid = element("div", { class: "maps", role: "group" });
    this.bar = element("div", { class: "bar" });
    this.readout = element("div", { class: "readout", "aria-live": "polite" });
    root.append(this.grid, this.bar, this.readout);
    style(root);
    // Hundreds of maps: only those near the screen are painted.
    this.watch = new IntersectionObserver((entries) => {
      for (const entry of entries) if (entry.isIntersecting) this.paint(entry.target.tile);
    }, { rootMargin: "300px" });
  }

  update(bytes) {
    const { header, arrays } = decode(bytes);
    Object.assign(this, { header, values: arrays.maps.data, mode: mode(this.root) });
    [this.height, this.width, this.depth] = arrays.maps.shape;
    this.channels = header.pixels || 1;
    this.count = this.depth / this.channels;
    this.size = this.height * this.width;
    this.grid.setAttribute("aria-label", header.label);
    this.grid.style.setProperty("--tile", `${header.tile}px`);
    this.grid.classList.toggle("single", this.count === 1);
    while (this.tiles.length < this.count) this.tiles.push(this.build(this.tiles.length));
    while (this.tiles.length > this.count) {
      const tile = this.tiles.pop();
      this.watch.unobserve(tile.figure);
      tile.figure.remove();
    }
    this.tiles.forEach((tile) => this.refresh(tile));
    this.drawBar();
    this.describe(null);
  }

  build(index) {
    const canvas = element("canvas");
    const cross = element("span", { class: "cross hidden" });
    const frame = element("div", { class: "frame", tabindex: "0", role: "button" }, canvas, cross);
    const title = element("span", { class: "title" });
    const range = element("span", { class: "range" });
    const figure = element("figure", {}, frame, element("figcaption", {}, title, range));
    const tile = { index, figure, frame, canvas, cross, title, range, row: 0, column: 0 };
    figure.tile = tile;
    const at = (event) => {
      const box = canvas.getBoundingClientRect();
      this.move(tile, ((event.clientY - box.top) / box.height) * this.height, ((event.clientX - box.left) / box.width) * this.width);
    };
    frame.addEventListener("pointermove", at);
    frame.addEventListener("pointerdown", at);
    frame.addEventListener("pointerleave", () => this.describe(null));
    frame.addEventListener("click", () => this.choose(tile));
    frame.addEventListener("keydown", (event) => this.key(event, tile));
    this.grid.append(figure);
    return tile;
  }

  refresh(tile) {
    const { header } = this;
    const map = tile.index;
    const [low, high] = header.ranges[map];
    tile.title.textContent = header.titles[map] ?? "";
    tile.range.textContent = `${format(low, 3)} … ${format(high, 3)}`;
    tile.range.classList.toggle("hidden", header.scale === "common" || Boolean(header.pixels));
    tile.figure.classList.toggle("chosen", header.chosen === map);
    tile.frame.setAttribute("aria-label", header.alternatives[map]);
    tile.frame.setAttribute("aria-pressed", String(header.chosen === map));
    tile.canvas.style.aspectRatio = `${this.width} / ${this.height}`;
    tile.stale = true;
    if (this.count <= AT_ONCE) this.paint(tile);
    this.watch.unobserve(tile.figure);
    this.watch.observe(tile.figure);
  }

  limits(map) {
    const { header } = this;
    const [low, high] = header.scale === "common" ? header.common : header.ranges[map];
    if (!header.signed) return [Math.min(low, 0), high > 0 ? high : 1];
    const reach = Math.max(Math.abs(low), Math.abs(high)) || 1;
    return [-reach, reach];
  }

  stops() {
    return this.header.colours.scales[this.header.signed ? this.header.palette : "positive"][this.mode];
  }

  // Maps lie one behind the other, filter last, as Keras has them.
  at(map, index, channel = 0) {
    return this.values[index * this.depth + map * this.channels + channel] * this.header.step;
  }

  // Brightnesses are shown as such, in grey or in colour; all other numbers on their scale.
  colour(map) {
    if (!this.header.pixels) {
      const colour = scale(this.stops(), ...this.limits(map));
      return (index) => colour(this.at(map, index));
    }
    const level = (index, channel) => Math.round(255 * Math.max(0, Math.min(1, this.at(map, index, channel))));
    if (this.channels === 1) return (index) => grey(level(index, 0));
    return (index) => (255 << 24) | (level(index, 2) << 16) | (level(index, 1) << 8) | level(index, 0);
  }

  paint(tile) {
    if (!tile.stale || tile.index >= this.count) return;
    tile.stale = false;
    paint(tile.canvas, this.height, this.width, this.colour(tile.index));
  }

  move(tile, row, column) {
    tile.row = Math.max(0, Math.min(this.height - 1, Math.floor(row)));
    tile.column = Math.max(0, Math.min(this.width - 1, Math.floor(column)));
    this.describe(tile);
  }

  describe(tile) {
    for (const other of this.tiles) other.cross.classList.toggle("hidden", tile === null);
    const index = tile && tile.row * this.width + tile.column;
    const values = tile && Array.from({ length: this.channels }, (_, channel) => format(this.at(tile.index, index, channel)));
    this.readout.textContent = tile ? `${this.header.titles[tile.index] ?? ""} [${tile.row}, ${tile.column}] = ${values.join(", ")}` : this.header.words.hint;
    if (!tile) return;
    // The same place in every map: what one filter sees there, and what the others make of it.
    for (const other of this.tiles) {
      other.cross.style.left = `${((tile.column + 0.5) / this.width) * 100}%`;
      other.cross.style.top = `${((tile.row + 0.5) / this.height) * 100}%`;
    }
  }

  choose(tile) {
    answer(this.component, "chosen", { map: tile.index, row: tile.row, column: tile.column });
  }

  key(event, tile) {
    const far = event.shiftKey ? 10 : 1;
    const steps = { ArrowUp: [-far, 0], ArrowDown: [far, 0], ArrowLeft: [0, -far], ArrowRight: [0, far] };
    if (event.key in steps) this.move(tile, tile.row + steps[event.key][0], tile.column + steps[event.key][1]);
    else if (event.key === "Enter" || event.key === " ") this.choose(tile);
    else return;
    event.preventDefault();
  }

  drawBar() {
    const { header } = this;
    this.bar.classList.toggle("hidden", Boolean(header.pixels));
    if (header.pixels) return;
    const colours = table(this.stops());
    const samples = Array.from({ length: 17 }, (_, part) => css(colours[part * 16]));
    const strip = element("div", { class: "strip" });
    strip.style.background = `linear-gradient(to right, ${samples.join()})`;
    const [low, high] = this.limits(0);
    const marks = header.scale === "common" ? [low, (low + high) / 2, high].map((value) => format(value, 3)) : header.signed ? ["−", "0", "+"] : ["0", "", "max"];
    const numbers = element("div", { class: "marks" }, ...marks.map((mark) => element("span", {}, mark)));
    this.bar.replaceChildren(element("div", { class: "scale" }, strip, numbers), element("span", { class: "note" }, header.scaleNote));
  }
}
