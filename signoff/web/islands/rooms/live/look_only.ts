/** What was said about the open round, for the player's timeline; nothing is written through it. */
import { newDraft } from "../../feedback/room/store_draft";
import type { Change, Comment, Draft, RoomFile, Store, Tool } from "../../feedback/room/types";

export class LookOnly implements Store {
  draft: Draft = newDraft("internal"); // keeps the part that is looped
  readonly selected = null;
  readonly tool: Tool = "select";
  private readonly listeners = new Set<(what: Change) => void>();

  constructor(readonly round: string, readonly files: RoomFile[], readonly comments: Comment[]) {}

  select(): void {
    // nothing is chosen here
  }

  write(change: Partial<Draft>): void {
    this.draft = { ...this.draft, ...change };
    for (const listener of this.listeners) listener("draft");
  }

  onChange(listener: (what: Change) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
