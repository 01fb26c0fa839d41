/** Which rows are shown and how: read from the page's address, written back to it, applied to the rows. Pure. */
import { sortKey, type Column } from "./columns";
import type { Person, Row, Sheet } from "./model";
import { PRIORITIES, STATUS } from "./words";

export interface View {
  find: string;
  status: string[];
  priority: string[];
  kind: string[];
  /** People who own the deliverable or a stage of it; `none` is nobody. */
  who: string[];
  /** `<definition>:<status>`, each of which must hold. */
  stage: string[];
  late: boolean;
  over: boolean;
  waiting: boolean;
  sort: string;
  down: boolean;
  group: string;
  columns: string[];
}

export interface Group {
  key: string;
  title: string;
  rows: Row[];
  done: number;
}

export const GROUPS: [string, string][] = [["", "None"], ["kind", "Type"], ["status", "Status"], ["assignee", "Assignee"], ["priority", "Priority"]];
const DONE = new Set(["approved", "delivered"]);
const CLOSED = new Set(["approved", "delivered", "cancelled", "on_hold"]);
const LISTS = ["status", "priority", "kind", "who"] as const;
const FLAGS = ["late", "over", "waiting"] as const;

export function emptyView(): View {
  return {
    find: "", status: [], priority: [], kind: [], who: [], stage: [], late: false, over: false, waiting: false,
    sort: "", down: false, group: "kind", columns: [],
  };
}

export function readView(query: string): View {
  const said = new URLSearchParams(query);
  const view = emptyView();
  view.find = said.get("q") ?? "";
  for (const name of LISTS) view[name] = said.getAll(name);
  for (const name of FLAGS) view[name] = said.get(name) === "1";
  view.stage = said.getAll("stage");
  const sort = said.get("sort") ?? "";
  view.down = sort.startsWith("-");
  view.sort = sort.replace(/^-/, "");
  view.group = said.has("group") ? (said.get("group") ?? "").replace("none", "") : "kind";
  view.columns = (said.get("cols") ?? "").split(",").filter(Boolean);
  return view;
}

/** The address's query; nothing is said that is so anyway. */
export function writeView(view: View): string {
  const said = new URLSearchParams();
  if (view.find) said.set("q", view.find);
  for (const name of [...LISTS, "stage"] as const) for (const one of view[name]) said.append(name, one);
  for (const name of FLAGS) if (view[name]) said.set(name, "1");
  if (view.sort) said.set("sort", (view.down ? "-" : "") + view.sort);
  if (view.group !== "kind") said.set("group", view.group || "none");
  if (view.columns.length) said.set("cols", view.columns.join(","));
  return said.toString();
}

/** Only what decides which rows are shown: two views with the same filter show the same rows. */
export function filterOf(view: View): string {
  return writeView({ ...view, sort: "", down: false, group: "kind", columns: [] });
}

export function countFilters(view: View): number {
  const lists = [...LISTS, "stage"] as const;
  return lists.reduce((sum, name) => sum + view[name].length, 0) + FLAGS.filter((name) => view[name]).length;
}

export function isLate(row: Row, today: string): boolean {
  return row.due_on !== null && row.due_on < today && !CLOSED.has(row.status);
}

export function isOver(row: Row): boolean {
  return row.rounds_included !== null && row.round > row.rounds_included;
}

export function isWaiting(row: Row, clientStages: string[]): boolean {
  return clientStages.some((id) => row.steps[id]?.status === "in_review");
}

/** The rows that the view lets through. */
export function filterRows(sheet: Sheet, view: View, today: string): Row[] {
  const clientStages = sheet.stages.filter((stage) => stage.isWithClient).map((stage) => stage.id);
  const words = view.find.toLowerCase().split(/\s+/).filter(Boolean);
  const steps = view.stage.map((said) => said.split(":") as [string, string]);
  const one = (list: string[], value: string): boolean => !list.length || list.includes(value);
  return sheet.rows.filter(
    (row) =>
      one(view.status, row.status) &&
      one(view.priority, row.priority) &&
      one(view.kind, row.kind) &&
      (!view.who.length || isOf(row, view.who)) &&
      steps.every(([id, status]) => row.steps[id]?.status === status) &&
      (!view.late || isLate(row, today)) &&
      (!view.over || isOver(row)) &&
      (!view.waiting || isWaiting(row, clientStages)) &&
      (!words.length || holds(row, words, sheet.people)),
  );
}

function isOf(row: Row, who: string[]): boolean {
  const people = [row.assignee, ...Object.values(row.steps).map((step) => step.assignee)];
  return who.some((one) => (one === "none" ? people.every((id) => id === null) : people.includes(one)));
}

function holds(row: Row, words: string[], people: Map<string, Person>): boolean {
  const owner = row.assignee ? (people.get(row.assignee)?.name ?? "") : "";
  const text = `${row.name} ${row.kind} ${row.specification} ${row.language} ${row.market} ${row.notes} ${row.slug} ${owner}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** In the view's order; without one, in the project's. Equal rows keep their order. */
export function sortRows(rows: Row[], view: View, columns: Column[], people: Map<string, Person>): Row[] {
  const column = columns.find((one) => one.key === view.sort);
  if (!column) return rows;
  const keys = new Map(rows.map((row) => [row, sortKey(row, column, people)]));
  const way = view.down ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [left, right] = [keys.get(a) ?? null, keys.get(b) ?? null];
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
    if (typeof left === "string" && typeof right === "string") return way * left.localeCompare(right, undefined, { numeric: true });
    return left < right ? -way : left > right ? way : 0;
  });
}

/** The rows in groups; one group without a title when nothing is grouped by. */
export function groupRows(rows: Row[], by: string, people: Map<string, Person>): Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const key = by ? String((row as unknown as Record<string, unknown>)[by] ?? "") : "";
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { key, title: titleOf(by, key, people), rows: [], done: 0 }));
    group.rows.push(row);
    if (DONE.has(row.status)) group.done += 1;
  }
  const found = [...groups.values()];
  return by === "kind" || !by ? found : found.sort((a, b) => place(by, a) - place(by, b) || a.title.localeCompare(b.title));
}

function titleOf(by: string, key: string, people: Map<string, Person>): string {
  if (by === "status") return STATUS[key]?.word ?? key;
  if (by === "priority") return PRIORITIES.find(([value]) => value === key)?.[1] ?? key;
  if (by === "assignee") return people.get(key)?.name ?? "Nobody";
  return key || (by ? "Without a type" : "");
}

function place(by: string, group: Group): number {
  if (by === "status") return Object.keys(STATUS).indexOf(group.key);
  if (by === "priority") return -PRIORITIES.findIndex(([value]) => value === group.key);
  return group.key ? 0 : 1;
}
