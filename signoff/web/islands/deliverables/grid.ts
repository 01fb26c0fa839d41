/** The tracker: a project's deliverables and their stages in one table, changed in place. Its parts are in grid/. */
import { post } from "../api";
import { toast } from "../toast";
import { addRows, openPasteRows } from "./grid/adding";
import { Bar } from "./grid/bar";
import { Bulk } from "./grid/bulk";
import { labelOf, openCell } from "./grid/cells";
import type { Change } from "./grid/changes";
import { openConflict } from "./grid/conflict";
import { at, isRange, rangeOf, type Cursor } from "./grid/cursor";
import { Edits } from "./grid/edits";
import { showEmpty } from "./grid/empty";
import { openField } from "./grid/field";
import { drawFoot } from "./grid/foot";
import { listShortcuts, onKey, type KeyHost } from "./grid/keyboard";
import { openedLayer } from "./grid/layer";
import { Live } from "./grid/live";
import { Loader } from "./grid/load";
import type { Row, Value } from "./grid/model";
import { listenToPointer, type PointerHost } from "./grid/pointer";
import { cleared } from "./grid/ranges";
import { State, type Props } from "./grid/state";
import { Table } from "./grid/table";
import { Tabs } from "./grid/tabs";
import { listenToClipboard } from "./grid/transfer";
import { plural } from "./grid/words";

export async function mount(root: HTMLElement, props: Props): Promise<void> {
  const grid = new Grid(root, props);
  await grid.start();
}

class Grid implements KeyHost, PointerHost {
  readonly state: State;
  readonly table: Table;
  private readonly bar: Bar;
  private readonly tabs: Tabs;
  private readonly bulk: Bulk;
  private readonly edits: Edits;
  private readonly live: Live;
  private readonly loader: Loader;
  private readonly foot = document.createElement("footer");
  private readonly status = document.createElement("div");
  private readonly drawing;
  private openRow = "";
  private frame = 0;

  constructor(readonly root: HTMLElement, private readonly props: Props) {
    this.state = new State(props, location.search);
    const { state } = this;
    this.drawing = {
      people: state.sheet.people,
      columns: state.columns,
      today: state.today,
      link: (row: Row) => props.links.deliverable.replace("ID", row.id),
      mayEdit: props.may.edit,
    };
    const marks = { get cursor() { return state.cursor; }, picked: state.picked, folded: state.folded };
    this.table = new Table(this.drawing, marks, `Deliverables of ${props.name}`);
    this.bar = new Bar(root, state, () => this.arranged());
    this.tabs = new Tabs(root, this.bar.tabs, state, () => this.arranged());
    this.bulk = new Bulk({
      root, state,
      run: (changes) => this.run(changes),
      cleared: () => this.escape(),
      removed: (ids, acts) => this.removed(ids, acts),
    });
    this.edits = new Edits(props.project, {
      changed: (ids) => this.show(ids),
      refused: (change, words) => this.refused(change, words),
      refusedMany: (words, count) => this.refusedMany(words, count),
      conflict: (conflict) => openConflict(root, conflict, state.sheet, state.today, () => this.cellOf(conflict.change), () => this.run([conflict.change])),
      done: () => this.drawFoot(),
      stale: () => this.live.stale(),
    });
    this.loader = new Loader(props.project);
    this.live = new Live({
      project: props.project, sheet: state.sheet, loader: this.loader,
      isHeld: (id) => id === this.openRow || this.edits.isBusy(id),
      isBusy: () => this.edits.pending > 0,
      took: (changed, moved) => this.took(changed, moved),
    });
  }

  async start(): Promise<void> {
    const data = await this.loader.whole().catch(() => undefined);
    if (!data) return this.failed();
    this.state.sheet.replace(data);
    this.foot.className = "grid-foot";
    this.status.className = "sr";
    this.status.setAttribute("role", "status");
    this.root.replaceChildren(this.bar.element, this.table.scroll, this.foot, this.bulk.element, this.status);
    this.listen();
    this.arranged(false);
    void this.tabs.load();
    if (new URLSearchParams(location.search).get("new") === "1" || location.hash === "#new") this.startNew();
    else this.table.element.focus({ preventScroll: true });
    this.root.dataset.ready = "";
  }

  private failed(): void {
    this.root.innerHTML = `<div class="empty-grid"><section class="empty-state card-box empty-card" role="alert"><h2>The grid could not be read</h2><p>Nothing is lost. The server did not answer as expected.</p><button class="btn btn-primary" type="button">Try again</button></section></div>`;
    this.root.querySelector("button")!.addEventListener("click", () => void this.start());
  }

