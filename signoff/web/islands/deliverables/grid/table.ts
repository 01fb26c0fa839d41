/** The table on the page: draws only the lines in the window, and only the cells that differ. */
import { isRange, rangeOf, type Cursor } from "./cursor";
import { Lines, type Line } from "./lines";
import { Pace } from "./pace";
import { cell, groupCells, headCell, newCells, type Drawing } from "./render";
import type { View } from "./view";

type Kind = "row" | "group" | "new";

/** A row on the page. Rows are kept and filled again, never moved: putting one between others costs the style of all. */
interface Drawn extends HTMLTableRowElement {
  shown: string[];
  line: Line;
  index: number;
  kind: Kind;
}

export interface Marks {
  cursor: Cursor;
  picked: ReadonlySet<string>;
  folded: ReadonlySet<string>;
}

/** Where rows wait that are not needed: `hidden` would cost the style of all rows after them. */
const AWAY = "-100px";
const CLASSES: Record<Kind, string> = { row: "tracker-row", group: "group-row", new: "tracker-row is-new" };

export class Table {
  readonly scroll = document.createElement("div");
  readonly element = document.createElement("table");
  private readonly head = document.createElement("thead");
  private readonly body = document.createElement("tbody");
  private readonly drawn = new Map<number, Drawn>();
  private readonly free: Record<Kind, Drawn[]> = { row: [], group: [], new: [] };
  private marked = new Map<Element, string>();
  private readonly pace = new Pace();
  private frame = 0;
  lines = new Lines([], new Set(), false, false);

  constructor(private readonly drawing: Drawing, private readonly marks: Marks, label: string) {
    this.scroll.className = "grid-scroll";
    this.element.className = "tracker";
    this.element.tabIndex = 0;
    for (const [name, value] of [["role", "grid"], ["aria-label", label], ["aria-multiselectable", "true"]] as const) this.element.setAttribute(name, value);
    this.head.setAttribute("role", "rowgroup");
    this.body.setAttribute("role", "rowgroup");
    this.element.append(this.head, this.body);
    this.scroll.append(this.element);
    this.scroll.addEventListener("scroll", () => this.drawSoon(), { passive: true });
    new ResizeObserver(() => this.drawSoon()).observe(this.scroll);
  }

  drawHead(view: View): void {
    const { columns } = this.drawing;
    const tracks = columns.map((column, index) => (index < 4 ? `var(--f${index + 1})` : `${column.width}px`));
    const sorted = (key: string): "" | "ascending" | "descending" => (view.sort !== key ? "" : view.down ? "descending" : "ascending");
    this.head.innerHTML = `<tr role="row" aria-rowindex="1">${columns.map((column, index) => headCell(column, index, sorted(column.key))).join("")}</tr>`;
    this.element.style.setProperty("--tracks", tracks.join(" "));
    this.element.style.width = `calc(${tracks.join(" + ")})`;
    this.element.setAttribute("aria-colcount", String(columns.length));
  }

  /** Draws other lines, all that are in the window at once. */
  setLines(lines: Lines): void {
    this.lines = lines;
    this.element.setAttribute("aria-rowcount", String(lines.length + 1));
    this.body.style.height = `${lines.height}px`;
    for (const row of this.drawn.values()) this.release(row);
    this.drawn.clear();
    this.draw();
    for (const rows of Object.values(this.free)) for (const row of rows.splice(0)) row.remove();
  }

  drawSoon(): void {
    this.frame ||= requestAnimationFrame((now) => {
      this.pace.begin(now);
      this.draw(this.pace.rows);
    });
  }

