// A grid of numbers that one can type: kernels and small pictures.

const version = new URL(import.meta.url).search;
const { answer, decode, Echoes, element, mount, phrase, style } = await import("./payload.js" + version);
const { block } = await import("./number_text.js" + version);
const { Cells } = await import("./number_cells.js" + version);
const { placeOf, Sheet } = await import("./number_sheet.js" + version);
const { Tools } = await import("./number_tools.js" + version);

const LIGHTLY = 150;
const DOUBTFUL = 1200;
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Enter: [1, 0] };

export default function (component) {
  mount(component, (root) => new Numbers(root));
}

class Numbers {
  constructor(root) {
    this.echoes = new Echoes();
    this.sheet = new Sheet(root, {
      oninput: (event) => this.typed(event.target),
      onkeydown: (event) => this.key(event),
      onpaste: (event) => this.paste(event),
      onfocusin: (event) => event.target.select?.(),
      onfocusout: (event) => this.leave(event.target),
    });
    this.message = element("p", { class: "message", role: "status" });
    this.tools = new Tools({
      resize: (rows, columns) => this.reshape((cells) => cells.resize(cells.rows + rows, cells.columns + columns)),
      rotate: () => this.reshape((cells) => cells.rotate()),
      flip: () => this.reshape((cells) => cells.flip()),
      share: (shared) => this.reshape((cells) => cells.split(this.header.slices.at(shared ? 0 : -1), this.sheet.active)),
    });
    const box = element("div", { class: "numbers" }, this.sheet.tabs, this.sheet.blocks, this.message, this.tools.bar);
    style(root, "numbers.css").then(() => root.append(box));
  }

  update(bytes) {
    const { header, arrays } = decode(bytes);
    this.header = header;
    const cells = new Cells(arrays.grid, header.limit, header.largest);
    const news = this.echoes.isNews(cells.identity());
    if (news && cells.identity() !== this.cells?.identity()) {
      this.cells = cells;
      this.sent = cells.text();
      this.typing = null;
      this.say("");
    }
    this.draw();
  }

  draw() {
    this.sheet.build(this.cells, this.header);
    this.sheet.show(this.typing);
    this.tools.relabel(this.header, this.cells);
  }

  typed(input) {
    this.typing = input;
    const good = this.cells.type(...placeOf(input), input.value);
    this.sheet.show(input);
    // Half a number, `-` or `1/`, is no mistake yet.
    clearTimeout(this.doubt);
    if (good) this.mark();
    else this.doubt = setTimeout(() => this.mark(), DOUBTFUL);
    clearTimeout(this.later);
    this.later = setTimeout(() => this.send(), LIGHTLY);
  }

  leave(input) {
    if (!input.isConnected || !input.dataset.at) return;
    this.typing = null;
    this.cells.tidy(...placeOf(input));
    this.settle();
  }

  // Everything said and sent at once.
  settle() {
    clearTimeout(this.later);
    this.sheet.show();
    this.mark();
    this.send();
  }

  mark() {
    clearTimeout(this.doubt);
    this.sheet.mark();
    const found = this.cells.wrong();
    if (!found) return this.say("");
    const { slice, row, column, cell } = found;
    const values = { row: row + 1, column: column + 1, received: cell.text.slice(0, 40), limit: this.header.largest };
    this.say(`${this.sheet.title(slice)} ${phrase(this.header.words[cell.wrong], values)}`.trim());
  }

  say(text) {
    if (this.message.textContent !== text) this.message.textContent = text;
  }

  send() {
    const text = this.cells.text();
    if (text === this.sent || this.cells.wrong()) return;
    this.sent = text;
    this.echoes.sent(this.cells.identity());
    answer(this.component, "text", text);
  }

  reshape(change) {
    this.typing = null;
    change(this.cells);
    this.draw();
    this.settle();
  }

  paste(event) {
    const text = event.clipboardData.getData("text");
    if (!event.target.dataset.at || !block(text)) return;
    event.preventDefault();
    const place = placeOf(event.target);
    let fitted = true;
    this.reshape((cells) => (fitted = cells.paste(text, ...place, this.header.slices)));
    this.sheet.go(...place);
    if (!fitted) this.say(phrase(this.header.words.too_many, { limit: this.header.limit }));
  }

  key(event) {
    const input = event.target;
    if (!input.dataset.at || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const [slice, row, column] = placeOf(input);
    if (event.key === "Escape") {
      this.cells.restore(slice, row, column);
      this.leave(input);
      input.select();
    }
    if (!(event.key in STEPS) || (event.shiftKey && event.key !== "Enter") || !atEdge(input, event.key)) return;
    event.preventDefault();
    const [down, right] = STEPS[event.key].map((step) => (event.shiftKey ? -step : step));
    if (!this.sheet.go(slice, row + down, column + right)) this.leave(input);
  }
}

// Left and right leave a cell only from the end of its text, or while all of it is selected.
function atEdge(input, key) {
  const { selectionStart: start, selectionEnd: end, value } = input;
  if (start === 0 && end === value.length) return true;
  if (key === "ArrowLeft") return end === 0;
  return key !== "ArrowRight" || start === value.length;
}
