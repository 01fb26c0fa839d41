/** The table on the page: draws only the lines in the window, and only the cells that differ. */
import { contains, isRange, rangeOf, type Cursor } from "./cursor";
import { Lines, type Line } from "./lines";
import { cell, groupCells, headCell, newCells, type Drawing } from "./render";
import type { View } from "./view";

interface Drawn extends HTMLTableRowElement {
  shown: string[];
  line: Line;
}

export interface Marks {
  cursor: Cursor;
  picked: ReadonlySet<string>;
  folded: ReadonlySet<string>;
}

export class Table {
  readonly scroll = document.createElement("div");
  readonly element = document.createElement("table");
  private readonly columns = document.createElement("colgroup");
  private readonly head = document.createElement("thead");
  private readonly body = document.createElement("tbody");
  private readonly above = spacer();
  private readonly below = spacer();
  private drawn = new Map<number, Drawn>();
  private marked: Element[] = [];
  private frame = 0;
  lines = new Lines([], new Set(), false, false);

  constructor(private readonly drawing: Drawing, private readonly marks: Marks, label: string) {
    this.scroll.className = "grid-scroll";
    this.element.className = "tracker";
    this.element.tabIndex = 0;
    for (const [name, value] of [["role", "grid"], ["aria-label", label], ["aria-multiselectable", "true"]] as const) this.element.setAttribute(name, value);
    this.body.append(this.above, this.below);
    this.element.append(this.columns, this.head, this.body);
    this.scroll.append(this.element);
    this.scroll.addEventListener("scroll", () => this.drawSoon(), { passive: true });
    new ResizeObserver(() => this.drawSoon()).observe(this.scroll);
  }

  drawHead(view: View): void {
    const { columns } = this.drawing;
    this.columns.innerHTML = columns.map((column, index) => `<col ${index < 4 ? `class="col-${column.key}"` : `style="width:${column.width}px"`}>`).join("");
    const sorted = (key: string): "" | "ascending" | "descending" => (view.sort !== key ? "" : view.down ? "descending" : "ascending");
    this.head.innerHTML = `<tr role="row" aria-rowindex="1">${columns.map((column, index) => headCell(column, index, sorted(column.key))).join("")}</tr>`;
    const rest = columns.slice(4).reduce((sum, column) => sum + column.width, 0);
    this.element.style.width = `calc(var(--f1) + var(--f2) + var(--f3) + var(--f4) + ${rest}px)`;
    this.element.setAttribute("aria-colcount", String(columns.length));
    for (const part of [this.above, this.below]) part.cells[0]!.colSpan = columns.length;
  }

  /** Draws other lines; everything that is on the page goes. */
  setLines(lines: Lines): void {
    this.lines = lines;
    this.element.setAttribute("aria-rowcount", String(lines.length + 1));
    for (const row of this.drawn.values()) row.remove();
    this.drawn.clear();
    this.draw();
  }

  drawSoon(): void {
    this.frame ||= requestAnimationFrame(() => this.draw());
  }

  draw(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const [first, last] = this.lines.window(this.scroll.scrollTop, this.scroll.clientHeight || 800);
    for (const [index, row] of this.drawn) {
      if (index >= first && index < last) continue;
      row.remove();
      this.drawn.delete(index);
    }
    let next: Element = this.below;
    for (let index = last - 1; index >= first; index--) {
      let row = this.drawn.get(index);
      if (!row) {
        row = this.make(index);
        this.drawn.set(index, row);
        this.body.insertBefore(row, next);
      }
      next = row;
    }
    setHeight(this.above, this.lines.top(first));
    setHeight(this.below, this.lines.height - this.lines.top(last));
    this.mark();
  }

  /** Draws again what differs in these rows (all that are on the page when none are named); with `fresh` it fades in. */
  update(ids?: ReadonlySet<string>, fresh = false): void {
    for (const [index, row] of this.drawn) {
      if (ids && !(row.line.row && ids.has(row.line.row.id))) continue;
      this.patch(row, index, fresh);
    }
    this.mark();
  }

