// All kernels of a layer over the epochs: one slider moves kernels, maps, weights, answers and the cursor of the loss at once.

const version = new URL(import.meta.url).search;
const { answer, decode, Echoes, element, mount, style } = await import("./payload.js" + version);
const { mode } = await import("./colours.js" + version);
const { Film } = await import("./kernels_paint.js" + version);
const { Tiles } = await import("./kernels_tiles.js" + version);
const { Detail } = await import("./kernels_detail.js" + version);
const { Charts } = await import("./kernels_charts.js" + version);
const { Player } = await import("./kernels_player.js" + version);

// Only where the slider rests for so long the rest of the page follows.
const PAUSE = 600;

export default function (component) {
  mount(component, (root) => new Kernels(root));
}

class Kernels {
  constructor(root) {
    this.root = root;
    this.echoes = new Echoes();
    this.player = new Player((at) => this.draw(at), (at) => this.rest(at));
    this.tiles = new Tiles((filter) => this.choose(filter));
    this.charts = new Charts((epoch) => this.seek(epoch));
    this.detail = new Detail();
    this.detail.onopen = () => this.detail.draw(this.player.at);
    const left = element("div", { class: "kernel-left" }, this.tiles.box, this.detail.box);
    const main = element("div", { class: "kernel-main" }, left, this.charts.box);
    this.box = element("div", { class: "kernel-film" }, this.player.box, main);
    style(root, "plots.css", "kernels.css").then(() => {
      root.append(element("div", { class: "kernel-frame" }, this.box));
      this.draw(this.player.at);
    });
    new ResizeObserver(() => this.header && this.charts.draw(this.player.at)).observe(this.charts.box);
  }

  update(bytes) {
    const { header, arrays } = decode(bytes);
    Object.assign(this, { header, arrays });
    const now = mode(this.root);
    const pick = (colour) => colour[now];
    const stops = Object.fromEntries(Object.entries(header.colours.scales).map(([name, modes]) => [name, pick(modes)]));
    const colours = Object.fromEntries(Object.entries(header.tints).map(([name, modes]) => [name, pick(modes)]));
    const film = new Film(header, arrays);
    this.player.update(header);
    if (this.echoes.isNews(header.epochs[header.at])) this.player.at = header.at;
    this.player.label();
    this.tiles.update(film, stops);
    this.charts.update(film, colours);
    this.detail.update(film, stops);
    this.draw(this.player.at);
  }

  // Several moves within one frame are drawn once.
  draw(at) {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      const epoch = this.player.at;
      for (const part of [this.tiles, this.charts, this.detail]) part.draw(epoch);
      this.box.dataset.epoch = this.header.epochs[epoch];
    });
  }

  choose(filter) {
    this.detail.foresee(this.header.filters.indexOf(filter));
    this.detail.draw(this.player.at);
    answer(this.component, "chosen", filter);
  }

  seek(epoch) {
    const far = this.header.epochs.map((known) => Math.abs(known - epoch));
    this.player.go(far.indexOf(Math.min(...far)));
  }

  rest(at) {
    clearTimeout(this.later);
    this.later = setTimeout(() => {
      if (this.player.timer) return;
      const epoch = this.header.epochs[this.player.at];
      this.echoes.sent(epoch);
      answer(this.component, "epoch", epoch);
    }, PAUSE);
  }
}
