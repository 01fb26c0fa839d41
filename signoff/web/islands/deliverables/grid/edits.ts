/** Changes on their way: shown at once, sent in order, taken back with words when the server refuses. */
import { ApiError, del, patch, post } from "../../api";
import { fieldOf, isApproval, partOf, plan, present, put, stepOf, type Change, type Request } from "./changes";
import type { Row, Value } from "./model";
import { plural } from "./words";

export interface Conflict {
  change: Change;
  /** What the other person's change made of it. */
  theirs: Value;
}

export interface EditHooks {
  /** These rows look different now. */
  changed: (ids: Set<string>) => void;
  refused: (change: Change, words: string) => void;
  refusedMany: (words: string[], count: number) => void;
  conflict: (conflict: Conflict) => void;
  /** Something can be undone: `label` says what. */
  done: (label: string) => void;
  /** The server has changed more than we know: read the grid again. */
  stale: () => void;
}

interface Undo {
  label: string;
  run: () => Promise<unknown>;
}

interface StageAnswer {
  version: number;
  status: string;
  assignee: string | null;
  due_on: string | null;
  act?: string;
  deliverable?: { status: string; version: number };
}

interface RowAnswer {
  version: number;
  status?: string;
  act?: string;
}

const AT_ONCE = 4;

export class Edits {
  private readonly waiting = new Map<string, Promise<unknown>>();
  private readonly undos: Undo[] = [];
  private open = 0;

  constructor(private readonly project: string, private readonly hooks: EditHooks) {}

  get lastLabel(): string {
    return this.undos.at(-1)?.label ?? "";
  }

  /** Is something on its way for this row? Then what the server says of it elsewhere is older. */
  isBusy(id: string): boolean {
    return this.waiting.has(id);
  }

  get pending(): number {
    return this.open;
  }

  remember(label: string, run: () => Promise<unknown>): void {
    this.undos.push({ label, run });
    this.hooks.done(label);
  }

  /** Shows the changes now and sends them; answers when all are through. */
  async run(changes: Change[], label: string): Promise<void> {
    const requests = plan(changes);
    if (!requests.length) return;
    const all = requests.flatMap((request) => request.changes);
    const before = new Map(all.map((change) => [change, present(change)]));
    for (const change of all) put(change, change.value);
    this.hooks.changed(new Set(all.map((change) => change.row.id)));
    const undos: (() => Promise<unknown>)[] = [];
    const refused: string[] = [];
    this.open += 1;
    await inTurns(requests, (request) => this.send(request, before, undos, refused));
    this.open -= 1;
    if (refused.length) this.hooks.refusedMany(refused, all.length);
    if (undos.length) this.remember(label, async () => void (await inTurns(undos.reverse(), (undo) => undo(), 1)));
  }

  /** Takes the last change back; false when there is none. */
  async undo(): Promise<boolean> {
    const last = this.undos.pop();
    if (!last) return false;
    try {
      await last.run();
    } catch (error) {
      this.hooks.refusedMany([wordsOf(error)], 0);
    }
    this.hooks.done(this.lastLabel);
    this.hooks.stale();
    return true;
  }

  private async send(request: Request, before: Map<Change, Value>, undos: (() => Promise<unknown>)[], refused: string[]): Promise<void> {
    if (request.bulk) return this.sendMany(request, before, undos, refused);
    const change = request.changes[0]!;
    const alone = before.size === 1;
    await this.inRow(change.row, async () => {
      try {
        undos.push(await this.sendOne(change, before.get(change) ?? null));
      } catch (error) {
        put(change, before.get(change) ?? null);
        this.hooks.changed(new Set([change.row.id]));
        if (alone) this.tell(change, error);
        else refused.push(`${change.row.name}: ${wordsOf(error)}`);
      }
    });
  }

  private tell(change: Change, error: unknown): void {
    const current = error instanceof ApiError && error.code === "changed_meanwhile" ? currentOf(error) : undefined;
    if (!current) return this.hooks.refused(change, wordsOf(error));
    this.takeCurrent(change, current);
    this.hooks.changed(new Set([change.row.id]));
    this.hooks.conflict({ change, theirs: present(change) });
  }

  /** Sends one change; when somebody changed something else of the row meanwhile, again with the version of now. */
  private async sendOne(change: Change, base: Value): Promise<() => Promise<unknown>> {
    try {
      return await this.request(change, base);
    } catch (error) {
      const current = error instanceof ApiError && error.code === "changed_meanwhile" ? currentOf(error) : undefined;
      if (!current || plainOf(change, current) !== base) throw error;
      this.takeCurrent(change, current);
      put(change, change.value);
      return this.request(change, base);
    }
  }

