// The maps of one block of layers: one card for each map, with its stages side by side, and those of a second side below.

const version = new URL(import.meta.url).search;
const { answer, decode, Echoes, element, mount, phrase, style } = await import("./payload.js" + version);
const { css, format, mode, paint, scale, table } = await import("./colours.js" + version);

// So many cards are painted without asking where they are.
const AT_ONCE = 12;
const TILE = 96;
const GAP = 8;

export default function (component) {
  mount(component, (root) => new Cards(root));
}

class Cards {
  constructor(root) {
    this.root = root;
    this.cards = [];
    this.echoes = new Echoes();
    this.heads = element("div", { class: "heads" });
    this.readout = element("div", { class: "readout cards-readout", "aria-live": "polite" });
    this.grid = element("div", { class: "cards", role: "group" });
    this.watch = new IntersectionObserver((entries) => {
      for (const entry of entries) if (entry.isIntersecting) this.paint(entry.target.card);
    }, { rootMargin: "300px" });
    style(root, "map_cards.css").then(() => root.append(this.heads, this.readout, this.grid));
  }

  update(bytes) {
    const { header, arrays } = decode(bytes);
    Object.assign(this, { header, arrays, mode: mode(this.root) });
    // Where no two maps have the same shape there is no difference, and no room is kept for it.
    this.sides = header.compared ? (header.stages.some((stage) => stage.sides[2]) ? 3 : 2) : 1;
    this.across = header.compared ? this.sides : Math.max(header.stages.length, 1);
    this.grid.style.setProperty("--across", this.across);
    this.grid.style.setProperty("--card", `${Math.max(this.across * (TILE + GAP), 150) + 16}px`);
    this.grid.setAttribute("aria-label", header.label);
    this.heads.replaceChildren(...header.stages.map((stage) => this.head(stage)));
    const layout = JSON.stringify([this.sides, header.stages.map((stage) => [stage.title, stage.labels])]);
    if (layout !== this.layout) this.clear();
    this.layout = layout;
    while (this.cards.length < header.maps.length) this.cards.push(this.build(this.cards.length));
    while (this.cards.length > header.maps.length) this.drop(this.cards.pop());
    if (this.echoes.isNews(header.chosen)) this.chosen = header.chosen;
    this.cards.forEach((card) => this.refresh(card));
    this.describe(null);
  }

  clear() {
    while (this.cards.length) this.drop(this.cards.pop());
  }

  drop(card) {
    this.watch.unobserve(card.node);
    card.node.remove();
  }

  role(role) {
    return `--role: ${this.header.colours.roles[role]?.[this.mode] ?? "var(--st-border-color)"}`;
  }

  head(stage) {
    const scales = stage.scales.map((entry) => {
      const colours = table(this.stops(entry.signed));
      const strip = element("div", { class: "strip" });
      strip.style.background = `linear-gradient(to right, ${Array.from({ length: 17 }, (_, part) => css(colours[part * 16])).join()})`;
      const marks = entry.marks.map((mark) => element("span", {}, mark));
      return element("div", { class: "scale" }, element("span", {}, entry.label), strip, element("div", { class: "marks" }, ...marks));
    });
    return element("div", { class: "head", style: this.role(stage.role) },
      element("div", { class: "name" }, stage.title),
      element("div", { class: "from" }, stage.from),
      element("div", { class: "facts" }, ...stage.facts.map(([text, strong]) => element("div", { class: strong ? "dead" : "" }, text))),
      element("div", { class: "scales" }, ...scales));
  }

  stops(signed) {
    return this.header.colours.scales[signed ? "maps" : "positive"][this.mode];
  }

  build(index) {
    const [name, note] = [element("b"), element("span")];
    const grid = element("div", { class: "tiles" });
    const node = element("article", { class: "card", tabindex: "0", role: "button" }, element("div", { class: "top" }, name, note), grid);
    const card = { index, node, name, note, place: [0.5, 0.5], tiles: [] };
    this.header.stages.forEach((stage, at) => {
      for (let side = 0; side < this.sides; side++) card.tiles.push(this.tile(card, grid, stage, at, side));
    });
    node.card = card;
    node.addEventListener("click", () => this.choose(card));
    node.addEventListener("keydown", (event) => this.key(event, card));
    node.addEventListener("pointerleave", () => this.describe(null));
    this.grid.append(node);
    return card;
  }

  tile(card, grid, stage, at, side) {
    const canvas = element("canvas", { "aria-hidden": "true" });
    const ring = element("span", { class: "ring hidden" });
    const none = element("span", { class: "none hidden" }, this.header.words.none);
    const frame = element("div", { class: "frame" }, canvas, ring, none);
    const range = element("span", { class: "range" });
    const label = element("span", { class: "label", style: this.role(stage.role) }, this.header.compared ? stage.labels[side] : stage.short);
    const node = element("div", { class: "tile" }, label, frame, range);
    frame.addEventListener("pointermove", (event) => {
      const box = frame.getBoundingClientRect();
      card.place = [(event.clientY - box.top) / box.height, (event.clientX - box.left) / box.width].map((part) => Math.max(0, Math.min(0.9999, part)));
      this.describe(card);
    });
    grid.append(node);
    return { stage: at, side, node, canvas, ring, none, frame, range };
  }

