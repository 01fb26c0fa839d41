/** The grid's rows as the page keeps them: read from the API's columns-and-lists, merged when something changed. */

export type Approval = "none" | "simple" | "formal";
export type Value = string | number | boolean | null;

export interface StageColumn {
  id: string;
  name: string;
  approval: Approval;
  isWithClient: boolean;
}

export interface Person {
  id: string;
  name: string;
  hue: number;
  isClient: boolean;
}

/** One stage of one deliverable. */
export interface Step {
  id: string;
  status: string;
  approval: Approval;
  assignee: string | null;
  due_on: string | null;
  version: number;
}

export interface Row {
  id: string;
  name: string;
  slug: string;
  kind: string;
  specification: string;
  language: string;
  market: string;
  status: string;
  priority: string;
  due_on: string | null;
  round: number;
  rounds_included: number | null;
  assignee: string | null;
  notes: string;
  custom: Record<string, Value>;
  version: number;
  /** The thumbnail that stands for it. */
  cover: string | null;
  /** By stage definition. */
  steps: Record<string, Step>;
}

type StageList = [id: string, column: number, status: number, approval: number, assignee: number | null, due: string | null, version: number];

/** What `GET /projects/{id}/grid` answers; signoff/deliverables/board.py says what is in it. */
export interface GridData {
  project: string;
  columns: string[];
  stage_statuses: string[];
  stages: [id: string, name: string, approval: Approval, isWithClient: boolean][];
  people: [id: string, name: string, hue: number, isClient: boolean][];
  rows: unknown[][];
}

const APPROVALS: Approval[] = ["none", "simple", "formal"];

/** Which rows are new or differ, and whether rows or stages came or went. */
export interface Taken {
  changed: Set<string>;
  moved: boolean;
}

export class Sheet {
  stages: StageColumn[] = [];
  people = new Map<string, Person>();
  rows: Row[] = [];
  byId = new Map<string, Row>();

  /** Takes a whole grid over; answers which rows are new or differ, and whether any came or went. Rows keep their identity. */
  replace(data: GridData): Taken {
    const before = this.byId;
    const heads = JSON.stringify(this.stages);
    this.takeHeads(data, true);
    const changed = new Set<string>();
    let isOther = heads !== JSON.stringify(this.stages);
    this.rows = readRows(data).map((row) => {
      const old = before.get(row.id);
      if (!old) isOther = true;
      if (!sameRow(old, row)) changed.add(row.id);
      return old ? Object.assign(old, row) : row;
    });
    this.byId = new Map(this.rows.map((row) => [row.id, row]));
    return { changed, moved: isOther || before.size !== this.byId.size };
  }

  /** Takes single rows over: into their place, or at the end. Answers as `replace` does. */
  merge(data: GridData): Taken {
    const stagesBefore = this.stages.length;
    this.takeHeads(data, false);
    const changed = new Set<string>();
    let moved = this.stages.length !== stagesBefore;
    for (const row of readRows(data)) {
      const old = this.byId.get(row.id);
      if (sameRow(old, row)) continue;
      changed.add(row.id);
      if (old) Object.assign(old, row);
      else {
        this.rows.push(row);
        this.byId.set(row.id, row);
        moved = true;
      }
    }
    return { changed, moved };
  }

  remove(ids: Iterable<string>): void {
    for (const id of ids) this.byId.delete(id);
    this.rows = this.rows.filter((row) => this.byId.has(row.id));
  }

  personNamed(text: string): Person | undefined {
    const wanted = text.trim().toLowerCase();
    const all = [...this.people.values()];
    const exact = all.find((person) => person.name.toLowerCase() === wanted);
    if (exact || !wanted) return exact;
    const begins = all.filter((person) => person.name.toLowerCase().split(/\s+/).some((word) => word.startsWith(wanted)));
    return begins.length === 1 ? begins[0] : undefined;
  }

  private takeHeads(data: GridData, whole: boolean): void {
    const stages = data.stages.map(([id, name, approval, isWithClient]) => ({ id, name, approval, isWithClient }));
    const known = new Set(this.stages.map((stage) => stage.id));
    this.stages = whole ? stages : [...this.stages, ...stages.filter((stage) => !known.has(stage.id))];
    for (const [id, name, hue, isClient] of data.people) this.people.set(id, { id, name, hue, isClient });
  }
}

function readRows(data: GridData): Row[] {
  const at = (name: string): number => data.columns.indexOf(name);
  const [assigneeAt, stagesAt] = [at("assignee"), at("stages")];
  const person = (index: number | null): string | null => (index === null ? null : (data.people[index]?.[0] ?? null));
  const plain = data.columns.flatMap((name, index) => (index === assigneeAt || index === stagesAt ? [] : [[name, index] as const]));
  return data.rows.map((list) => {
    const row: Record<string, unknown> = {};
    for (const [name, index] of plain) row[name] = list[index];
    row.assignee = person(list[assigneeAt] as number | null);
    const steps: Record<string, Step> = {};
    for (const [id, column, status, approval, assignee, due_on, version] of list[stagesAt] as StageList[]) {
      const definition = data.stages[column]?.[0];
      if (!definition) continue;
      steps[definition] = {
        id,
        status: data.stage_statuses[status] ?? "not_started",
        approval: APPROVALS[approval] ?? "none",
        assignee: person(assignee),
        due_on,
        version,
      };
    }
    row.steps = steps;
    return row as unknown as Row;
  });
}

/** Versions tell: every change of a deliverable or a stage makes one of them higher; a cover comes without. */
export function sameRow(a: Row | undefined, b: Row): boolean {
  if (!a || a.version !== b.version || a.status !== b.status || a.round !== b.round || a.cover !== b.cover || a.due_on !== b.due_on) return false;
  const [left, right] = [Object.keys(a.steps), Object.keys(b.steps)];
  if (left.length !== right.length) return false;
  return right.every((key) => {
    const [one, other] = [a.steps[key], b.steps[key]];
    return one !== undefined && one.version === other?.version && one.status === other.status && one.id === other.id;
  });
}