  private async request(change: Change, base: Value): Promise<() => Promise<unknown>> {
    const step = stepOf(change);
    if (!step) return this.patchRow(change, base);
    if (isApproval(change)) {
      const answer = await post<StageAnswer>(`/stages/${step.id}/approval`, { version: step.version });
      this.takeStep(change, answer);
      return () => del(`/stages/${step.id}/approval`);
    }
    const answer = await patch<StageAnswer>(`/stages/${step.id}`, { [partOf(change)]: change.value, version: step.version });
    this.takeStep(change, answer);
    return answer.act ? () => post("/undo", { act: answer.act }) : () => patch(`/stages/${step.id}`, { [partOf(change)]: base });
  }

  private async patchRow(change: Change, base: Value): Promise<() => Promise<unknown>> {
    const { row } = change;
    const answer = await patch<RowAnswer>(`/deliverables/${row.id}`, { ...fieldOf(change), version: row.version });
    row.version = answer.version;
    if (answer.status) row.status = answer.status;
    this.hooks.changed(new Set([row.id]));
    return answer.act ? () => post("/undo", { act: answer.act }) : () => patch(`/deliverables/${row.id}`, fieldOf({ ...change, value: base }));
  }

  private takeStep(change: Change, answer: StageAnswer): void {
    const step = stepOf(change);
    if (step) Object.assign(step, { version: answer.version, status: answer.status, assignee: answer.assignee, due_on: answer.due_on });
    if (answer.deliverable) Object.assign(change.row, { status: answer.deliverable.status, version: answer.deliverable.version });
    this.hooks.changed(new Set([change.row.id]));
  }

  /** What the refusal says stands in the row now. */
  private takeCurrent(change: Change, current: Record<string, unknown>): void {
    const step = stepOf(change);
    const known = Object.fromEntries(Object.entries(current).map(([name, value]) => [name === "assignee_id" ? "assignee" : name, value]));
    const target = (step ?? change.row) as unknown as Record<string, unknown>;
    for (const [name, value] of Object.entries(known)) if (name in target) target[name] = value;
  }

  private async sendMany(request: Request, before: Map<Change, Value>, undos: (() => Promise<unknown>)[], refused: string[]): Promise<void> {
    const byRow = new Map(request.changes.map((change) => [change.row.id, change]));
    const back = (change: Change): void => put(change, before.get(change) ?? null);
    try {
      const body = { deliverables: [...byRow.keys()], change: request.bulk };
      const answer = await post<{ changed: number; refused: { id: string; message: string }[]; act: string }>(`/projects/${this.project}/bulk`, body);
      for (const { id, message } of answer.refused) {
        const change = byRow.get(id);
        if (change) back(change);
        refused.push(`${change?.row.name ?? plural(1, "row")}: ${message}`);
      }
      if (answer.changed) undos.push(() => post("/undo", { act: answer.act }));
    } catch (error) {
      request.changes.forEach(back);
      refused.push(wordsOf(error));
    }
    this.hooks.changed(new Set(byRow.keys()));
    this.hooks.stale();
  }

  /** One request a row at a time: the next one needs the version that this one makes. */
  private inRow(row: Row, work: () => Promise<void>): Promise<void> {
    const next = (this.waiting.get(row.id) ?? Promise.resolve()).then(work);
    const kept = next.finally(() => {
      if (this.waiting.get(row.id) === kept) this.waiting.delete(row.id);
    });
    this.waiting.set(row.id, kept);
    return kept;
  }
}

async function inTurns<T>(items: T[], work: (item: T) => Promise<unknown>, atOnce = AT_ONCE): Promise<void> {
  const left = [...items];
  const take = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, take));
}

function currentOf(error: ApiError): Record<string, unknown> | undefined {
  const said = error.problem.current ?? (error.problem.detail_values as Record<string, unknown> | undefined)?.current;
  return typeof said === "object" && said !== null ? (said as Record<string, unknown>) : undefined;
}

/** The value of this change's field in what the server says stands there. */
function plainOf(change: Change, current: Record<string, unknown>): Value {
  const { column } = change;
  if (column.stage) return (current[partOf(change)] ?? current[`${partOf(change)}_id`] ?? null) as Value;
  if (column.custom) return ((current.custom as Record<string, Value> | undefined)?.[column.custom] ?? null) as Value;
  const field = column.field ?? "";
  return (current[field] ?? current[`${field}_id`] ?? null) as Value;
}

export function wordsOf(error: unknown): string {
  if (error instanceof ApiError) return error.detail;
  return error instanceof Error ? error.message : "That did not work. Try again.";
}
