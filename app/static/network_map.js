// The map of a network: every layer's maps for one picture, from left to right, with what each takes from which.

const version = new URL(import.meta.url).search;
const { answer, decode, element, mount, style } = await import("./payload.js" + version);
const { mode } = await import("./colours.js" + version);
const { box, hit, layout } = await import("./network_map_layout.js" + version);
const { compositeOf, inksOf, paintPart, sheetOf } = await import("./network_map_paint.js" + version);
const { paintMarks } = await import("./network_map_marks.js" + version);
const { describe, heads, tableOf, tip } = await import("./network_map_words.js" + version);
const { Strip } = await import("./network_map_strip.js" + version);

// The map is painted in parts: those in sight at once, the others when they are scrolled to.
const PART = 720;
const LEAST_HEIGHT = 640;

export default function (component) {
  mount(component, (root) => new NetworkMap(root));
}

class NetworkMap {
  constructor(root) {
    this.root = root;
    this.parts = [];
    this.pointed = this.focus = null;
    this.marks = element("canvas", { class: "marks-layer", "aria-hidden": "true" });
    this.stick = element("div", { class: "stick" }, this.marks);
    this.heads = element("div", { class: "heads" });
    this.ground = element("div", { class: "ground", "aria-hidden": "true" });
    this.sheet = element("div", { class: "sheet" }, this.ground, this.stick, this.heads);
    this.scroller = element("div", { class: "scroller", tabindex: "0", role: "application" }, this.sheet);
    this.tip = element("div", { class: "tip hidden", "aria-hidden": "true" });
    this.spoken = element("div", { class: "read-aloud", "aria-live": "polite" });
    this.rank = element("button", { type: "button", class: "quiet rank", onclick: () => answer(this.component, "rank", true) });
    this.table = element("div", { class: "read-aloud" });
    this.strip = new Strip(this.scroller);
    this.frame = element("div", { class: "network-map" }, this.strip.canvas, this.scroller, this.tip, element("div", { class: "below" }, this.rank), this.spoken, this.table);
    this.listen();
    this.styled = style(root, "network_map.css").then(() => {
      root.append(this.frame);
      new ResizeObserver(() => this.arrange()).observe(this.frame);
      this.arrange();
    });
  }

  listen() {
    const on = (name, act, options) => this.scroller.addEventListener(name, act, options);
    on("pointermove", (event) => event.pointerType !== "touch" && this.point(this.under(event)));
    on("pointerleave", () => this.point(null));
    on("click", (event) => this.click(event));
    on("keydown", (event) => this.key(event));
    on("focus", () => this.scroller.matches(":focus-visible") && this.look(this.focus ?? this.first()));
    on("blur", () => this.point(null));
    on("scroll", () => this.scrolled(), { passive: true });
  }

  update(bytes) {
    const { header, arrays } = decode(bytes);
    Object.assign(this, { header, arrays });
    for (const column of header.columns) {
      column.places = new Map(column.maps.map((map, place) => [map, place]));
      for (const link of column.links) if (link.strengths) link.strengths = { data: part(arrays.adds, link.strengths) };
    }
    if (!this.chosen || String(header.chosen) !== this.told) this.chosen = header.chosen;
    this.told = String(header.chosen);
    this.draw();
  }

  // Lays everything out anew: the map, or the room for it, is another one.
  arrange() {
    if (!this.header || !this.frame.clientWidth || this.frame.clientWidth === this.room) return;
    this.draw();
  }

  draw() {
    if (!this.frame.isConnected || !this.frame.clientWidth) return;
    this.room = this.frame.clientWidth;
    const { header, root } = this;
    this.theme = mode(root);
    this.layout = layout(header, this.scroller.clientWidth || this.room, this.height());
    for (const column of header.columns) column.tint = header.colours.roles[column.role][this.theme];
    const stops = { maps: header.colours.scales.maps[this.theme], positive: header.colours.scales.positive[this.theme] };
    const pixels = this.arrays.pixels.data;
    this.scene = {
      header, stops, layout: this.layout, inks: inksOf(root, header.colours, this.theme), font: getComputedStyle(root.host ?? root).fontFamily,
      values: (column) => this.arrays.values.data.subarray(column.offset, column.offset + column.total),
      top: (link) => ({ inputs: part(this.arrays.top, link.top), adds: part(this.arrays.adds, link.adds) }),
      sheets: header.columns.map((column) => (column.row ? null : sheetOf(column, pixels, stops, this.theme))),
      composites: header.columns.map((column) => (column.composite ? compositeOf(column, pixels) : null)),
    };
    this.sheet.style.width = `${this.layout.width}px`;
    this.sheet.style.height = `${this.layout.height}px`;
    this.cut();
    this.wording();
    this.strip.show(this.scene);
    this.scrolled();
    this.mark();
    this.frame.dataset.painted = this.times = (this.times ?? 0) + 1;
  }

  // What of the window is below the map's upper end, when the page stands at its beginning.
  height() {
    let above = this.scroller.getBoundingClientRect().top;
    for (let node = this.root.host ?? this.root; node; node = node.parentElement) above += node.scrollTop ?? 0;
    return Math.max(LEAST_HEIGHT, window.innerHeight - above - 16);
  }

  // As many canvases as the map is wide.
  cut() {
    const count = Math.ceil(this.layout.width / PART);
    while (this.parts.length > count) this.parts.pop().canvas.remove();
    while (this.parts.length < count) {
      const canvas = element("canvas");
      this.ground.append(canvas);
      this.parts.push({ canvas, at: this.parts.length * PART });
    }
    for (const one of this.parts) one.stale = true;
  }

