// Small pictures in a strip, of which one is chosen: a radio group.

const version = new URL(import.meta.url).search;
const { answer, decode, Echoes, element, mount, style } = await import("./payload.js" + version);

export default function (component) {
  mount(component, (root) => new Gallery(root));
}

class Gallery {
  constructor(root) {
    this.tiles = [];
    this.echoes = new Echoes();
    this.group = element("div", { class: "gallery", role: "radiogroup", onkeydown: (event) => this.key(event) });
    // The tiles wait for their sheet: without it they would jump.
    style(root, "gallery.css").then(() => {
      root.append(element("div", { class: "gallery-frame" }, this.group));
      this.reveal();
    });
  }

  update(bytes) {
    const { header, arrays } = decode(bytes);
    this.names = header.names;
    this.group.setAttribute("aria-label", header.words.label);
    while (this.tiles.length < this.names.length) this.tiles.push(this.build(this.tiles.length));
    while (this.tiles.length > this.names.length) this.tiles.pop().button.remove();
    this.tiles.forEach((tile, index) => this.refresh(tile, header.titles[index], header.shapes[index], header.coarse[index], arrays[index].data));
    if (this.echoes.isNews(header.chosen)) this.mark(this.names.indexOf(header.chosen));
  }

  build(index) {
    const canvas = element("canvas", { "aria-hidden": "true" });
    const title = element("span", { class: "title" });
    const button = element("button", { type: "button", role: "radio", onclick: () => this.choose(index) }, element("span", { class: "picture" }, canvas), title);
    this.group.append(button);
    return { button, canvas, title };
  }

  async refresh(tile, title, [height, width], coarse, file) {
    tile.title.textContent = title;
    tile.canvas.classList.toggle("smooth", !coarse);
    tile.canvas.style.aspectRatio = `${width} / ${height}`;
    const picture = await createImageBitmap(new Blob([file], { type: "image/webp" }));
    tile.canvas.width = width;
    tile.canvas.height = height;
    tile.canvas.getContext("2d").drawImage(picture, 0, 0);
  }

  // One tile is in the tab order: the chosen one, or the first.
  mark(index) {
    this.chosen = index;
    this.tiles.forEach(({ button }, other) => {
      button.setAttribute("aria-checked", String(other === index));
      button.tabIndex = other === Math.max(index, 0) ? 0 : -1;
    });
    this.reveal();
  }

  // Scrolls the strip alone; `scrollIntoView` would move the page.
  reveal() {
    const button = this.tiles[this.chosen]?.button;
    if (!button || this.group.scrollWidth <= this.group.clientWidth) return;
    const box = button.getBoundingClientRect();
    const frame = this.group.getBoundingClientRect();
    if (box.left < frame.left || box.right > frame.right) {
      this.group.scrollLeft += (box.left + box.right - frame.left - frame.right) / 2;
    }
  }

  choose(index) {
    this.mark(index);
    this.echoes.sent(this.names[index]);
    answer(this.component, "chosen", this.names[index]);
  }

  key(event) {
    const count = this.tiles.length;
    const current = this.tiles.findIndex(({ button }) => button === event.target.closest("button"));
    const rows = this.columns();
    const goals = { ArrowRight: current + 1, ArrowLeft: current - 1, ArrowDown: current + rows, ArrowUp: current - rows, Home: 0, End: count - 1 };
    if (current < 0 || !(event.key in goals)) return;
    event.preventDefault();
    const sideways = event.key === "ArrowRight" || event.key === "ArrowLeft";
    const goal = sideways ? (goals[event.key] + count) % count : goals[event.key];
    if (goal < 0 || goal >= count) return;
    this.tiles[goal].button.focus({ preventScroll: true });
    this.choose(goal);
  }

  // How many tiles stand in a row; in a strip, up and down are left and right.
  columns() {
    const top = this.tiles[0].button.offsetTop;
    const inFirstRow = this.tiles.filter(({ button }) => button.offsetTop === top).length;
    return inFirstRow === this.tiles.length ? 1 : inFirstRow;
  }
}
