/** The draft on the server, so that another device has it, too: put there shortly after each change, one at a time. */
import { ApiError, del, put } from "../../api";
import { isEmpty } from "./store_draft";
import type { Draft } from "./types";

/** `here`: so far in this browser only. */
export type Kept = "" | "here" | "saved";

const SOON = 800; // ms
const AGAIN = 8_000;

export class ServerDraft {
  kept: Kept = "";
  private timer = 0;
  private wanted: Draft | null = null;
  private there: string | null;
  private working: Promise<void> = Promise.resolve();

  /** `there`: the id of the draft that the server has. */
  constructor(private readonly round: string, there: string | null, private readonly changed: () => void) {
    this.there = there;
    window.addEventListener("online", () => this.wanted && this.soon(0));
  }

  /** `there`: what it has, when the page opens. */
  keep(draft: Draft, there: Draft | null = null): void {
    if (there && there.sent_as === draft.sent_as && there.at === draft.at) return this.say("saved");
    this.wanted = draft;
    this.say(isEmpty(draft) ? "" : "here");
    this.soon(SOON);
  }

  /** It is being sent; the server takes its draft away by itself. */
  leave(id: string): void {
    if (this.wanted?.sent_as === id) this.wanted = null;
    if (this.there === id) this.there = null;
    this.say("");
  }

  private soon(wait: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => (this.working = this.working.then(() => this.write())), wait);
  }

  private async write(): Promise<void> {
    const draft = this.wanted;
    if (!draft) return;
    try {
      await this.tell(draft);
      if (this.wanted !== draft) return;
      this.wanted = null;
      this.say(isEmpty(draft) ? "" : "saved");
    } catch (error) {
      const isRefused = error instanceof ApiError && error.status >= 400 && error.status < 500;
      if (isRefused && this.wanted === draft) this.wanted = null; // too large, or not allowed: it is kept here
      else if (this.wanted === draft) this.soon(AGAIN);
    }
  }

  private async tell(draft: Draft): Promise<void> {
    const path = `/rounds/${this.round}/draft`;
    if (!isEmpty(draft)) {
      await put(path, { content: draft });
      this.there = draft.sent_as;
    } else if (this.there === draft.sent_as) {
      await del(path);
      this.there = null;
    }
  }

  private say(kept: Kept): void {
    if (kept === this.kept) return;
    this.kept = kept;
    this.changed();
  }
}
