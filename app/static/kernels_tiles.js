// All kernels of a layer, each with the map that it makes of the picture; of them one is chosen.

const version = new URL(import.meta.url).search;
const { element } = await import("./payload.js" + version);
const { css, format, ink, scale } = await import("./colours.js" + version);
const { bar, paintKernel } = await import("./kernels_paint.js" + version);

export class Tiles {
  constructor(choose) {
    Object.assign(this, { choose, tiles: [] });
    this.group = element("div", { class: "kernel-tiles", role: "radiogroup", onkeydown: (event) => this.key(event) });
    this.bars = element("div", { class: "kernel-bars" });
    this.box = element("div", {}, this.group, this.bars);
  }

  update(film, stops) {
    Object.assign(this, { film, stops });
    const { header } = film;
    this.group.setAttribute("aria-label", header.label);
    this.group.classList.toggle("strips", header.form === "row");
    this.group.classList.toggle("large", film.filters <= 8 && header.form !== "row");
    while (this.tiles.length < film.filters) this.tiles.push(this.build(this.tiles.length));
    while (this.tiles.length > film.filters) this.tiles.pop().figure.remove();
    const own = header.scale === "own";
    const maps = film.mapRows * film.mapColumns > 1 ? [bar(stops.maps, own ? null : film.mapReach, header.words.maps)] : [];
    this.bars.replaceChildren(bar(stops.weights, own ? null : film.kernelReach, header.words.weights), ...maps);
  }

  build(index) {
    const kernel = element("canvas", { class: "kernel" });
    const map = element("canvas", { class: "map" });
    const value = element("strong", { class: "value" });
    const pair = element("div", { class: "pair", role: "radio", onclick: () => this.pick(index) }, kernel, element("span", { class: "arrow", "aria-hidden": "true" }, "→"), map, value);
    const [title, range] = [element("span"), element("span", { class: "range" })];
    const figure = element("figure", {}, pair, element("figcaption", {}, title, range));
    this.group.append(figure);
    return { figure, pair, kernel, map, value, title, range };
  }

  draw(epoch) {
    const { film, stops } = this;
    const { header } = film;
    const single = film.mapRows * film.mapColumns === 1;
    this.tiles.forEach((tile, filter) => {
      const [kernel, map] = [film.kernel(epoch, filter), film.map(epoch, filter)];
      const [reach, mapReach] = [film.reachOf(kernel) || 1, film.mapReachAt(epoch, filter)];
      const own = header.scale === "own";
      paintKernel(tile.kernel, kernel, own ? reach : film.kernelReach, stops.weights, header.colours3);
      if (header.form === "row") tile.kernel.style.aspectRatio = "";
      tile.map.classList.toggle("hidden", single);
      tile.value.classList.toggle("hidden", !single);
      if (single) this.number(tile.value, map.values(0));
      else paintKernel(tile.map, map, (own ? mapReach : film.mapReach) || 1, stops.maps);
      tile.title.textContent = header.titles[filter];
      tile.range.textContent = own ? `±${format(reach, 2)}` : "";
      const length = film.arrays.norms.data[epoch * film.filters + filter];
      tile.pair.setAttribute("aria-label", `${header.titles[filter]}: ${header.words.length} ${format(length, 3)}${single ? `, ${format(map.values(0), 3)}` : ""}`);
    });
    this.mark();
  }

  number(node, value) {
    const colour = scale(this.stops.maps, -this.film.mapReach, this.film.mapReach)(value);
    node.textContent = format(value, 3);
    Object.assign(node.style, { background: css(colour), color: ink(colour) });
  }

  mark() {
    const { header } = this.film;
    const at = header.filters.indexOf(header.chosen);
    this.tiles.forEach(({ pair, figure }, index) => {
      pair.setAttribute("aria-checked", String(index === at));
      pair.tabIndex = index === Math.max(at, 0) ? 0 : -1;
      figure.classList.toggle("chosen", index === at);
    });
  }

  pick(index) {
    this.film.header.chosen = this.film.header.filters[index];
    this.mark();
    this.choose(this.film.header.chosen);
  }

  key(event) {
    const now = this.tiles.findIndex(({ pair }) => pair === event.target);
    const top = this.tiles[0].figure.offsetTop;
    const row = this.tiles.filter(({ figure }) => figure.offsetTop === top).length;
    const goals = { ArrowRight: now + 1, ArrowLeft: now - 1, ArrowDown: now + row, ArrowUp: now - row, Home: 0, End: this.tiles.length - 1, Enter: now, " ": now };
    if (now < 0 || !(event.key in goals)) return;
    event.preventDefault();
    const goal = goals[event.key];
    if (goal < 0 || goal >= this.tiles.length) return;
    this.tiles[goal].pair.focus({ preventScroll: true });
    this.pick(goal);
  }
}
