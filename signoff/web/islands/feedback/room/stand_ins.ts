/** What `store.ts`, `comments.ts` and `drawing.ts` bring, until they are here. */
import type { Change, Comment, Draft, RoomFile, Store, Surface } from "./types";

export interface StoreProps { round: { id: string }; files: RoomFile[]; comments: Comment[]; draft: Draft | null }

const EMPTY: Draft = { file: null, sent_as: "", text: "", audience: "internal", kind: "action", is_must_fix: false, marks: [], mentions: [] };

export function makeStore(props: StoreProps): Store & { replaceFiles(files: RoomFile[]): void } {
  const listeners = new Set<(what: Change) => void>();
  const tell = (what: Change): void => listeners.forEach((listener) => listener(what));
  const store = {
    round: props.round.id,
    files: props.files,
    comments: props.comments,
    selected: null as string | null,
    draft: props.draft ?? EMPTY,
    select: (comment: string | null): void => {
      store.selected = comment;
      tell("selected");
    },
    write: (change: Partial<Draft>): void => {
      store.draft = { ...store.draft, ...change };
      tell("draft");
    },
    onChange: (listener: (what: Change) => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    replaceFiles: (files: RoomFile[]): void => {
      store.files = files;
      tell("files");
    },
  };
  return store;
}

export function mountComments(_root: HTMLElement, _store: Store, _surfaceOf: () => Surface | null): void {
  // comes with comments.ts
}

export function mountDrawing(_surface: Surface, _store: Store): () => void {
  return () => undefined; // comes with drawing.ts
}