  private listen(): void {
    const { element } = this.table;
    element.addEventListener("keydown", (event) => event.target === element && onKey(event, this));
    listenToClipboard(element, this);
    this.table.scroll.addEventListener("scroll", () => openedLayer()?.place(), { passive: true });
    this.foot.addEventListener("click", (event) => (event.target as Element).closest("[data-undo-last]") && this.undo());
    this.bar.find.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === "Escape" || event.key === "ArrowDown") this.table.element.focus();
      if (event.key === "Escape" && this.state.view.find) this.find("");
    });
    document.addEventListener("click", (event) => {
      if (!(event.target as Element).closest("[data-new-deliverable]") || !this.root.isConnected) return;
      event.preventDefault();
      this.startNew();
    });
    document.addEventListener("keydown", (event) => this.undoFromElsewhere(event), true);
    window.addEventListener("popstate", () => window.location.reload());
    listenToPointer(this);
    listShortcuts(() => this.find());
  }

  /** Ctrl Z belongs to the grid's own changes while this page is open, but not to a field. */
  private undoFromElsewhere(event: KeyboardEvent): void {
    const isUndo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.shiftKey;
    const typing = (event.target as Element).closest?.("input:not([type=checkbox]), textarea, select, dialog");
    if (!isUndo || typing || !this.edits.lastLabel || !this.root.isConnected) return;
    event.preventDefault();
    event.stopPropagation();
    this.undo();
  }

  /** After the view changed, or rows came or went. */
  private arranged(isNew = true): void {
    const { state } = this;
    state.arrange();
    this.drawing.columns = state.columns;
    this.drawing.today = state.today;
    this.table.drawHead(state.view);
    this.table.setLines(state.lines);
    if (isNew) state.keepView();
    this.bar.draw();
    this.tabs.draw();
    this.drawFoot();
    this.bulk.draw();
    this.drawHeadBox();
    showEmpty(this, state.sheet.rows.length === 0 && this.props.may.edit);
    if (isNew) this.say(`${plural(state.shownRows, "deliverable")} shown`);
  }

  private took(changed: Set<string>, moved: boolean): void {
    if (moved) {
      const top = this.table.scroll.scrollTop;
      this.arranged(false);
      this.table.scroll.scrollTop = top;
    }
    this.table.update(changed, true);
    this.figuresSoon();
  }

  private show(ids: Set<string>): void {
    this.table.update(ids);
    this.figuresSoon();
  }

  /** Figures need all rows: in the next quiet moment, not in the one in which a cell shows its value. */
  private figuresSoon(): void {
    window.clearTimeout(this.frame);
    this.frame = window.setTimeout(() => {
      this.tabs.draw();
      this.drawFoot();
      this.bulk.draw();
    }, 150);
  }

  private drawFoot(): void {
    drawFoot(this.foot, this.state, this.edits.lastLabel);
  }

  private drawHeadBox(): void {
    const box = this.table.element.querySelector<HTMLInputElement>("thead input");
    if (!box) return;
    const count = this.state.picked.size;
    box.checked = count > 0 && count >= this.state.shownRows;
    box.indeterminate = count > 0 && !box.checked;
  }

  // What keys, mouse and cells ask for

  anchor = (): Element | undefined => this.table.cellAt(this.state.cursor.active.line, this.state.cursor.active.column);
  pageSize = (): number => this.table.pageSize;

  private cellOf({ row, column }: Change): Element | undefined {
    return this.table.cellAt(this.state.lines.indexOf(row.id), this.state.columns.indexOf(column)) ?? this.table.scroll;
  }

  say(words: string): void {
    this.status.textContent = words;
    if (words.endsWith(".")) toast({ title: words });
  }

  opened(row: Row, _column: unknown, isOpen: boolean): void {
    this.openRow = isOpen ? row.id : "";
    this.anchor()?.classList.toggle("is-editing", isOpen);
  }

  moveTo(cursor: Cursor): void {
    this.state.cursor = cursor;
    this.table.reveal(cursor.active.line, cursor.active.column);
  }

  go(key: string, extend: boolean): void {
    const { active } = this.state.cursor;
    const step: Record<string, [number, number]> = { ArrowDown: [1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
    const [down, right] = step[key] ?? [0, 0];
    if (extend) return;
    this.moveTo(at(Math.min(active.line + down, this.state.lines.length - 1), Math.max(1, Math.min(active.column + right, this.state.columns.length - 1))));
  }

  change(value: Value, part?: Change["part"], column?: Change["column"]): void {
    const { rows, columns } = this.state.reach;
    const active = this.state.activeColumn;
    const alike = column && column !== active ? [column] : columns.filter((one) => one === active || (one.stage && active.stage));
    this.run(rows.flatMap((row) => alike.map((one) => ({ row, column: one, value, ...(part ? { part } : {}) }))));
  }

  run(changes: Change[]): void {
    void this.edits.run(changes, labelOf(changes, this.state.sheet.people));
  }

  private refused(change: Change, words: string): void {
    const run = (): void => {
      this.moveTo(at(Math.max(0, this.state.lines.indexOf(change.row.id)), Math.max(1, this.state.columns.indexOf(change.column))));
      this.reopen(change);
    };
    toast({ title: `Not saved: ${change.column.title} of ${change.row.name}`, text: words, tone: "error", action: { label: "Edit", run } });
    this.status.textContent = `Not saved. ${words}`;
  }

  private reopen(change: Change): void {
    const isText = typeof change.value === "string" && !change.column.stage && change.column.kind !== "person";
    this.table.element.focus({ preventScroll: true });
    openCell(this, isText ? String(change.value) : undefined);
  }

  refusedMany(words: string[], count: number): void {
    const more = words.length > 3 ? ` And ${words.length - 3} more.` : "";
    const title = count ? `${words.length} of ${plural(count, "change")} not saved` : "That could not be undone";
    toast({ title, text: words.slice(0, 3).join(" ") + more, tone: "error" });
  }

  pick(): void {
    const range = rangeOf(this.state.cursor);
    this.state.pick(this.state.lines.rowsBetween(range.top, range.bottom));
    this.pickedChanged();
  }

  pickTo(line: number, extend: boolean): void {
    const from = extend ? this.state.cursor.active.line : line;
    const row = this.state.lines.rowAt(line);
    const on = row ? !this.state.picked.has(row.id) : true;
    this.state.pick(this.state.lines.rowsBetween(Math.min(from, line), Math.max(from, line)), on);
    this.state.cursor = at(line, this.state.cursor.active.column);
    this.pickedChanged();
    this.table.element.focus({ preventScroll: true });
  }

  pickAll(): void {
    this.state.pick(this.state.lines.rowsBetween(0, this.state.lines.length));
    this.pickedChanged();
  }

  private pickedChanged(): void {
    this.table.update();
    this.bulk.draw();
    this.drawHeadBox();
    this.status.textContent = `${this.state.picked.size} selected`;
  }

  escape(): void {
    if (isRange(this.state.cursor)) this.moveTo(at(this.state.cursor.active.line, this.state.cursor.active.column));
    else if (this.state.picked.size) {
      this.state.picked.clear();
      this.pickedChanged();
    }
    this.table.element.focus({ preventScroll: true });
  }

  fold(line: number): void {
    const group = this.state.lines.at(line)?.group;
    if (!group) return;
    if (!this.state.folded.delete(group.key)) this.state.folded.add(group.key);
    const top = this.table.scroll.scrollTop;
    this.state.cursor = at(line, 1);
    this.state.arrange();
    this.table.setLines(this.state.lines);
    this.state.cursor = at(line, 1);
    this.table.scroll.scrollTop = top;
    this.table.draw();
  }

  sort(key: string): void {
    this.bar.sort(key);
  }

  find(text?: string): void {
    if (text === undefined) return this.bar.find.focus();
    this.bar.find.value = this.state.view.find = text;
    this.arranged();
  }

  undo(): void {
    const label = this.edits.lastLabel;
    void this.edits.undo().then((done) => this.say(done ? `Undone: ${label}` : "Nothing to undo."));
  }

  clear(): void {
    const { changes } = cleared(this.state);
    this.run(changes);
  }

  /** Shows pasted lines as the deliverables they would become. */
  offerRows(text = ""): void {
    openPasteRows(this.state, text, (rows) => this.add(rows));
  }

  startNew(): void {
    const line = this.state.lines.length - 1;
    if (!this.props.may.edit || this.state.lines.at(line)?.row) return;
    const first = this.root.querySelector<HTMLInputElement>(".empty-add input");
    if (first) return first.focus();
    this.moveTo(at(line, 1));
    openField(this.root, {
      label: "Name of the new deliverable",
      type: "text",
      value: "",
      most: 200,
      anchor: () => this.table.cellAt(this.state.lines.length - 1, 0),
      keep: (name, then) => {
        if (name.trim()) void this.add([{ name: name.trim() }]).then((added) => added && then === "Enter" && this.startNew());
      },
    });
  }

  async add(rows: Record<string, Value>[]): Promise<boolean> {
    const ids = await addRows(this.props.project, rows);
    if (!ids.length) return false;
    const data = await this.loader.whole().catch(() => undefined);
    if (data) this.state.sheet.replace(data);
    this.arranged(false);
    const line = this.state.lines.indexOf(ids[0]!);
    if (line >= 0) this.moveTo(at(line, 1));
    this.table.update(new Set(ids), true);
    this.status.textContent = `${plural(ids.length, "deliverable")} added`;
    if (line < 0) toast({ title: `${plural(ids.length, "deliverable")} added`, text: "This view does not show what was added.", tone: "ok" });
    this.table.element.focus({ preventScroll: true });
    return true;
  }

  private removed(ids: string[], acts: string[]): void {
    if (!ids.length) return;
    this.state.picked.clear();
    this.state.sheet.remove(ids);
    this.arranged(false);
    if (!acts.length) return;
    const undo = async (): Promise<void> => {
      for (const act of new Set(acts)) await post("/undo", { act });
    };
    this.edits.remember(`Removed ${plural(ids.length, "deliverable")}`, undo);
    toast({ title: `${plural(ids.length, "deliverable")} removed`, undo: () => this.undo() });
  }
}
