/** Everything that is known of the open round on this page, and the only way to change it. What it shows is not here. */
import { placeOf, fitted, isEmpty, newDraft, NOWHERE, draftOf, saysTheSame } from "./store_draft";
import { Drafts } from "./store_drafts";
import { LiveComments } from "./store_live";
import { Outbox, type Sending } from "./store_outbox";
import { withAll, withOne, without } from "./store_comments";
import type { Kept } from "./store_server";
import type { Audience, Change, Colour, Comment, Draft, Person, Place, RoomFile, Store, Tool, Width } from "./types";

export interface StoreProps {
  round: { id: string; round: number; is_latest: boolean; is_locked: boolean };
  deliverable: { id: string; name: string };
  files: RoomFile[];
  comments: Comment[];
  draft: Draft | null;
  me: Person;
  is_client: boolean;
  may: Record<string, boolean>;
  people: Person[];
  client?: string; // the client team's name
}

const REMEMBERED = "signoff.audience";

export class RoomStore implements Store {
  files: RoomFile[];
  comments: Comment[];
  selected: string | null = null;
  leads = true;
  tool: Tool = "select";
  ink: { colour: Colour; width: Width } = { colour: "yellow", width: 2 };
  isHidden = false; // all marks and pins
  refusal = ""; // why what is in the composer was not taken
  readonly outbox: Outbox;
  readonly live: LiveComments;
  private readonly drafts: Drafts;
  private readonly listeners = new Set<(what: Change) => void>();
  private readonly watching = new Set<Set<string>>();

  constructor(readonly props: StoreProps) {
    this.files = props.files;
    this.comments = props.comments;
    const [round, me] = [props.round.id, props.me.id ?? ""];
    this.drafts = new Drafts({ round, me, audience: this.usualAudience, server: props.draft, changed: (what) => this.tell(what) }, props.comments);
    this.outbox = new Outbox({
      round, me,
      took: (comment, draft) => this.arrived(comment, draft),
      refused: (sending) => this.refused(sending),
      changed: () => this.tell("waiting"),
    });
    this.live = new LiveComments(this.liveHost());
    for (const one of this.comments) if (one.sent_as) this.outbox.arrived(one.sent_as);
    void this.outbox.go();
  }

  get round(): string {
    return this.props.round.id;
  }

  get draft(): Draft {
    return this.drafts.current;
  }

  /** Drafts that are open nowhere. */
  get waiting(): Draft[] {
    return this.drafts.waiting;
  }

  get kept(): Kept {
    return this.drafts.server.kept;
  }

  get mayWrite(): boolean {
    return this.props.may.comment === true && this.props.round.is_latest;
  }

  /** What is written now is asked of nobody else: the number that its note is likely to get. */
  get nextNumber(): number {
    const here = this.comments.filter((one) => one.note?.round === this.props.round.round);
    return Math.max(0, ...here.map((one) => one.note?.number ?? 0)) + 1;
  }

  /** `leads`: whoever looks goes where it is; not to one's own that has just arrived, one may have gone on meanwhile. */
  select(comment: string | null, leads = true): void {
    if (comment === this.selected) return;
    this.selected = comment;
    this.leads = leads;
    this.tell("selected");
  }

  take(tool: Tool): void {
    if (tool === this.tool) return;
    this.tool = tool;
    this.tell("tool");
  }

  dip(ink: Partial<RoomStore["ink"]>): void {
    this.ink = { ...this.ink, ...ink };
    this.tell("tool");
  }

  hide(isHidden: boolean): void {
    this.isHidden = isHidden;
    this.tell("tool");
  }

  write(change: Partial<Draft>): void {
    if (change.audience && change.audience !== this.draft.audience) remember(change.audience);
    this.refusal = "";
    this.drafts.keep(fitted({ ...this.draft, ...change }));
    this.tell("draft");
  }

  /** Somebody begins to say something where they are now: a draft that is not about a place yet is about this one. */
  writeHere(change: Partial<Draft>, place: Place | null): void {
    const isNew = isEmpty(this.draft) && this.draft.file === null && !this.draft.parent && !this.draft.edits;
    this.write(isNew && place ? { ...placeOf(place), ...change } : change);
  }

