/** What others say and settle, as it happens: one comment alone where that is enough, else all of the round. */
import { ApiError, get } from "../../api";
import type { LiveDetail } from "../../live";
import type { Comment } from "./types";

export const HEARD = [
  "comment.added", "comment.changed", "comment.removed", "comment.released", "note.changed", "note.addressed", "note.verified",
  "note.reopened", "note.refused", "note.superseded", "resync", "round.locked", "round.unlocked",
];

export interface Host {
  round: { id: string; round: number };
  deliverable: string;
  comments: Comment[];
  took: (comment: Comment) => void;
  tookAll: (comments: Comment[], since: Set<string>) => void;
  gone: (id: string) => void;
  /** Ids that came since this was called, in this set. */
  watch: () => Set<string>;
  unwatch: (since: Set<string>) => void;
}

const SOON = 120; // ms: what comes together is asked for together
const AGAIN = 4_000;
const FEW = 3;
const WHOLE = new Set(["comment.removed", "comment.released"]); // answers come and go with it

export class LiveComments {
  private readonly ids = new Set<string>();
  private isWhole = false;
  private timer = 0;
  private working: Promise<void> = Promise.resolve();

  constructor(private readonly host: Host) {
    for (const verb of HEARD) document.body.addEventListener(verb, (event) => this.hear((event as CustomEvent<LiveDetail>).detail));
    window.addEventListener("online", () => this.isWhole && this.soon());
  }

  /** Asks for all of them anew. */
  again(): void {
    this.isWhole = true;
    this.soon();
  }

  private hear(said: LiveDetail): void {
    if (said.deliverable && said.deliverable !== this.host.deliverable) return;
    if (said.many || !said.subject || WHOLE.has(said.verb)) this.isWhole = true;
    else this.ids.add(said.subject);
    this.soon();
  }

  private soon(wait = SOON): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => (this.working = this.working.then(() => this.read())), wait);
  }

  private async read(): Promise<void> {
    const ids = [...this.ids];
    this.ids.clear();
    const isWhole = this.isWhole || ids.length > FEW;
    this.isWhole = false;
    const unknown = isWhole ? [] : await Promise.all(ids.map((id) => this.readOne(id)));
    if (isWhole || unknown.includes(true)) await this.readAll();
  }

  /** True when only the whole list can tell: it is of another round, or an answer to something of another one. */
  private async readOne(id: string): Promise<boolean> {
    try {
      const comment = await get<Comment>(`/comments/${id}`);
      const head = comment.parent ? this.host.comments.find((one) => one.id === comment.parent) : comment;
      if (head?.note?.round !== this.host.round.round) return true;
      this.host.took(comment);
      return false;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) this.host.gone(id);
      return !(error instanceof ApiError && error.status === 404);
    }
  }

  private async readAll(): Promise<void> {
    const since = this.host.watch();
    try {
      const { comments } = await get<{ comments: Comment[] }>(`/rounds/${this.host.round.id}/comments`);
      this.host.tookAll(comments, since);
    } catch {
      this.isWhole = true; // what was heard is not lost with the line on which it was to be fetched
      this.soon(AGAIN);
    } finally {
      this.host.unwatch(since);
    }
  }
}
