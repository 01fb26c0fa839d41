/** What was said about one of the two rounds. The review's player, timeline and acts take it for their store. */
import { LiveComments } from "../room/store_live";
import { newDraft } from "../room/store_draft";
import { withAll, withOne, without } from "../room/store_comments";
import type { Change, Comment, Draft, RoomFile, Store, Tool } from "../room/types";

export interface SideProps {
  round: { id: string; round: number; newest: number; is_latest: boolean; is_locked: boolean };
  files: RoomFile[];
  comments: Comment[];
}

/** Which note is looked at; both sides have the same. */
export interface Choice { readonly selected: string | null; choose(comment: string | null): void }

export class SideNotes implements Store {
  files: RoomFile[];
  comments: Comment[];
  draft: Draft = newDraft("internal"); // nothing is written here: it keeps the part that is looped
  readonly tool: Tool = "select";
  readonly live: LiveComments;
  private readonly listeners = new Set<(what: Change) => void>();
  private readonly watching = new Set<Set<string>>();

  constructor(readonly props: SideProps, deliverable: string, private readonly choice: Choice) {
    this.files = props.files;
    this.comments = props.comments;
    this.live = new LiveComments(this.host(deliverable));
  }

  get round(): string {
    return this.props.round.id;
  }

  get number(): number {
    return this.props.round.round;
  }

  get selected(): string | null {
    return this.choice.selected;
  }

  select(comment: string | null): void {
    this.choice.choose(comment);
  }

  write(change: Partial<Draft>): void {
    this.draft = { ...this.draft, ...change };
    this.tell("draft");
  }

  took(comment: Comment): void {
    for (const since of this.watching) since.add(comment.id);
    this.replace(withOne(this.comments, comment));
  }

  onChange(listener: (what: Change) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell(what: Change): void {
    for (const listener of this.listeners) listener(what);
  }

  private replace(comments: Comment[]): void {
    if (comments === this.comments) return;
    this.comments = comments;
    this.tell("comments");
  }

  private host(deliverable: string): ConstructorParameters<typeof LiveComments>[0] {
    const notes = this;
    return {
      round: this.props.round, deliverable,
      get comments() {
        return notes.comments;
      },
      watch: () => {
        const since = new Set<string>();
        this.watching.add(since);
        return since;
      },
      unwatch: (since) => this.watching.delete(since),
      took: (comment) => this.took(comment),
      tookAll: (comments, since) => this.replace(withAll(this.comments, comments, since)),
      gone: (id) => this.replace(without(this.comments, id)),
    };
  }
}
