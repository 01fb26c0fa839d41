/** What a person changes in cells, as the API takes it: single changes, or many alike as one. Pure. */
import { valueOf, type Column } from "./columns";
import type { Row, Step, Value } from "./model";

/** One cell's new value. `part` says what of a stage. */
export interface Change {
  row: Row;
  column: Column;
  value: Value;
  part?: "status" | "assignee" | "due_on";
}

export interface Request {
  changes: Change[];
  /** What `POST …/bulk` takes as `change`; nothing when each change is a request of its own. */
  bulk?: Record<string, unknown>;
}

/** From here on, alike changes of many rows go as one request. */
const MANY = 3;
const IN_BULK = new Set(["priority", "due_on", "assignee", "held"]);

export function partOf(change: Change): "status" | "assignee" | "due_on" {
  return change.part ?? "status";
}

/** What the cell holds now of what the change would set. */
export function present(change: Change): Value {
  if (!change.column.stage) return change.column.key === "status" ? heldOf(change.row) : valueOf(change.row, change.column);
  const step = change.row.steps[change.column.stage.id];
  return step ? (step[partOf(change)] as Value) : null;
}

export function heldOf(row: Row): string {
  return row.status === "on_hold" || row.status === "cancelled" ? row.status : "";
}

/** Puts the value into the row, for the page to show before the server has answered. */
export function put(change: Change, value: Value): void {
  const { row, column } = change;
  if (column.stage) {
    const step = row.steps[column.stage.id] as unknown as Record<string, Value> | undefined;
    if (step) step[partOf(change)] = value;
  } else if (column.custom) row.custom = { ...row.custom, [column.custom]: value };
  else if (column.key === "status") row.status = String(value || "in_progress");
  else if (column.field) (row as unknown as Record<string, Value>)[column.field] = value;
}

/** The body of the PATCH of a deliverable. */
export function fieldOf({ column, value }: Change): Record<string, unknown> {
  if (column.custom) return { custom: { [column.custom]: value } };
  return { [column.field!]: value };
}

/** Does approving this take the approval's own way, not a status? */
export function isApproval(change: Change): boolean {
  const step = stepOf(change);
  return partOf(change) === "status" && change.value === "approved" && step !== undefined && step.approval !== "none";
}

export function stepOf(change: Change): Step | undefined {
  return change.column.stage ? change.row.steps[change.column.stage.id] : undefined;
}

/** Drops what changes nothing or has no stage, and brings alike changes of many rows together. */
export function plan(changes: Change[]): Request[] {
  const wanted = changes.filter((change) => (!change.column.stage || stepOf(change)) && present(change) !== change.value);
  const alike = new Map<string, Change[]>();
  const requests: Request[] = [];
  for (const change of wanted) {
    const bulk = bulkOf(change);
    if (!bulk) requests.push({ changes: [change] });
    else alike.set(JSON.stringify(bulk), [...(alike.get(JSON.stringify(bulk)) ?? []), change]);
  }
  for (const [bulk, together] of alike) {
    if (together.length >= MANY) requests.push({ changes: together, bulk: JSON.parse(bulk) as Record<string, unknown> });
    else requests.push(...together.map((change) => ({ changes: [change] })));
  }
  return requests;
}

function bulkOf(change: Change): Record<string, unknown> | undefined {
  const { column, value } = change;
  if (isApproval(change)) return undefined;
  if (column.stage) return { stage: { definition: column.stage.id, [partOf(change)]: value } };
  return column.field && IN_BULK.has(column.field) ? { [column.field]: value } : undefined;
}
