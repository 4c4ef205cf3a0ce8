// The layers of a network as rows: chosen, moved, put in, taken out. Each row is drawn by layer_row.js.

const version = new URL(import.meta.url).search;
const { answer, decode, element, mount, style } = await import("./payload.js" + version);
const { mode } = await import("./colours.js" + version);
const { drawRow, pathOf } = await import("./layer_row.js" + version);
const { Drag } = await import("./layer_drag.js" + version);

const PATIENCE = 4000;

export default function (component) {
  mount(component, (root) => new Layers(root));
}

class Layers {
  constructor(root) {
    this.root = root;
    this.queue = [];
    this.number = 0;
    this.source = Math.random().toString(36).slice(2);
    this.undo = element("button", { type: "button", class: "quiet", "data-do": "undo" });
    this.redo = element("button", { type: "button", class: "quiet", "data-do": "redo" });
    this.status = element("span", { class: "read-aloud", "aria-live": "polite" });
    this.head = element("div", { class: "row head", "aria-hidden": "true" });
    this.list = element("ol", { class: "rows" });
    this.foot = element("div", { class: "row foot" });
    this.add = element("button", { type: "button", class: "add", "data-do": "menu" });
    this.menu = element("div", { class: "menu hidden", role: "group" });
    this.drag = new Drag(this.list, (path, goal, behind) => this.send({ do: "move", path, goal, behind }));
    this.box = element(
      "div",
      { class: "layers", onclick: (event) => this.click(event), onkeydown: (event) => this.key(event) },
      element("div", { class: "bar" }, this.undo, this.redo),
      this.head, this.list, this.add, this.menu, this.foot, this.status,
    );
    const everywhere = (event) => {
      if (!this.list.isConnected) document.removeEventListener("keydown", everywhere);
      else this.shortcut(event);
    };
    style(root, "layers.css").then(() => {
      root.append(this.box);
      document.addEventListener("keydown", everywhere);
    });
  }

  update(bytes) {
    const { header } = decode(bytes);
    this.header = header;
    const [source, heard] = header.heard ?? ["", -1];
    if (source === this.source) this.queue = this.queue.filter(({ number }) => number > heard);
    if (!this.drag.active) this.draw();
  }

  draw() {
    const { words, rows, selected, canUndo, canRedo, totals } = this.header;
    const focused = this.focused();
    const theme = mode(this.root);
    this.box.style.setProperty("--bad", this.header.colours.roles.unvisited[theme]);
    this.undo.textContent = `↶ ${words.undo}`;
    this.redo.textContent = `↷ ${words.redo}`;
    this.undo.disabled = !canUndo;
    this.redo.disabled = !canRedo;
    this.undo.title = "Ctrl+Z";
    this.redo.title = "Ctrl+Y";
    this.head.replaceChildren(...["", "", words.layer, words.output, words.parameters, words.multiplications, words.memory, words.field].map((word) => element("span", {}, word)));
    this.list.setAttribute("aria-label", words.label);
    this.list.replaceChildren(...rows.map((row) => drawRow(row, !row.fixed && row.path === selected && this.header.details, words, this.header.colours.roles, theme)));
    this.add.textContent = `＋ ${words.add}`;
    this.foot.replaceChildren(element("span"), element("span"), ...[words.sum, "", totals.parameters, totals.multiplications, totals.memory, ""].map((text, at) => element("span", { class: ["name", "", "figure", "figure", "figure", ""][at], "data-label": ["", "", words.parameters, words.multiplications, words.memory, ""][at] }, text)));
    this.fillMenu();
    this.refocus(focused);
  }

  // The menu of kinds opens under the button that was pressed.
  fillMenu() {
    const { kinds, words } = this.header;
    this.menu.setAttribute("aria-label", words.add);
    this.menu.replaceChildren(
      ...kinds.map(({ name, title, text }) => element("button", { type: "button", "data-do": "add", "data-kind": name }, element("strong", {}, title), element("small", {}, text))),
    );
    if (this.place && !this.list.querySelector(`[data-path="${this.place.path}"]`)) this.close();
    else if (this.place) this.open(this.place);
  }

  open(place) {
    this.place = place;
    const row = place.path === null ? null : this.list.querySelector(`[data-path="${place.path}"]`);
    if (row) row.append(this.menu);
    else this.add.after(this.menu);
    this.menu.classList.remove("hidden");
  }

  close() {
    this.place = null;
    this.menu.classList.add("hidden");
    this.add.after(this.menu);
  }

  focused() {
    const node = this.list.getRootNode().activeElement;
    if (!node || !this.list.contains(node)) return null;
    return { path: pathOf(node), does: node.dataset.do };
  }

  // After a move the focus goes with the layer: the chosen row is the one that was moved.
  refocus(focused) {
    if (!focused) return;
    const path = this.follow ? this.header.selected : focused.path;
    this.follow = false;
    const row = this.list.querySelector(`[data-path="${path}"]`) ?? this.list.querySelector(".selected");
    (row?.querySelector(`[data-do="${focused.does}"]:not(:disabled)`) ?? row?.querySelector(".choose"))?.focus({ preventScroll: true });
  }

  click(event) {
    const button = event.target.closest("[data-do]");
    const path = pathOf(event.target);
    if (!button) {
      if (path !== undefined && !this.drag.dragged) this.send({ do: "select", path });
      return;
    }
    const { do: does, kind, number, inside } = button.dataset;
    if (does === "menu") {
      const place = { path: path ?? null, inside: inside !== undefined };
      if (this.place && this.place.path === place.path && this.place.inside === place.inside) this.close();
      else this.open(place);
      return;
    }
    if (does === "add") {
      this.send({ do: "add", kind, ...this.place });
      this.close();
      return;
    }
    this.send({ do: does, path, mend: number === undefined ? undefined : Number(number) });
  }

  key(event) {
    const path = pathOf(event.target);
    if (path === undefined || event.ctrlKey || event.metaKey) return;
    const rows = [...this.list.querySelectorAll("[data-path]")];
    const at = rows.findIndex((row) => row.dataset.path === path);
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === "Escape" && this.place) this.close();
    else if (step && event.altKey) this.send({ do: step < 0 ? "up" : "down", path });
    else if (step) rows[at + step]?.querySelector(".choose").focus();
    else if (event.key === "Delete") this.send({ do: "remove", path });
    else return;
    event.preventDefault();
  }

  shortcut(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const target = event.composedPath()[0];
    if (target.matches?.("textarea, input:not([type=range]):not([type=checkbox]):not([type=radio]), [contenteditable]")) return;
    const key = event.key.toLowerCase();
    const does = key === "z" ? (event.shiftKey ? "redo" : "undo") : key === "y" ? "redo" : null;
    if (!does) return;
    event.preventDefault();
    this.send({ do: does });
  }

  // A layer is named by its place, so nothing more is done to places that an edit on its way is about to change.
  send(edit) {
    const now = Date.now();
    const free = ["select", "undo", "redo"].includes(edit.do);
    if (!free && this.queue.some((sent) => !["select"].includes(sent.do) && now - sent.moment < PATIENCE)) return;
    if (edit.do === "select") {
      for (const row of this.list.children) row.classList.toggle("selected", row.dataset.path === edit.path);
    }
    this.follow = ["up", "down", "add", "duplicate", "move"].includes(edit.do);
    this.queue.push({ ...edit, number: ++this.number, moment: now });
    answer(this.component, "edits", { source: this.source, edits: this.queue });
  }
}
