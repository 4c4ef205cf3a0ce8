// Keyboard on the map of a network: from column to column, from map to map.

const version = new URL(import.meta.url).search;
const { box } = await import("./network_map_layout.js" + version);

const EDGE = 60;
const AHEAD = 160;
const FAR = 8;

export class Walk {
  // `map` has `layout` and `header`; `go` is called with each new place, `choose` with the one that is chosen.
  constructor(scroller, map, go, choose) {
    Object.assign(this, { scroller, map, go, choose });
    this.place = null;
    scroller.addEventListener("keydown", (event) => this.key(event));
    scroller.addEventListener("focus", () => this.active && this.look(this.place ?? this.first()));
  }

  // Whether somebody walks by keyboard.
  get active() {
    return this.scroller.matches(":focus-visible");
  }

  // The map is another one: what is not there any more is left.
  check() {
    if (this.place && !(this.map.header.columns[this.place.at] && box(this.map.layout, this.map.header, this.place.at, this.place.number))) this.place = null;
  }

  first() {
    const chosen = this.map.chosenPlace();
    if (chosen && chosen.number !== null && box(this.map.layout, this.map.header, chosen.at, chosen.number)) return { at: chosen.at, number: chosen.number };
    return { at: 0, number: this.map.header.columns[0].maps[0] };
  }

  look(place) {
    this.place = place;
    const { x, width } = this.map.layout.columns[place.at];
    const view = this.scroller;
    if (x < view.scrollLeft + EDGE) view.scrollLeft = x - AHEAD;
    else if (x + width > view.scrollLeft + view.clientWidth - EDGE) view.scrollLeft = x + width - view.clientWidth + AHEAD;
    this.go(place);
  }

  key(event) {
    if (event.target !== this.scroller || event.ctrlKey || event.metaKey || event.altKey) return;
    const place = this.place ?? this.first();
    const order = this.order(place.at);
    const index = Math.max(0, order.indexOf(place.number));
    const { length } = this.map.header.columns;
    const far = event.shiftKey ? FAR : 1;
    const down = { ArrowUp: -far, ArrowDown: far }[event.key];
    const [from, step] = { ArrowLeft: [place.at, -1], ArrowRight: [place.at, 1], Home: [-1, 1], End: [length, -1] }[event.key] ?? [];
    if (down) this.look({ at: place.at, number: order[Math.max(0, Math.min(order.length - 1, index + down))] });
    else if (step) this.aside(place, from, step, index / Math.max(order.length - 1, 1));
    else if (event.key === "Enter" || event.key === " ") this.choose(place);
    else return;
    event.preventDefault();
  }

  // To the next column: to the same map where there is one, else to what stands about as high.
  aside(place, from, step, share) {
    const { columns } = this.map.header;
    let at = from + step;
    while (columns[at]?.sort === "passed") at += step;
    if (!columns[at]) return;
    const order = this.order(at);
    const same = order.includes(place.number) && columns[at].total === columns[place.at].total;
    this.look({ at, number: same ? place.number : order[Math.round(share * (order.length - 1))] });
  }

  order(at) {
    const column = this.map.header.columns[at];
    return column.order ?? (column.row ? Array.from({ length: column.cells }, (_, cell) => cell * column.each) : column.maps);
  }
}