  /** Fills the window, at most so many rows of it; then it goes on in the next frame. */
  draw(most = Infinity): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    let left = most;
    const [first, last] = this.lines.window(this.scroll.scrollTop, this.scroll.clientHeight || 800);
    for (const [index, row] of this.drawn) {
      if (index >= first && index < last) continue;
      this.release(row);
      this.drawn.delete(index);
    }
    for (const index of this.inView(first, last)) {
      if (this.drawn.has(index)) continue;
      if (left-- <= 0) {
        this.drawSoon();
        break;
      }
      this.drawn.set(index, this.fill(index));
    }
    if (!this.frame) this.rest();
    this.mark();
  }

  /** Lines that are seen come before those to spare. */
  private inView(first: number, last: number): number[] {
    const [seen, end] = this.lines.window(this.scroll.scrollTop, this.scroll.clientHeight || 800, 0);
    const between = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from) }, (_, n) => from + n);
    return [...between(seen, end), ...between(end, last), ...between(first, seen)];
  }

  /** Draws again what differs in these rows (all that are on the page when none are named); with `fresh` it fades in. */
  update(ids?: ReadonlySet<string>, fresh = false): void {
    for (const row of this.drawn.values()) {
      if (ids && !(row.line.row && ids.has(row.line.row.id))) continue;
      this.patch(row, fresh);
    }
    this.mark();
  }

  cellAt(line: number, column: number): HTMLElement | undefined {
    const row = this.drawn.get(line);
    return row && (row.kind === "row" ? partOf(row, column) : (row.firstElementChild as HTMLElement));
  }

  /** Scrolls as little as is needed to show this cell whole. */
  reveal(line: number, column: number): void {
    const { scroll, lines } = this;
    const headHeight = this.head.offsetHeight;
    const [top, bottom] = [lines.top(line), lines.top(line + 1)];
    const room = scroll.clientHeight - headHeight;
    if (top < scroll.scrollTop) scroll.scrollTop = top;
    else if (bottom > scroll.scrollTop + room) scroll.scrollTop = bottom - room;
    this.draw();
    if (column >= 4) this.revealAcross(line, column);
  }

  private revealAcross(line: number, column: number): void {
    const [shown, frozen] = [this.cellAt(line, column), this.cellAt(line, 3)];
    if (!shown || !frozen || !this.drawn.get(line)?.line.row) return;
    const [box, window] = [shown.getBoundingClientRect(), this.scroll.getBoundingClientRect()];
    const isFrozen = frozen.getBoundingClientRect().left < window.left + frozen.offsetLeft + 1;
    const left = isFrozen ? frozen.getBoundingClientRect().right : window.left;
    const right = window.left + this.scroll.clientWidth;
    if (box.left < left) this.scroll.scrollLeft -= left - box.left;
    else if (box.right > right) this.scroll.scrollLeft += Math.min(box.right - right, box.left - left);
  }

  /** Which line and column an element belongs to. */
  placeOf(target: Element): { line: number; column: number } | undefined {
    const row = target.closest<Drawn>("tr");
    if (!row || row.parentElement !== this.body) return undefined;
    const found = target.closest("[aria-colindex]");
    if (row.kind === "row" && !found) return undefined;
    return { line: row.index, column: row.kind === "row" ? Number(found!.getAttribute("aria-colindex")) - 1 : 1 };
  }

  get pageSize(): number {
    return Math.max(1, Math.floor((this.scroll.clientHeight - this.head.offsetHeight) / 40) - 1);
  }

  /** Shows the cursor and its range; touches only what differs. */
  mark(): void {
    const { cursor } = this.marks;
    const range = rangeOf(cursor);
    const wanted = new Map<Element, string>();
    for (const [index, row] of this.drawn) {
      if (index < range.top || index > range.bottom) continue;
      const [from, to] = row.kind === "row" ? [range.left, range.right] : [0, 0];
      for (let column = from; column <= to; column++) {
        const one = this.cellAt(index, column);
        const isActive = index === cursor.active.line && (row.kind !== "row" || column === cursor.active.column);
        const isIn = isRange(cursor);
        if (one && (isActive || isIn)) wanted.set(one, `${isActive ? "is-active " : ""}${isIn ? "is-range" : ""}`.trim());
      }
    }
    for (const [one, classes] of this.marked) if (wanted.get(one) !== classes) unmark(one, classes);
    let active = false;
    for (const [one, classes] of wanted) {
      active ||= classes.startsWith("is-active");
      if (this.marked.get(one) === classes && one.classList.contains(classes.split(" ")[0]!)) continue;
      one.classList.add(...classes.split(" "));
      if (classes.startsWith("is-active")) one.id = "grid-active";
    }
    this.marked = wanted;
    if (active !== this.element.hasAttribute("aria-activedescendant")) {
      if (active) this.element.setAttribute("aria-activedescendant", "grid-active");
      else this.element.removeAttribute("aria-activedescendant");
    }
  }

  private fill(index: number): Drawn {
    const line = this.lines.at(index)!;
    const kind: Kind = line.row ? "row" : line.group ? "group" : "new";
    const row = this.free[kind].pop() ?? this.make(kind);
    row.line = line;
    row.index = index;
    row.setAttribute("aria-rowindex", String(index + 2));
    row.style.top = `${this.lines.top(index)}px`;
    row.removeAttribute("aria-hidden");
    this.patch(row, false);
    return row;
  }

  private make(kind: Kind): Drawn {
    const row = document.createElement("tr") as Drawn;
    row.setAttribute("role", "row");
    row.className = CLASSES[kind];
    row.kind = kind;
    row.shown = [];
    this.body.append(row);
    return row;
  }

  /** Out of the window; kept where it is until it is filled again. */
  private release(row: Drawn): void {
    this.free[row.kind].push(row);
  }

  /** Rows that nobody needed this time are not seen. */
  private rest(): void {
    for (const rows of Object.values(this.free)) {
      for (const row of rows) {
        if (row.style.top === AWAY) continue;
        row.style.top = AWAY;
        row.setAttribute("aria-hidden", "true");
      }
    }
  }

  private cells(line: Line): string[] {
    const { columns } = this.drawing;
    if (line.group) return [groupCells(line.group, this.marks.folded.has(line.group.key))];
    if (!line.row) return [newCells()];
    const isPicked = this.marks.picked.has(line.row.id);
    return columns.map((column, index) => cell(line.row, column, index, isPicked, this.drawing));
  }

  private patch(row: Drawn, fresh: boolean): void {
    const now = this.cells(row.line);
    const differs = now.filter((html, column) => html !== row.shown[column]).length;
    if (row.kind !== "row" || now.length !== row.shown.length || (differs * 2 > now.length && !fresh)) {
      if (differs || now.length !== row.shown.length) row.innerHTML = row.kind === "row" ? wholeRow(now) : now.join("");
    } else if (differs) {
      now.forEach((html, column) => {
        if (html === row.shown[column]) return;
        partOf(row, column)!.outerHTML = html;
        if (fresh && column > 0) partOf(row, column)!.classList.add("is-fresh");
      });
    }
    row.shown = now;
    if (row.line.row) {
      const picked = String(this.marks.picked.has(row.line.row.id));
      if (row.getAttribute("aria-selected") !== picked) row.setAttribute("aria-selected", picked);
    }
  }
}

/** The first four cells stand in one frozen part: one thing to hold in place for the browser instead of four. */
function wholeRow(cells: string[]): string {
  return `<td class="frozen frozen-part" role="presentation">${cells.slice(0, 4).join("")}</td>${cells.slice(4).join("")}`;
}

function partOf(row: HTMLTableRowElement, column: number): HTMLElement | undefined {
  const found = column < 4 ? row.firstElementChild?.children[column] : row.children[column - 3];
  return found as HTMLElement | undefined;
}

function unmark(element: Element, classes: string): void {
  element.classList.remove(...classes.split(" "));
  if (element.id === "grid-active") element.removeAttribute("id");
}
