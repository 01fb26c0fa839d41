/** What columns there are, what stands in each for a row, and what of it a person may change. */
import type { Person, Row, Sheet, StageColumn, Step, Value } from "./model";
import { PRIORITIES, STATUS } from "./words";

export type Kind = "check" | "name" | "due" | "round" | "stage" | "status" | "text" | "long" | "choice" | "person" | "date" | "number" | "checkbox";

export interface Column {
  /** In the URL: `due`, `kind`, `s:<definition>`, `c:<custom key>`. */
  key: string;
  title: string;
  kind: Kind;
  width: number;
  /** The API's name of it; nothing for what cannot be edited. */
  field?: string;
  stage?: StageColumn;
  custom?: string;
  choices?: [string, string][];
}

export interface CustomField {
  key: string;
  name: string;
  kind: "text" | "number" | "date" | "choice" | "checkbox" | "person";
  choices: string[];
}

/** Always there, always first, frozen on the left. */
export const FROZEN: Column[] = [
  { key: "check", title: "Select", kind: "check", width: 40 },
  { key: "name", title: "Deliverable", kind: "name", width: 248, field: "name" },
  { key: "due", title: "Due", kind: "due", width: 84, field: "due_on" },
  { key: "round", title: "Round", kind: "round", width: 56, field: "rounds_included" },
];
const DETAILS: Column[] = [
  { key: "assignee", title: "Assignee", kind: "person", width: 148, field: "assignee" },
  { key: "status", title: "Status", kind: "status", width: 132, field: "held" },
  { key: "priority", title: "Priority", kind: "choice", width: 92, field: "priority", choices: PRIORITIES },
  { key: "kind", title: "Type", kind: "text", width: 132, field: "kind" },
  { key: "specification", title: "Specification", kind: "text", width: 180, field: "specification" },
  { key: "language", title: "Language", kind: "text", width: 104, field: "language" },
  { key: "market", title: "Market", kind: "text", width: 104, field: "market" },
];
const NOTES: Column = { key: "notes", title: "Notes", kind: "long", width: 320, field: "notes" };
const SHOWN_FIRST = new Set(["assignee"]);

/** Every column that can be shown, but the frozen ones, in their own order. */
export function columnsOf(sheet: Sheet, fields: CustomField[]): Column[] {
  const stages = sheet.stages.map((stage): Column => ({ key: `s:${stage.id}`, title: stage.name, kind: "stage", width: 135, stage }));
  return [...stages, ...DETAILS, NOTES, ...fields.map(customColumn)];
}

function customColumn(field: CustomField): Column {
  const kinds: Record<string, Kind> = { checkbox: "checkbox", choice: "choice", date: "date", number: "number", person: "person" };
  const column: Column = { key: `c:${field.key}`, title: field.name, kind: kinds[field.kind] ?? "text", width: 132, field: "custom", custom: field.key };
  if (field.kind === "choice") column.choices = field.choices.map((choice) => [choice, choice]);
  return column;
}

/** The columns to show: those that `keys` names in its order, else stages, owner and notes. */
export function shownColumns(all: Column[], keys: string[]): Column[] {
  if (!keys.length) return [...FROZEN, ...all.filter((one) => one.stage || one.key === "notes" || SHOWN_FIRST.has(one.key))];
  const byKey = new Map(all.map((column) => [column.key, column]));
  return [...FROZEN, ...keys.flatMap((key) => byKey.get(key) ?? [])];
}

export function stepOf(row: Row, column: Column): Step | undefined {
  return column.stage ? row.steps[column.stage.id] : undefined;
}

/** The plain value that an edit changes. */
export function valueOf(row: Row, column: Column): Value {
  if (column.stage) return row.steps[column.stage.id]?.status ?? null;
  if (column.custom) return row.custom[column.custom] ?? null;
  if (column.key === "status") return row.status;
  return column.field ? ((row as unknown as Record<string, Value>)[column.field] ?? null) : null;
}

/** The cell as a spreadsheet would show it. */
export function textOf(row: Row, column: Column, people: Map<string, Person>): string {
  const value = valueOf(row, column);
  if (column.kind === "round") return row.rounds_included === null ? `R${row.round}` : `R${row.round}/${row.rounds_included}`;
  if (value === null || value === "") return "";
  if (column.kind === "stage" || column.kind === "status") return STATUS[String(value)]?.word ?? String(value);
  if (column.kind === "person") return people.get(String(value))?.name ?? "";
  if (column.kind === "checkbox") return value ? "Yes" : "No";
  return column.choices?.find(([key]) => key === value)?.[1] ?? String(value);
}

const ORDER: Record<string, number> = Object.fromEntries(Object.keys(STATUS).map((key, index) => [key, index]));
const URGENCY: Record<string, number> = { urgent: 0, high: 1, normal: 2, low: 3 };

/** What rows are sorted by; null comes last whichever way. */
export function sortKey(row: Row, column: Column, people: Map<string, Person>): string | number | null {
  const value = valueOf(row, column);
  if (column.kind === "round") return row.round;
  if (value === null || value === "") return null;
  if (column.kind === "stage" || column.kind === "status") return ORDER[String(value)] ?? 99;
  if (column.key === "priority") return URGENCY[String(value)] ?? 9;
  if (column.kind === "person") return people.get(String(value))?.name.toLowerCase() ?? null;
  if (typeof value === "number" || typeof value === "boolean") return Number(value);
  return value.toLowerCase();
}
