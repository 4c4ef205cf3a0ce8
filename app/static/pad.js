// The drawing pad: a small grey picture, drawn by mouse, finger, pen or keyboard.

const version = new URL(import.meta.url).search;
const { answer, Echoes, element, mount, phrase, style } = await import("./payload.js" + version);
const { paint, table } = await import("./colours.js" + version);
const { Ink } = await import("./pad_ink.js" + version);
const { PENS, Tools } = await import("./pad_tools.js" + version);

const LARGEST = 224;
const PAUSE = 90;
const ERASER_OF_A_PEN = 32;
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export default function (component) {
  mount(component, (root) => new Pad(root));
}

class Pad {
  constructor(root) {
    this.root = root;
    this.echoes = new Echoes();
    this.pen = "medium";
    this.erasing = false;
    this.canvas = element("canvas");
    this.cursor = element("span", { class: "cursor hidden" });
    this.spoken = element("div", { class: "read-aloud", "aria-live": "polite" });
    this.hint = element("p", { class: "hint" });
    this.square = element("div", {
      class: "square",
      tabindex: "0",
      role: "application",
      onpointerdown: (event) => this.begin(event),
      onpointermove: (event) => this.move(event),
      onpointerup: () => this.end(),
      onpointercancel: () => this.end(),
      onlostpointercapture: () => this.end(),
      onkeydown: (event) => this.key(event),
      onkeyup: (event) => event.key === " " && this.end(),
      onblur: () => this.cursor.classList.add("hidden") ?? this.end(),
    }, this.canvas, this.cursor);
    this.tools = new Tools({
      pen: (name) => this.choose(name, false),
      erase: () => this.choose(this.pen, !this.erasing),
      undo: () => this.change(() => this.ink.undo()),
      clear: () => this.change(() => this.ink.remember() ?? this.ink.pixels.fill(0)),
    });
    const box = element("div", { class: "pad" }, element("div", {}, this.square, this.hint), this.tools.bar, this.spoken);
    style(root, "pad.css").then(() => root.append(box));
  }

  update({ words, side, drawing }) {
    this.words = words;
    if (this.ink?.side !== side) this.start(side);
    const news = drawing !== null && this.echoes.isNews(drawing);
    // A stroke that is being drawn goes before what Python has: its end is sent anyway.
    if (news && !this.stroke && drawing !== this.ink.text()) {
      this.ink.remember();
      this.ink.load(drawing);
      this.sent = drawing;
    }
    this.square.setAttribute("aria-label", `${words.label}. ${words.hint}`);
    this.hint.textContent = words.hint;
    this.tools.relabel(words);
    this.draw();
  }

  start(side) {
    this.ink = new Ink(side);
    this.sent = this.ink.text();
    this.stroke = null;
    this.place = { row: Math.floor(side / 2), column: Math.floor(side / 2) };
    // Whole screen pixels for each pixel of the picture, so that all are of one size.
    this.square.style.width = `${Math.max(1, Math.floor(LARGEST / side)) * side}px`;
    this.square.style.setProperty("--side", side);
  }

  draw() {
    const own = getComputedStyle(this.root.host ?? this.root);
    const colours = table(["--st-background-color", "--st-text-color"].map((name) => own.getPropertyValue(name).trim()));
    const { side, pixels } = this.ink;
    paint(this.canvas, side, side, (index) => colours[Math.round((pixels[index] / 255) * 256)]);
    this.tools.show(this);
  }

  radius() {
    return Math.max(0.5, (PENS[this.pen] * this.ink.side) / 28);
  }

  at(event) {
    const box = this.canvas.getBoundingClientRect();
    const { side } = this.ink;
    return { row: ((event.clientY - box.top) / box.height) * side, column: ((event.clientX - box.left) / box.width) * side };
  }

  begin(event) {
    if (event.button > 0 && !(event.buttons & ERASER_OF_A_PEN)) return;
    if (!event.isPrimary || this.stroke) return;
    this.square.setPointerCapture(event.pointerId);
    this.cursor.classList.add("hidden");
    this.open(this.at(event), event.buttons & ERASER_OF_A_PEN, event.pointerId);
  }

  move(event) {
    if (!this.stroke || event.pointerId !== this.stroke.pointer) return;
    const points = event.getCoalescedEvents?.() ?? [];
    for (const point of points.length ? points : [event]) this.lineTo(this.at(point));
    this.follow();
  }

  open(place, erase, pointer) {
    this.ink.remember();
    this.stroke = { place, pointer, erase: Boolean(erase) || this.erasing };
    this.lineTo(place);
    this.follow();
  }

  lineTo(place) {
    this.ink.line(this.stroke.place, place, this.radius(), this.stroke.erase);
    this.stroke.place = place;
  }

  // Shows the stroke at once; Python hears of it now and then.
  follow() {
    this.draw();
    this.later ??= setTimeout(() => this.send(), PAUSE);
  }

  end() {
    if (!this.stroke) return;
    this.stroke = null;
    this.send();
  }

  send() {
    clearTimeout(this.later);
    this.later = undefined;
    const text = this.ink.text();
    if (text === this.sent) return;
    this.sent = text;
    this.echoes.sent(text);
    answer(this.component, "drawing", text);
  }

  change(act) {
    act();
    this.draw();
    this.send();
  }

  choose(pen, erasing) {
    Object.assign(this, { pen, erasing });
    this.tools.show(this);
  }

  // Arrow keys go, the space bar paints; held down, or with shift, it paints a line.
  key(event) {
    const centre = () => ({ row: this.place.row + 0.5, column: this.place.column + 0.5 });
    if (event.key === " ") {
      if (!this.stroke) this.open(centre(), false, null);
    } else if (event.key === "z" && (event.ctrlKey || event.metaKey)) {
      this.change(() => this.ink.undo());
    } else if (event.key in STEPS) {
      const alone = event.shiftKey && !this.stroke;
      if (alone) this.open(centre(), false, null);
      this.go(...STEPS[event.key]);
      if (this.stroke) this.lineTo(centre());
      if (alone) this.end();
      this.follow();
    } else return;
    event.preventDefault();
  }

  go(down, right) {
    const { side } = this.ink;
    const within = (value) => Math.max(0, Math.min(side - 1, value));
    this.place = { row: within(this.place.row + down), column: within(this.place.column + right) };
    this.cursor.classList.remove("hidden");
    this.cursor.style.top = `${((this.place.row + 0.5) / side) * 100}%`;
    this.cursor.style.left = `${((this.place.column + 0.5) / side) * 100}%`;
    this.spoken.textContent = phrase(this.words.place, { row: this.place.row + 1, column: this.place.column + 1 });
  }
}