  scrolled() {
    const [from, to] = [this.scroller.scrollLeft, this.scroller.scrollLeft + this.scroller.clientWidth];
    for (const one of this.parts) if (one.stale && one.at < to + 200 && one.at + PART > from - 200) this.paint(one);
    this.strip.mark();
    if (this.current()) this.mark();
  }

  paint(one) {
    one.stale = false;
    const width = Math.min(PART, this.layout.width - one.at);
    const context = sized(one.canvas, width, this.layout.height);
    one.canvas.style.left = `${one.at}px`;
    context.translate(-one.at, 0);
    paintPart(context, this.scene, one.at, one.at + width);
  }

  wording() {
    const { words } = this.header;
    this.scroller.setAttribute("aria-label", `${words.label}. ${words.hint}`);
    this.heads.replaceChildren(...heads(this.scene, {
      open: (layer) => answer(this.component, "opened", layer),
      fold: (block) => answer(this.component, "folded", block),
    }));
    this.rank.textContent = words.rank;
    this.rank.classList.toggle("hidden", !this.header.reranked);
    this.table.replaceChildren(tableOf(this.header));
  }

  under(event) {
    const bounds = this.sheet.getBoundingClientRect();
    return this.layout && hit(this.layout, this.header, event.clientX - bounds.left, event.clientY - bounds.top);
  }

  // Where pointer or keyboard stand.
  current() {
    return this.pointed ?? (this.scroller.matches(":focus-visible") ? this.focus : null);
  }

  point(place) {
    if (same(place, this.pointed) && place?.row === this.pointed?.row && place?.col === this.pointed?.col) return;
    this.pointed = place;
    this.mark();
  }

  mark() {
    const room = this.scroller.clientWidth;
    const left = this.scroller.scrollLeft;
    const context = sized(this.marks, room, this.layout.height);
    context.translate(-left, 0);
    const place = this.current();
    paintMarks(context, this.scene, place, this.chosenPlace(), left, room);
    tip(this.tip, this.scene, place, this.scroller);
    this.scroller.style.cursor = place && this.choosable(place) ? "pointer" : "";
  }

  chosenPlace() {
    const [layer, number] = this.chosen ?? [];
    const at = this.header.columns.findLastIndex((column) => column.layer === layer && column.sort !== "passed");
    return at < 0 ? null : { at, number, layer };
  }

  choosable(place) {
    const column = this.header.columns[place.at];
    return column.layer >= 0 && column.sort !== "passed";
  }

  click(event) {
    const place = this.under(event);
    if (event.target.closest("button") || !place) return;
    this.focus = place;
    if (event.pointerType === "touch") this.pointed = place;
    this.choose(place);
  }

  choose(place) {
    if (!this.choosable(place)) return this.mark();
    const { layer } = this.header.columns[place.at];
    this.chosen = [layer, place.number];
    this.mark();
    answer(this.component, "chosen", { layer, map: place.number, row: place.row ?? -1, col: place.col ?? -1 });
  }

  first() {
    const chosen = this.chosenPlace();
    if (chosen && box(this.layout, this.header, chosen.at, chosen.number)) return { at: chosen.at, number: chosen.number };
    return { at: 0, number: this.header.columns[0].maps[0] };
  }

  look(place) {
    this.pointed = null;
    this.focus = place;
    const { x, width } = this.layout.columns[place.at];
    const view = this.scroller;
    if (x < view.scrollLeft + 60) view.scrollLeft = x - 160;
    else if (x + width > view.scrollLeft + view.clientWidth - 60) view.scrollLeft = x + width - view.clientWidth + 160;
    this.spoken.textContent = describe(this.scene, place).join(". ");
    this.mark();
  }

  key(event) {
    if (event.target !== this.scroller) return;
    const place = this.focus ?? this.first();
    const order = this.order(place.at);
    const index = Math.max(0, order.indexOf(place.number));
    const far = event.shiftKey ? 8 : 1;
    const go = { ArrowUp: -far, ArrowDown: far }[event.key];
    const aside = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (go) this.look({ at: place.at, number: order[Math.max(0, Math.min(order.length - 1, index + go))] });
    else if (aside) this.aside(place, index / Math.max(order.length - 1, 1), aside);
    else if (event.key === "Home" || event.key === "End") this.aside({ ...place, at: event.key === "Home" ? -1 : this.header.columns.length }, 0, event.key === "Home" ? 1 : -1);
    else if (event.key === "Enter" || event.key === " ") this.choose(place);
    else return;
    event.preventDefault();
  }

  // To the next column: to the same map where there is one, else to what stands about as high.
  aside(place, share, step) {
    let at = place.at + step;
    while (this.header.columns[at]?.sort === "passed") at += step;
    const order = this.header.columns[at] && this.order(at);
    if (!order?.length) return;
    const number = order.includes(place.number) && order.length === this.order(place.at)?.length ? place.number : order[Math.round(share * (order.length - 1))];
    this.look({ at, number });
  }

  order(at) {
    const column = this.header.columns[at];
    if (!column) return null;
    if (column.order) return column.order;
    return column.row ? [...Array(column.total).keys()] : column.maps;
  }
}

function same(one, other) {
  return one?.at === other?.at && one?.number === other?.number;
}

function part(array, [offset, count]) {
  return array.data.subarray(offset, offset + count);
}

function sized(canvas, width, height) {
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
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