  cellAt(line: number, column: number): HTMLElement | undefined {
    const row = this.drawn.get(line);
    return row?.cells[row.line.row ? column : 0];
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
    const left = frozen.getBoundingClientRect().right;
    const right = window.left + this.scroll.clientWidth;
    if (box.left < left) this.scroll.scrollLeft -= left - box.left;
    else if (box.right > right) this.scroll.scrollLeft += Math.min(box.right - right, box.left - left);
  }

  /** Which line and column an element belongs to. */
  placeOf(target: Element): { line: number; column: number } | undefined {
    const row = target.closest<Drawn>("tr");
    const found = target.closest<HTMLTableCellElement>("td, th");
    if (!row || !found || row.parentElement !== this.body || !row.line) return undefined;
    return { line: Number(row.getAttribute("aria-rowindex")) - 2, column: row.line.row ? found.cellIndex : 1 };
  }

  get pageSize(): number {
    return Math.max(1, Math.floor((this.scroll.clientHeight - this.head.offsetHeight) / 40) - 1);
  }

  mark(): void {
    for (const element of this.marked) {
      element.classList.remove("is-active", "is-range");
      element.removeAttribute("id");
    }
    this.marked = [];
    const { cursor } = this.marks;
    const range = rangeOf(cursor);
    for (const [index, row] of this.drawn) {
      if (index < range.top || index > range.bottom) continue;
      [...row.cells].forEach((one, column) => {
        const here = row.line.row ? column : 1;
        if (isRange(cursor) && contains(range, index, here)) this.note(one, "is-range");
        if (index === cursor.active.line && (row.line.row ? here === cursor.active.column : column === 0)) this.note(one, "is-active", "grid-active");
      });
    }
    if (this.marked.some((one) => one.id === "grid-active")) this.element.setAttribute("aria-activedescendant", "grid-active");
    else this.element.removeAttribute("aria-activedescendant");
  }

  private note(element: Element, className: string, id = ""): void {
    element.classList.add(className);
    if (id) element.id = id;
    this.marked.push(element);
  }

  private make(index: number): Drawn {
    const row = document.createElement("tr") as Drawn;
    row.setAttribute("role", "row");
    row.setAttribute("aria-rowindex", String(index + 2));
    row.line = this.lines.at(index)!;
    row.className = row.line.row ? "tracker-row" : row.line.group ? "group-row" : "tracker-row is-new";
    row.shown = this.cells(row.line);
    row.innerHTML = row.shown.join("");
    this.pick(row);
    return row;
  }

  private cells(line: Line): string[] {
    const { columns } = this.drawing;
    if (line.group) return [groupCells(line.group, this.marks.folded.has(line.group.key), columns.length)];
    if (!line.row) return [newCells(columns.length)];
    const isPicked = this.marks.picked.has(line.row.id);
    return columns.map((column, index) => cell(line.row, column, index, isPicked, this.drawing));
  }

  private patch(row: Drawn, index: number, fresh: boolean): void {
    row.line = this.lines.at(index) ?? row.line;
    const now = this.cells(row.line);
    if (!row.line.row) {
      if (now[0] !== row.shown[0]) row.innerHTML = now[0]!;
    } else {
      now.forEach((html, column) => {
        if (html === row.shown[column]) return;
        row.cells[column]!.outerHTML = html;
        if (fresh && column > 0) row.cells[column]!.classList.add("is-fresh");
      });
    }
    row.shown = now;
    this.pick(row);
  }

  private pick(row: Drawn): void {
    if (row.line.row) row.setAttribute("aria-selected", String(this.marks.picked.has(row.line.row.id)));
  }
}

function spacer(): HTMLTableRowElement {
  const row = document.createElement("tr");
  row.className = "spacer";
  row.setAttribute("aria-hidden", "true");
  row.append(document.createElement("td"));
  return row;
}

function setHeight(row: HTMLTableRowElement, height: number): void {
  const value = `${height}px`;
  const only = row.cells[0]!;
  if (only.style.height !== value) {
    only.style.height = value;
    row.hidden = height === 0;
  }
}