  // The drawn numbers of one tile, or nothing where the other side has no such map.
  drawn(card, { stage, side }) {
    const told = this.header.stages[stage].sides[side];
    if (!told || card.index >= told.ranges.length) return null;
    const { data, shape: [, height, width] } = this.arrays[told.array];
    const [low, high] = told.ranges[card.index];
    const start = card.index * height * width;
    const step = (high - low) / told.levels;
    return { told, height, width, low, high, zeros: told.zeros[card.index], value: (at) => (step ? low + data[start + at] * step : low) };
  }

  refresh(card) {
    const { header } = this;
    card.name.textContent = header.maps[card.index];
    card.note.textContent = header.notes[card.index] ?? "";
    card.node.classList.toggle("chosen", card.index === this.chosen);
    card.node.setAttribute("aria-pressed", String(card.index === this.chosen));
    card.node.setAttribute("aria-label", header.alternatives[card.index]);
    card.stale = true;
    for (const tile of card.tiles) {
      const drawn = this.drawn(card, tile);
      tile.canvas.classList.toggle("hidden", !drawn);
      tile.none.classList.toggle("hidden", Boolean(drawn));
      const dead = Boolean(drawn) && drawn.low === 0 && drawn.high === 0 && drawn.told.sort !== "difference";
      tile.node.classList.toggle("dead", dead);
      tile.range.textContent = drawn ? this.said(drawn, dead) : "";
      if (drawn) tile.canvas.style.aspectRatio = `${drawn.width} / ${drawn.height}`;
      tile.node.classList.toggle("number", Boolean(drawn) && drawn.height * drawn.width === 1);
    }
    if (this.cards.length <= AT_ONCE) this.paint(card);
    this.watch.unobserve(card.node);
    this.watch.observe(card.node);
  }

  said({ told, low, high, height, width, zeros }, dead) {
    const { words } = this.header;
    if (height * width === 1) return format(low, 3);
    if (dead) return words.dead;
    const range = `${format(low, 2)} … ${format(high, 2)}`;
    return told.counts && zeros >= 0.001 ? `${range} · ${phrase(words.zeros, { zeros: format(100 * zeros, 2) })}` : range;
  }

  limits(drawn) {
    const [low, high] = this.header.scale === "own" ? [drawn.low, drawn.high] : drawn.told.limits;
    if (!drawn.told.signed) return [Math.min(low, 0), high > 0 ? high : 1];
    const reach = Math.max(Math.abs(low), Math.abs(high)) || 1;
    return [-reach, reach];
  }

  paint(card) {
    if (!card.stale || card.index >= this.header.maps.length) return;
    card.stale = false;
    for (const tile of card.tiles) {
      const drawn = this.drawn(card, tile);
      if (!drawn) continue;
      const colour = scale(this.stops(drawn.told.signed), ...this.limits(drawn));
      paint(tile.canvas, drawn.height, drawn.width, (at) => colour(drawn.value(at)));
    }
    this.grid.dataset.painted = String(Number(this.grid.dataset.painted ?? 0) + 1);
  }

  // The numbers at one place, in every stage of the card.
  describe(card) {
    for (const other of this.cards) for (const tile of other.tiles) tile.ring.classList.toggle("hidden", other !== card);
    if (!card) {
      this.readout.textContent = this.header.words.hint;
      return;
    }
    const [down, right] = card.place;
    const parts = new Map();
    for (const tile of card.tiles) {
      tile.ring.style.top = `${100 * down}%`;
      tile.ring.style.left = `${100 * right}%`;
      const drawn = this.drawn(card, tile);
      if (!drawn) continue;
      const [row, column] = [Math.floor(down * drawn.height), Math.floor(right * drawn.width)];
      const place = drawn.height * drawn.width > 1 && !this.header.smaller ? ` [${row}, ${column}]` : "";
      const name = `${this.header.stages[tile.stage].short}${place}`;
      parts.set(name, [...(parts.get(name) ?? []), format(drawn.value(row * drawn.width + column), 3)]);
    }
    this.readout.textContent = `${this.header.maps[card.index]}: ${[...parts].map(([name, values]) => `${name} ${values.join(" | ")}`).join(" · ")}`;
  }

  choose(card) {
    this.chosen = card.index;
    this.cards.forEach((other) => {
      other.node.classList.toggle("chosen", other === card);
      other.node.setAttribute("aria-pressed", String(other === card));
    });
    this.echoes.sent(card.index);
    answer(this.component, "chosen", this.header.numbers[card.index]);
  }

  key(event, card) {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.choose(card);
      return;
    }
    const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    if (!(event.key in moves)) return;
    event.preventDefault();
    const drawn = this.drawn(card, card.tiles[0]);
    const sizes = [drawn.height, drawn.width];
    card.place = card.place.map((part, axis) => {
      const at = Math.max(0, Math.min(sizes[axis] - 1, Math.floor(part * sizes[axis]) + moves[event.key][axis]));
      return (at + 0.5) / sizes[axis];
    });
    this.describe(card);
  }
}
