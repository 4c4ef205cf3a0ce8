// Each kernel before and after, with the difference, and the maps that both make; or, as a riddle, both without a name.

const version = new URL(import.meta.url).search;
const { decode, element, mount, phrase, style } = await import("./payload.js" + version);
const { css, format, ink, mode, scale } = await import("./colours.js" + version);
const { bar, Film, paintKernel } = await import("./kernels_paint.js" + version);

const [BEFORE, AFTER] = [0, 1];

export default function (component) {
  mount(component, (root) => new Beside(root));
}

class Beside {
  constructor(root) {
    this.root = root;
    this.group = element("div", { class: "beside", role: "group" });
    this.bars = element("div", { class: "kernel-bars" });
    this.more = element("button", { type: "button", class: "more", onclick: () => this.fold((this.opened = !this.opened)) });
    style(root, "kernels.css").then(() => root.append(element("div", { class: "kernel-frame" }, this.group, this.more, this.bars)));
  }

  update(bytes) {
    const { header, arrays } = decode(bytes);
    const now = mode(this.root);
    this.stops = Object.fromEntries(Object.entries(header.colours.scales).map(([name, modes]) => [name, modes[now]]));
    Object.assign(this, { header, film: new Film(header, arrays) });
    this.group.setAttribute("aria-label", header.label);
    this.group.classList.toggle("hiding", header.hiding);
    this.group.classList.toggle("rows", header.form === "row");
    const own = header.scale === "own";
    // Untrained maps are weak: on one scale with the others one would not see what they show.
    this.reaches = [BEFORE, AFTER].map((epoch) => Math.max(...header.titles.map((_, filter) => this.film.mapReachAt(epoch, filter))) || 1);
    const maps = header.hiding || this.film.mapRows * this.film.mapColumns === 1 ? [] : this.reaches.map((reach, epoch) => bar(this.stops.maps, own ? null : reach, header.words.map_names[epoch]));
    this.bars.replaceChildren(bar(this.stops.weights, own ? null : this.film.kernelReach, header.words.weights), ...maps);
    this.fold();
  }

  // At first those that have moved most.
  fold() {
    const { header } = this;
    const places = this.opened ? header.titles.map((_, place) => place) : header.first;
    this.group.replaceChildren(...places.map((place) => this.figure(header.titles[place], place)));
    this.more.classList.toggle("hidden", header.first.length === header.titles.length);
    this.more.textContent = this.opened ? header.words.fewer_kernels : phrase(header.words.all_kernels, { count: header.titles.length });
  }

  figure(title, filter) {
    const { header, film } = this;
    const kernels = [BEFORE, AFTER].map((epoch) => film.kernel(epoch, filter));
    if (header.hiding) {
      const order = header.swapped ? [AFTER, BEFORE] : [BEFORE, AFTER];
      const cells = order.map((epoch, place) => this.kernel(header.words.riddle[place], kernels[epoch]));
      return element("figure", {}, element("figcaption", {}, title), element("div", { class: "cells" }, ...cells));
    }
    const change = { ...kernels[AFTER], values: (index) => kernels[AFTER].values(index) - kernels[BEFORE].values(index) };
    const { names } = header.words;
    const cells = [this.kernel(names[0], kernels[BEFORE]), this.kernel(names[1], kernels[AFTER]), this.kernel(names[2], change)];
    const maps = [BEFORE, AFTER].map((epoch) => this.map(epoch, filter));
    const notes = element("div", { class: "cell notes" }, ...header.notes[filter].map((note) => element("span", {}, note)));
    const order = header.form === "row" ? [cells[0], maps[0], cells[1], maps[1], cells[2], notes] : [...cells, ...maps, notes];
    return element("figure", {}, element("figcaption", {}, title), element("div", { class: "cells" }, ...order));
  }

  kernel(name, kernel) {
    const canvas = element("canvas", { role: "img", "aria-label": name });
    const reach = this.header.scale === "own" ? this.film.reachOf(kernel) || 1 : this.film.kernelReach;
    paintKernel(canvas, kernel, reach, this.stops.weights, this.header.colours3);
    if (this.header.form === "row") canvas.style.aspectRatio = "";
    return element("div", { class: "cell" }, element("small", {}, name), canvas);
  }

  map(epoch, filter) {
    const map = this.film.map(epoch, filter);
    const name = this.header.words.its_map;
    if (map.rows * map.columns === 1) {
      const value = map.values(0);
      const colour = scale(this.stops.maps, -this.reaches[epoch], this.reaches[epoch])(value);
      const node = element("span", { class: "value" }, format(value, 3));
      Object.assign(node.style, { background: css(colour), color: ink(colour) });
      return element("div", { class: "cell" }, element("small", {}, name), node);
    }
    const canvas = element("canvas", { role: "img", "aria-label": name });
    const reach = this.header.scale === "own" ? this.film.mapReachAt(epoch, filter) || 1 : this.reaches[epoch];
    paintKernel(canvas, map, reach, this.stops.maps);
    return element("div", { class: "cell" }, element("small", {}, name), canvas);
  }
}
