/** What one has written and not sent: the draft that is open here, and others that wait, of this browser and the server.
 *
 * A draft is open in one tab only. Who opens a second tab begins a new one there; nothing is written over.
 */
import { isEmpty, newDraft, renewed } from "./store_draft";
import { take, taken } from "./store_locks";
import { ServerDraft } from "./store_server";
import { Shelf } from "./store_shelf";
import type { Audience, Comment, Draft } from "./types";

const NAME = "signoff.note.";

export interface Owner { round: string; me: string; audience: Audience; server: Draft | null; changed: (what: "draft" | "waiting") => void }

export class Drafts {
  current: Draft;
  /** Those that are open nowhere, the newest first. */
  waiting: Draft[] = [];
  readonly server: ServerDraft;
  private readonly shelf: Shelf<Draft>;
  private giveBack: (() => void) | null = null;

  constructor(private readonly owner: Owner, comments: Comment[]) {
    this.shelf = new Shelf(`${NAME}${owner.me}.${owner.round}.`);
    this.server = new ServerDraft(owner.round, owner.server?.sent_as ?? null, () => owner.changed("draft"));
    this.bring(owner.server, comments);
    const own = this.ownOfTab();
    this.current = own ?? this.newest() ?? newDraft(owner.audience);
    if (!isEmpty(this.current)) this.server.keep(this.current, owner.server);
    void this.begin(own !== null);
    window.addEventListener("storage", (event) => {
      if (this.shelf.has(event.key) || event.key === null) void this.look();
    });
  }

  /** Keeps it here at once, on the server soon. */
  keep(draft: Draft): void {
    this.current = { ...draft, at: Date.now() };
    if (isEmpty(draft)) this.shelf.drop(draft.sent_as);
    else this.shelf.keep(this.current);
    this.server.keep(this.current);
  }

  /** Puts the current one aside, or drops it, and goes on with another. */
  change(to: Draft, isDropped = false): void {
    if (isDropped) this.shelf.drop(this.current.sent_as);
    else if (!isEmpty(this.current)) this.shelf.keep(this.current);
    this.current = to;
    if (!isEmpty(to)) this.keep(to);
    void this.hold().then(() => this.look());
    this.owner.changed("draft");
  }

  /** It was sent, or is not wanted. */
  drop(id: string): void {
    this.shelf.drop(id);
    this.waiting = this.waiting.filter((one) => one.sent_as !== id);
    this.owner.changed("waiting");
  }

  /** What has arrived, from another tab or device, is not to be sent again; what was added to it here changes it. */
  sentElsewhere(comment: Comment, isSame: boolean): void {
    if (comment.sent_as !== this.current.sent_as) return this.drop(comment.sent_as ?? "");
    const fresh = newDraft(this.owner.audience);
    const { id, version } = comment;
    this.change(isSame ? fresh : { ...this.current, sent_as: fresh.sent_as, edits: id, version }, true);
  }

  /** The newer one of what browser and server have. */
  private bring(server: Draft | null, comments: Comment[]): void {
    const sent = new Set(comments.map((one) => one.sent_as));
    for (const one of this.shelf.all()) if (sent.has(one.sent_as) || isEmpty(one)) this.shelf.drop(one.sent_as);
    if (!server?.sent_as || sent.has(server.sent_as) || isEmpty(server)) return;
    const here = this.shelf.find(server.sent_as);
    if (!here || (here.at ?? 0) < (server.at ?? 0)) this.shelf.keep(server);
  }

  private ownOfTab(): Draft | null {
    try {
      return this.shelf.find(sessionStorage.getItem(NAME + this.owner.round) ?? "");
    } catch {
      return null;
    }
  }

  private newest(): Draft | null {
    return sorted(this.shelf.all())[0] ?? null;
  }

  private async begin(isOwn: boolean): Promise<void> {
    const wanted = this.current;
    const isKnown = (navigator as { locks?: unknown }).locks !== undefined || isOwn || isEmpty(wanted);
    if ((await this.hold()) && isKnown) return void this.look();
    if (this.current.sent_as !== wanted.sent_as) return;
    const isTouched = this.current !== wanted; // somebody was quick: what was added here gets an id of its own
    this.current = isTouched ? renewed(this.current) : newDraft(this.owner.audience);
    await this.hold();
    await this.look();
    this.owner.changed("draft");
  }

  private async hold(): Promise<boolean> {
    const id = this.current.sent_as;
    this.giveBack?.();
    this.giveBack = null;
    const giveBack = await take(NAME + id);
    if (id !== this.current.sent_as) {
      giveBack?.();
      return true;
    }
    this.giveBack = giveBack;
    if (giveBack) this.remember(id);
    return giveBack !== null;
  }

  private remember(id: string): void {
    try {
      sessionStorage.setItem(NAME + this.owner.round, id);
    } catch {
      // then a reload offers it instead of opening it
    }
  }

  private async look(): Promise<void> {
    const held = await taken();
    const free = this.shelf.all().filter((one) => one.sent_as !== this.current.sent_as && !held.has(NAME + one.sent_as));
    this.waiting = sorted(free);
    this.owner.changed("waiting");
  }
}

function sorted(drafts: Draft[]): Draft[] {
  return drafts.sort((a, b) => (b.at ?? 0) - (a.at ?? 0));
}
