/** Opening a cell to change it: the right list or field for its column, and what is done with the answer. */
import type { Change } from "./changes";
import { heldOf, present } from "./changes";
import { heldOptions, peopleOptions, statusOptions, valueOptions } from "./choices";
import { stepOf, valueOf, type Column } from "./columns";
import { openField } from "./field";
import { openMenu } from "./menu";
import type { Row, Value } from "./model";
import type { State } from "./state";
import { STATUS, plural } from "./words";

/** What a cell needs of the grid. */
export interface Host {
  root: HTMLElement;
  state: State;
  anchor: () => Element | undefined;
  /** The same part of every cell in the range, or of the active one; `column` names another than the range's. */
  change: (value: Value, part?: Change["part"], column?: Column) => void;
  go: (key: string, extend: boolean) => void;
  say: (words: string) => void;
  opened: (row: Row, column: Column, isOpen: boolean) => void;
}

export function openCell(host: Host, typed?: string): void {
  const { state } = host;
  const [row, column] = [state.activeRow, state.activeColumn];
  if (!row) return;
  if (column.stage) return openStage(host, row, column);
  if (!state.props.may.edit) return host.say("Only producers and admins change this.");
  if (column.kind === "person") return openPeople(host, row, column, valueOf(row, column) as string | null);
  if (column.kind === "status") return openList(host, row, column, () => heldOptions(heldOf(row)));
  if (column.kind === "choice") return openList(host, row, column, () => valueOptions(column.choices ?? [], valueOf(row, column), column.key !== "priority"));
  if (column.kind === "checkbox") return host.change(!valueOf(row, column));
  openText(host, row, column, typed);
}

function openStage(host: Host, row: Row, column: Column): void {
  const { state } = host;
  const step = stepOf(row, column);
  if (!step) return host.say(`${row.name} has no ${column.title}.`);
  host.opened(row, column, true);
  openMenu(host.root, {
    title: titleOf(host, row, column),
    anchor: host.anchor,
    options: () => statusOptions(step, state.props, state.sheet.people, state.today),
    pick: (value) => {
      const [what, status = ""] = value.split(":");
      if (what === "status") host.change(status, "status");
      else queueMicrotask(() => (what === "assignee" ? openAssignee(host) : openStageDate(host, row, column)));
    },
    closed: () => host.opened(row, column, false),
  });
}

/** `a` in the grid: who does this stage, or who owns the deliverable. */
export function openAssignee(host: Host): void {
  const { state } = host;
  const row = state.activeRow;
  if (!row) return;
  const step = stepOf(row, state.activeColumn);
  const owner = state.all.find((one) => one.key === "assignee");
  const column = step || state.activeColumn.kind === "person" ? state.activeColumn : owner;
  if (!column) return;
  if (column.stage) return openPeople(host, row, column, step?.assignee ?? null, "assignee");
  if (!state.props.may.edit) return host.say("Only producers and admins assign deliverables.");
  openPeople(host, row, column, valueOf(row, column) as string | null);
}

function openPeople(host: Host, row: Row, column: Column, now: string | null, part?: Change["part"]): void {
  const { props, sheet } = host.state;
  if (part && !props.may.edit && !props.may.work) return host.say("Only producers and admins assign stages.");
  host.opened(row, column, true);
  openMenu(host.root, {
    title: titleOf(host, row, column),
    anchor: host.anchor,
    find: "Find a person",
    options: () => peopleOptions(sheet, now, props.may.edit ? null : props.me),
    pick: (value) => host.change(value || null, part, column),
    closed: () => host.opened(row, column, false),
  });
}

function openList(host: Host, row: Row, column: Column, options: () => ReturnType<typeof valueOptions>): void {
  host.opened(row, column, true);
  openMenu(host.root, {
    title: titleOf(host, row, column),
    anchor: host.anchor,
    options,
    pick: (value) => host.change(value || (column.key === "status" ? "" : null)),
    closed: () => host.opened(row, column, false),
  });
}

function openStageDate(host: Host, row: Row, column: Column): void {
  field(host, row, column, "date", stepOf(row, column)?.due_on ?? "", (value) => host.change(value || null, "due_on"));
}

function openText(host: Host, row: Row, column: Column, typed?: string): void {
  const now = typed ?? String(present({ row, column, value: null }) ?? "");
  const types = { due: "date", date: "date", round: "number", number: "number", long: "long" } as const;
  const type = types[column.kind as keyof typeof types] ?? "text";
  field(host, row, column, type, now, (value) => {
    const isEmpty = value.trim() === "";
    if (isEmpty && column.kind === "name") return host.say("A deliverable needs a name; the old one is kept.");
    if (type === "number") return host.change(isEmpty ? null : Number(value));
    if (type === "date" || column.custom) return host.change(isEmpty ? null : value);
    host.change(type === "long" ? value.trim() : value.trim().replace(/\s+/g, " "));
  });
}

function field(host: Host, row: Row, column: Column, type: "text" | "date" | "number" | "long", value: string, keep: (value: string) => void): void {
  const { state } = host;
  host.opened(row, column, true);
  openField(host.root, {
    label: `${column.title} of ${row.name}`,
    value,
    type,
    anchor: host.anchor,
    offers: ["kind", "language", "market"].includes(column.key) ? known(state, column) : [],
    most: { name: 200, specification: 300 }[column.key] ?? 80,
    keep: (typed, then) => {
      if (typed !== value) keep(typed);
      if (then === "Enter") host.go("ArrowDown", false);
      else if (then) host.go(then === "Tab" ? "ArrowRight" : "ArrowLeft", false);
    },
    closed: () => host.opened(row, column, false),
  });
}

function known(state: State, column: Column): string[] {
  return [...new Set(state.sheet.rows.map((row) => String(valueOf(row, column) ?? "")))].filter(Boolean).sort().slice(0, 50);
}

function titleOf(host: Host, row: Row, column: Column): string {
  const { rows, columns } = host.state.reach;
  if (rows.length > 1 && columns.length === 1) return `${column.title}, ${plural(rows.length, "deliverable")}`;
  return `${column.title}, ${row.name}`;
}

/** How a change reads in the foot and on its Undo. */
export function labelOf(changes: Change[], people: Map<string, { name: string }>): string {
  const [first] = changes;
  if (!first) return "";
  const { column, value } = first;
  const of = changes.length === 1 ? first.row.name : plural(new Set(changes.map((change) => change.row.id)).size, "deliverable");
  if (first.part === "assignee" || column.kind === "person") return `${value ? `Assigned ${people.get(String(value))?.name ?? "somebody"} to` : "Unassigned"} ${column.stage ? `${column.title}, ` : ""}${of}`;
  if (column.stage && first.part !== "due_on") return `${column.title} of ${of}: ${STATUS[String(value)]?.word ?? ""}`;
  return `${column.title} of ${of} changed`;
}
