// A wide map small, with what of it is in sight: drag to move there.

const version = new URL(import.meta.url).search;
const { element } = await import("./payload.js" + version);

const HEIGHT = 34;

export class Strip {
  constructor(scroller) {
    this.scroller = scroller;
    this.canvas = element("canvas", { class: "whole-strip hidden", "aria-hidden": "true" });
    const go = (event) => event.buttons && this.go(event);
    this.canvas.addEventListener("pointerdown", (event) => {
      this.canvas.setPointerCapture(event.pointerId);
      this.go(event);
    });
    this.canvas.addEventListener("pointermove", go);
  }

  go(event) {
    const bounds = this.canvas.getBoundingClientRect();
    this.scroller.scrollLeft = ((event.clientX - bounds.left) / bounds.width) * this.scene.layout.width - this.scroller.clientWidth / 2;
  }

  show(scene) {
    this.scene = scene;
    this.canvas.classList.toggle("hidden", scene.layout.width <= this.scroller.clientWidth + 1);
    this.mark();
  }

  mark() {
    if (!this.scene || this.canvas.classList.contains("hidden")) return;
    const { layout, header, inks } = this.scene;
    const width = this.canvas.clientWidth;
    const ratio = window.devicePixelRatio || 1;
    Object.assign(this.canvas, { width: width * ratio, height: HEIGHT * ratio });
    const context = this.canvas.getContext("2d");
    context.scale(ratio, ratio);
    const part = width / layout.width;
    layout.columns.forEach((column, at) => {
      const told = header.columns[at];
      const share = column.tiles.length ? Math.min(1, column.tiles.length / 8) : 0.8;
      context.globalAlpha = told.sort === "passed" ? 0.3 : 0.75;
      context.fillStyle = told.tint;
      const tall = 6 + (HEIGHT - 14) * share;
      context.fillRect(column.x * part, (HEIGHT - tall) / 2, Math.max(2, column.width * part - 1), tall);
    });
    context.globalAlpha = 1;
    context.strokeStyle = inks.primary;
    context.lineWidth = 2;
    context.strokeRect(this.scroller.scrollLeft * part + 1, 1, this.scroller.clientWidth * part - 2, HEIGHT - 2);
  }
}
