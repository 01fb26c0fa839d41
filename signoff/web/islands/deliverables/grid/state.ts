/** What the grid knows besides its rows: the view, the cursor, what is picked and folded; and what follows from them. */
import { columnsOf, shownColumns, type Column, type CustomField } from "./columns";
import { at, clamp, rangeOf, type Cursor } from "./cursor";
import { Lines } from "./lines";
import { Sheet, type Row } from "./model";
import { filterRows, groupRows, readView, sortRows, writeView, type View } from "./view";
import { todayIso } from "./words";

export interface Props {
  project: string;
  name: string;
  me: string;
  may: { edit: boolean; work: boolean; approve: boolean; approveNamed: boolean; save: boolean; share: boolean; import: boolean };
  /** By status and approval type, what may follow by hand. */
  moves: Record<string, Record<string, string[]>>;
  fields: CustomField[];
  /** Addresses; `ID` stands for a deliverable's. */
  links: { deliverable: string; import: string };
  /** For the empty page: what new deliverables get. */
  pipeline: { name: string; stages: number };
}

const KEEP = "signoff.grid.columns.";

export class State {
  readonly sheet = new Sheet();
  view: View;
  all: Column[] = [];
  columns: Column[] = shownColumns([], []);
  lines = new Lines([], new Set(), false, false);
  cursor: Cursor = at(0, 1);
  readonly picked = new Set<string>();
  readonly folded = new Set<string>();
  shownRows = 0;

  constructor(readonly props: Props, query: string) {
    this.view = readView(query);
    if (!this.view.columns.length) this.view.columns = keptColumns(props.project);
  }

  get today(): string {
    return todayIso();
  }

  /** After rows came or went, or the view changed: what is shown, in what order. The cursor stays on its row. */
  arrange(): void {
    const { sheet, view } = this;
    const here = this.activeRow?.id;
    this.all = columnsOf(sheet, this.props.fields);
    this.columns = shownColumns(this.all, view.columns);
    const rows = sortRows(filterRows(sheet, view, this.today), view, [...this.columns, ...this.all], sheet.people);
    const groups = groupRows(rows, view.group, sheet.people);
    const hasHeads = view.group !== "" && !(groups.length === 1 && groups[0]!.key === "");
    this.shownRows = rows.length;
    this.lines = new Lines(groups, this.folded, hasHeads, this.props.may.edit);
    for (const id of this.picked) if (!sheet.byId.has(id)) this.picked.delete(id);
    this.stay(here);
  }

  private stay(id: string | undefined): void {
    const found = id ? this.lines.indexOf(id) : -1;
    const line = found >= 0 ? found : clamp(this.cursor.active.line, 0, Math.max(0, this.lines.length - 1));
    const first = !id && line === 0 && this.lines.at(0)?.group ? 1 : line;
    this.cursor = at(first, clamp(this.cursor.active.column, 1, this.columns.length - 1));
  }

  get activeRow(): Row | undefined {
    return this.lines.rowAt(this.cursor.active.line);
  }

  get activeColumn(): Column {
    return this.columns[this.cursor.active.column] ?? this.columns[1]!;
  }

  /** The rows and columns that the cursor's range covers. */
  get reach(): { rows: Row[]; columns: Column[] } {
    const range = rangeOf(this.cursor);
    return { rows: this.lines.rowsBetween(range.top, range.bottom), columns: this.columns.slice(range.left, range.right + 1) };
  }

  get pickedRows(): Row[] {
    return [...this.picked].flatMap((id) => this.sheet.byId.get(id) ?? []);
  }

  pick(rows: Row[], on = rows.some((row) => !this.picked.has(row.id))): void {
    for (const row of rows) {
      if (on) this.picked.add(row.id);
      else this.picked.delete(row.id);
    }
  }

  keepColumns(): void {
    try {
      localStorage.setItem(KEEP + this.props.project, this.view.columns.join(","));
    } catch {
      // Without a store the address keeps them.
    }
  }

  /** Into the address, so that reload, back and a copied link show the same. */
  keepView(): void {
    const query = writeView(this.view);
    history.replaceState(history.state, "", location.pathname + (query ? `?${query}` : "") + location.hash);
  }
}

function keptColumns(project: string): string[] {
  try {
    return (localStorage.getItem(KEEP + project) ?? "").split(",").filter(Boolean);
  } catch {
    return [];
  }
}
