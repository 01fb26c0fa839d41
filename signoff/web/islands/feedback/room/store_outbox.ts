/** What was sent and has not arrived: sent again until it has, in order, by one tab at a time, and never twice. */
import { ApiError, call, get } from "../../api";
import { attach } from "./store_attach";
import { asChanged, asSent, saysTheSame } from "./store_draft";
import { inTurn } from "./store_locks";
import { Shelf } from "./store_shelf";
import type { Comment, Draft } from "./types";

export interface Sending {
  sent_as: string;
  draft: Draft;
  /** `waiting` for the network; `refused` until somebody changes something. */
  state: "sending" | "waiting" | "refused";
  said: string;
  tries: number;
}

export interface Host {
  round: string;
  me: string;
  took: (comment: Comment, draft: Draft) => void;
  refused: (sending: Sending) => void;
  changed: () => void;
}

const FIRST = 2_000; // ms until it is tried again; twice as long each time
const LONGEST = 30_000;
const PATIENCE = 45_000; // a line that is dead without saying so is tried again

export class Outbox {
  list: Sending[] = [];
  /** Files cannot be kept in a browser's small storage: they live as long as the page. */
  readonly files = new Map<string, File[]>();
  private readonly shelf: Shelf<Sending>;
  private unkept = new Set<string>();
  private timer = 0;
  private working: Promise<void> | null = null;

  constructor(private readonly host: Host) {
    this.shelf = new Shelf(`signoff.sending.${host.me}.${host.round}.`);
    this.list = this.shelf.all().sort((a, b) => (a.draft.at ?? 0) - (b.draft.at ?? 0));
    window.addEventListener("online", () => void this.go());
    window.addEventListener("beforeunload", (event) => this.warn(event));
    document.body.addEventListener("resync", () => void this.go());
  }

  add(draft: Draft, files: File[] = []): Promise<void> {
    const sending: Sending = { sent_as: draft.sent_as, draft, state: "sending", said: "", tries: 0 };
    this.list = [...this.list.filter((one) => one.sent_as !== draft.sent_as), sending];
    if (files.length) this.files.set(draft.sent_as, files);
    this.note(sending);
    return this.go();
  }

  /** Tries all that wait; one that was refused only when it is asked for. */
  go(id = ""): Promise<void> {
    window.clearTimeout(this.timer);
    for (const one of this.list) if (one.sent_as === id) one.state = "waiting";
    this.working ??= this.work().finally(() => (this.working = null));
    return this.working;
  }

  /** Out of here, to be written on or thrown away. */
  takeBack(id: string): Sending | null {
    const found = this.list.find((one) => one.sent_as === id && one.state !== "sending") ?? null;
    if (found) this.forget(id);
    return found;
  }

  /** It arrived another way: another tab sent it, or an answer was lost. */
  arrived(id: string): void {
    const found = this.list.find((one) => one.sent_as === id);
    if (found && found.state !== "sending" && !this.files.has(id)) this.forget(id);
  }

  private async work(): Promise<void> {
    for (let next = this.next(); next; next = this.next()) {
      const sending = next;
      const isDone = await inTurn(`signoff.sending.${this.host.round}`, () => this.send(sending));
      if (!isDone) break;
    }
    for (const one of this.list) if (one.state === "sending") one.state = "waiting"; // behind one that the network kept
    const waiting = this.list.filter((one) => one.state === "waiting");
    const tries = Math.min(...waiting.map((one) => one.tries));
    if (waiting.length) this.timer = window.setTimeout(() => void this.go(), Math.min(FIRST * 2 ** (tries - 1), LONGEST));
  }

  private next(): Sending | undefined {
    return this.list.find((one) => one.state !== "refused");
  }

  /** False when the network is the trouble, so that the next one is not tried either. */
  private async send(sending: Sending): Promise<boolean> {
    if (!this.unkept.has(sending.sent_as) && !this.shelf.find(sending.sent_as)) {
      this.forget(sending.sent_as); // another tab has sent it meanwhile
      return true;
    }
    sending.state = "sending";
    sending.tries += 1;
    this.note(sending);
    try {
      const comment = await this.attached(sending, await this.said(sending));
      this.forget(sending.sent_as);
      this.host.took(comment, sending.draft);
      return true;
    } catch (error) {
      return this.failed(sending, error);
    }
  }

  private async said({ draft, tries }: Sending): Promise<Comment> {
    if (draft.edits) return saidAnew(draft, tries);
    const comment = await call<Comment>("POST", `/rounds/${this.host.round}/comments`, asSent(draft), AbortSignal.timeout(PATIENCE));
    const isOlder = tries > 1 || draft.version !== undefined; // it may have arrived before it was changed here
    if (!isOlder || saysTheSame(draft, comment) || !comment.may.includes("change")) return comment;
    return call<Comment>("PATCH", `/comments/${comment.id}`, asChanged(draft, comment.version), AbortSignal.timeout(PATIENCE));
  }

  private async attached(sending: Sending, comment: Comment): Promise<Comment> {
    for (let file = this.files.get(sending.sent_as)?.[0]; file; file = this.files.get(sending.sent_as)?.[0]) {
      comment = await attach(comment, file);
      const left = this.files.get(sending.sent_as)?.slice(1) ?? [];
      if (left.length) this.files.set(sending.sent_as, left);
      else this.files.delete(sending.sent_as);
    }
    return comment;
  }

  private failed(sending: Sending, error: unknown): boolean {
    const status = error instanceof ApiError ? error.status : 0;
    const isPassing = status === 0 || status >= 500 || status === 429 || status === 401;
    sending.state = isPassing ? "waiting" : "refused";
    sending.said = status === 0 ? "" : error instanceof ApiError ? error.detail : "";
    this.note(sending);
    if (!isPassing) this.host.refused(sending);
    return !isPassing;
  }

  private note(sending: Sending): void {
    if (!this.shelf.keep(sending)) this.unkept.add(sending.sent_as);
    this.host.changed();
  }

  private forget(id: string): void {
    this.list = this.list.filter((one) => one.sent_as !== id);
    this.shelf.drop(id);
    this.unkept.delete(id);
    this.host.changed();
  }

  private warn(event: BeforeUnloadEvent): void {
    if (this.files.size || this.unkept.size) event.preventDefault();
  }
}

/** Once more after an answer was lost: somebody changed it meanwhile, and that was oneself. */
async function saidAnew(draft: Draft, tries: number): Promise<Comment> {
  try {
    return await call<Comment>("PATCH", `/comments/${draft.edits}`, asChanged(draft, draft.version), AbortSignal.timeout(PATIENCE));
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 409 || tries < 2) throw error;
    const now = await get<Comment>(`/comments/${draft.edits}`);
    if (saysTheSame(draft, now)) return now;
    throw error;
  }
}
