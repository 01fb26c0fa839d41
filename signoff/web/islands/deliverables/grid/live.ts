/** What others change appears by itself, and never under the cursor of somebody who is typing. */
import { ApiError } from "../../api";
import type { Loader } from "./load";
import type { Sheet } from "./model";

export interface LiveHost {
  project: string;
  sheet: Sheet;
  loader: Loader;
  /** Is a change of this row on its way, or is somebody typing in it? Then it waits. */
  isHeld: (id: string) => boolean;
  /** Has this page changes on their way at all? */
  isBusy: () => boolean;
  took: (changed: Set<string>, moved: boolean) => void;
}

interface Said {
  project?: string | null;
  deliverable?: string | null;
  many?: boolean;
}

export const HEARD = [
  "deliverable.added", "deliverable.changed", "deliverable.removed", "stage.changed", "stage.assigned", "stage.submitted",
  "stage.changes_requested", "stage.approved", "stage.approval_withdrawn", "stage.added", "stage.removed", "change.undone",
  "round.added", "round.replaced", "round.withdrawn", "round.released", "round.withheld", "file.rendered", "file.progress",
  "import.applied", "import.undone", "stage_definition.changed", "pipeline.changed", "resync",
];
const SOON = 60;
const LATER = 400;
const MANY = 5;

export class Live {
  private readonly rows = new Set<string>();
  private isWhole = false;
  private timer = 0;
  private working: Promise<void> = Promise.resolve();

  constructor(private readonly host: LiveHost) {
    for (const verb of HEARD) document.body.addEventListener(verb, (event) => this.hear(verb, (event as CustomEvent<Said | null>).detail ?? {}));
  }

  /** Reads the whole grid again, soon. */
  stale(): void {
    this.isWhole = true;
    this.soon();
  }

  private hear(verb: string, said: Said): void {
    if (said.project && said.project !== this.host.project) return;
    if (said.deliverable && !said.many && verb !== "resync") this.rows.add(said.deliverable);
    else this.isWhole = true;
    this.soon();
  }

  private soon(wait = SOON): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => (this.working = this.working.then(() => this.read())), wait);
  }

  private async read(): Promise<void> {
    if (this.host.isBusy()) return this.soon(LATER);
    const held = [...this.rows].filter((id) => this.host.isHeld(id));
    const free = [...this.rows].filter((id) => !this.host.isHeld(id));
    if (this.isWhole || free.length > MANY) await this.readWhole();
    else for (const id of free) await this.readRow(id);
    if (held.length) this.soon(LATER);
  }

  private async readWhole(): Promise<void> {
    const { host } = this;
    this.isWhole = false;
    const asked = [...this.rows];
    const data = await host.loader.whole().catch(() => undefined);
    if (host.isBusy() || host.sheet.rows.some((row) => host.isHeld(row.id))) {
      if (data) await this.mergeFree(data);
      return;
    }
    for (const id of asked) this.rows.delete(id);
    if (!data) return;
    const { changed, moved } = host.sheet.replace(data);
    host.took(changed, moved);
  }

  /** All but the row that somebody is in; that one is asked for when it is free. */
  private async mergeFree(data: Parameters<Sheet["merge"]>[0]): Promise<void> {
    const { host } = this;
    const idAt = data.columns.indexOf("id");
    const isHeld = (row: unknown[]): boolean => host.isHeld(String(row[idAt]));
    for (const row of data.rows) if (isHeld(row)) this.rows.add(String(row[idAt]));
    const there = new Set(data.rows.map((row) => String(row[idAt])));
    const gone = host.sheet.rows.filter((row) => !there.has(row.id)).map((row) => row.id);
    host.sheet.remove(gone);
    const { changed, moved } = host.sheet.merge({ ...data, rows: data.rows.filter((row) => !isHeld(row)) });
    host.took(changed, moved || gone.length > 0);
    this.soon(LATER);
  }

  private async readRow(id: string): Promise<void> {
    this.rows.delete(id);
    try {
      const data = await this.host.loader.row(id);
      if (this.host.isHeld(id)) return void this.rows.add(id);
      if (!data.rows.length) return this.gone(id);
      const { changed, moved } = this.host.sheet.merge(data);
      this.host.took(changed, moved);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) this.gone(id);
    }
  }

  private gone(id: string): void {
    if (!this.host.sheet.byId.has(id)) return;
    this.host.sheet.remove([id]);
    this.host.took(new Set(), true);
  }
}