  /** Sends what is in the composer; the composer is free at once. */
  send(files: File[] = []): void {
    const { draft } = this;
    if (isEmpty(draft) && !files.length) return;
    this.drafts.server.leave(draft.sent_as);
    void this.outbox.add(draft, files);
    this.drafts.change(newDraft(this.usualAudience), true);
  }

  /** Puts what is in the composer aside and begins anew, or goes on with another one. */
  begin(draft?: Draft): void {
    this.refusal = "";
    this.drafts.change(draft ?? newDraft(this.usualAudience));
  }

  answer(comment: Comment): void {
    const audience = comment.audience === "client" ? this.usualAudience : "internal";
    this.begin({ ...newDraft(audience), parent: comment.parent ?? comment.id });
  }

  change(comment: Comment): void {
    this.begin(draftOf(comment));
  }

  /** Throws what is in the composer away. */
  discard(): void {
    this.write({ text: "", marks: [], mentions: [], ...NOWHERE });
    this.begin();
  }

  dropWaiting(id: string): void {
    this.drafts.drop(id);
  }

  /** What did not arrive, into the composer. */
  takeBack(id: string): void {
    const sending = this.outbox.takeBack(id);
    if (!sending) return;
    const { draft } = sending;
    this.begin(draft.edits ? draft : { ...draft, version: draft.version ?? 0 });
    this.refusal = sending.said;
    this.tell("draft");
  }

  replaceFiles(files: RoomFile[]): void {
    this.files = files;
    this.tell("files");
  }

  took(comment: Comment): void {
    for (const since of this.watching) since.add(comment.id);
    if (comment.sent_as) this.sent(comment);
    this.replace(withOne(this.comments, comment));
  }

  gone(id: string): void {
    this.replace(without(this.comments, id));
  }

  onChange(listener: (what: Change) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  get usualAudience(): Audience {
    if (this.props.is_client) return "client";
    try {
      return localStorage.getItem(REMEMBERED) === "client" ? "client" : "internal";
    } catch {
      return "internal";
    }
  }

  private replace(comments: Comment[]): void {
    if (comments === this.comments) return;
    this.comments = comments;
    if (this.selected && !comments.some((one) => one.id === this.selected)) this.select(null);
    this.tell("comments");
  }

  private arrived(comment: Comment, draft: Draft): void {
    this.took(comment);
    if (!draft.parent && !draft.edits && this.selected === null) this.select(comment.id, false);
  }

  private refused(sending: Sending): void {
    if (!isEmpty(this.draft) || this.outbox.files.has(sending.sent_as)) return; // it waits above the composer
    this.takeBack(sending.sent_as);
  }

  /** One of ours is there: what of it is still here, is not to be sent again. */
  private sent(comment: Comment): void {
    this.outbox.arrived(comment.sent_as ?? "");
    const isOpen = comment.sent_as === this.draft.sent_as;
    if (isOpen || this.waiting.some((one) => one.sent_as === comment.sent_as)) {
      this.drafts.sentElsewhere(comment, saysTheSame(this.draft, comment));
    }
  }

  private liveHost(): ConstructorParameters<typeof LiveComments>[0] {
    const watch = (): Set<string> => {
      const since = new Set<string>();
      this.watching.add(since);
      return since;
    };
    const tookAll = (comments: Comment[], since: Set<string>): void => {
      for (const one of comments) if (one.sent_as) this.sent(one);
      this.replace(withAll(this.comments, comments, since));
    };
    const { round, deliverable } = this.props;
    const store = this;
    return {
      round, deliverable: deliverable.id, watch, tookAll,
      get comments() {
        return store.comments;
      },
      unwatch: (since) => this.watching.delete(since),
      took: (comment) => this.took(comment),
      gone: (id) => this.gone(id),
    };
  }

  private tell(what: Change): void {
    for (const listener of this.listeners) listener(what);
  }
}

export function makeStore(props: StoreProps): RoomStore {
  return new RoomStore(props);
}

function remember(audience: Audience): void {
  try {
    localStorage.setItem(REMEMBERED, audience);
  } catch {
    // then it begins with internal
  }
}
