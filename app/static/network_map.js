// The map of a network: every layer's maps for one picture, from left to right, with what each takes from which.

const version = new URL(import.meta.url).search;
const { answer, decode, element, mount, style } = await import("./payload.js" + version);
const { box, hit, layout } = await import("./network_map_layout.js" + version);
const { paintPart } = await import("./network_map_paint.js" + version);
const { part, sceneOf, sized } = await import("./network_map_scene.js" + version);
const { paintMarks } = await import("./network_map_marks.js" + version);
const { describe, heads, tableOf, tip } = await import("./network_map_words.js" + version);
const { Walk } = await import("./network_map_walk.js" + version);
const { Strip } = await import("./network_map_strip.js" + version);

// The map is painted in parts: those in sight at once, the others when they are scrolled to.
const PART = 720;
const LEAST_HEIGHT = 700;

export default function (component) {
  mount(component, (root) => new NetworkMap(root));
}

class NetworkMap {
  constructor(root) {
    this.root = root;
    this.parts = [];
    this.pointed = null;
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
    this.walk = new Walk(this.scroller, this, (place) => this.walked(place), (place) => this.choose(place));
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
    this.layout = layout(this.header, this.scroller.clientWidth || this.room, this.height());
    this.scene = sceneOf(this.root, this.header, this.arrays, this.layout);
    if (this.pointed && !(this.header.columns[this.pointed.at] && box(this.layout, this.header, this.pointed.at, this.pointed.number))) this.pointed = null;
    this.walk.check();
    this.sheet.style.width = `${this.layout.width}px`;
    this.sheet.style.height = `${this.layout.height}px`;
    this.cut();
    this.wording();
    this.strip.show(this.scene);
    this.scrolled();
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
    this.mark();
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
    const { header, layout } = this;
    const { words } = header;
    this.scroller.setAttribute("aria-label", `${words.label}. ${words.hint}`);
    // Names and buttons stay where they are while only numbers change.
    const named = JSON.stringify([header.groups, layout, header.columns.map(({ name, kind, shape, short, opened }) => [name, kind, shape, short, opened]), words.label]);
    if (named !== this.named) this.name();
    this.named = named;
    this.rank.textContent = words.rank;
    this.rank.classList.toggle("hidden", !header.reranked);
    this.table.replaceChildren(tableOf(header));
  }

  name() {
    const focused = this.heads.getRootNode().activeElement?.dataset?.key;
    this.heads.replaceChildren(...heads(this.scene, {
      open: (layer) => answer(this.component, "opened", layer),
      fold: (block) => answer(this.component, "folded", block),
    }));
    if (focused) this.heads.querySelector(`[data-key="${focused}"]`)?.focus({ preventScroll: true });
  }

  under(event) {
    const bounds = this.sheet.getBoundingClientRect();
    return this.layout && hit(this.layout, this.header, event.clientX - bounds.left, event.clientY - bounds.top);
  }

  // Where pointer or keyboard stand.
  current() {
    return this.pointed ?? (this.walk.active ? this.walk.place : null);
  }

  walked(place) {
    this.pointed = null;
    this.spoken.textContent = describe(this.scene, place).join(". ");
    this.mark();
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

  // Where the chosen map is; of one within a folded block that column, without a number.
  chosenPlace() {
    const [layer, number] = this.chosen ?? [];
    const { columns } = this.header;
    const at = columns.findLastIndex((column) => column.layer === layer && !column.block && column.sort !== "passed");
    if (at >= 0) return { at, number, layer };
    const within = columns.findIndex(({ block }) => block && block[0] <= layer && layer <= block[1]);
    return within < 0 ? null : { at: within, number: columns[within].layer === layer ? number : null, layer };
  }

  choosable(place) {
    const column = this.header.columns[place.at];
    return column.layer >= 0 && column.sort !== "passed";
  }

  click(event) {
    const place = this.under(event);
    if (event.target.closest("button") || !place) return;
    this.walk.place = place;
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
}

function same(one, other) {
  return one?.at === other?.at && one?.number === other?.number;
}
