/** What one does with a comment that is there, over the API; each act says what came of it. */
import { ApiError, del, get, patch, post } from "../../api";
import { toast } from "../../toast";
import type { RoomStore } from "./store";
import { placeOf } from "./store_draft";
import type { Comment, Note, NoteKind, Place, State } from "./types";

export const MOVES: Record<Exclude<Note["may"][number], "change">, State> = {
  address: "addressed", verify: "verified", reopen: "reopened", refuse: "wont_fix",
};

export interface Change { state?: State; reason?: string; kind?: NoteKind; is_must_fix?: boolean }

/** Whoever has notes of a round: the store of the review, or a side of a comparison. */
export type Holder = Pick<RoomStore, "took" | "round"> & { live: Pick<RoomStore["live"], "again">; props: { round: { round: number } } };

/** True when it was done. A refusal is told, and the comment read anew: somebody else may have been quicker. */
export async function changeNote(store: Holder, comment: Comment, change: Change): Promise<boolean> {
  const { note } = comment;
  if (!note) return false;
  return tried(store, comment, async () => {
    const said = await patch<Note>(`/feedback/${note.id}`, { version: note.version, ...change });
    store.took({ ...comment, note: noteFrom(said) });
  });
}

/** Says where a note is found in the round that it was carried into. */
export function placeNote(store: Holder, comment: Comment, place: Place): Promise<boolean> {
  const { note } = comment;
  if (!note) return Promise.resolve(false);
  return tried(store, comment, async () => {
    const said = await patch<Note>(`/feedback/${note.id}`, { version: note.version, round: store.round, place: placeOf(place) });
    store.took({ ...comment, ...place, note: noteFrom(said) });
  });
}

export function release(store: RoomStore, comment: Comment, words: string): Promise<boolean> {
  const client_text = words.trim() === comment.text.trim() ? "" : words;
  return tried(store, comment, async () => store.took(await post<Comment>(`/comments/${comment.id}/release`, { version: comment.version, client_text })));
}

export function remove(store: RoomStore, comment: Comment): Promise<boolean> {
  return tried(store, comment, async () => {
    await del(`/comments/${comment.id}`);
    store.live.again();
    if (!store.comments.some((one) => one.parent === comment.id)) store.gone(comment.id);
  });
}

async function tried(store: Holder, comment: Comment, run: () => Promise<void>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const isLate = error.status === 409 || error.status === 404;
    toast({ title: error.status === 0 ? "No connection" : "That did not work", text: error.detail, tone: error.status === 0 ? "warn" : "error" });
    if (isLate) await readAgain(store, comment);
    return false;
  }
}

async function readAgain(store: Holder, comment: Comment): Promise<void> {
  if (comment.note?.round !== store.props.round.round) return store.live.again();
  await get<Comment>(`/comments/${comment.id}`).then((now) => store.took(now), () => store.live.again());
}

/** The API tells more of a note than a comment has of it. */
function noteFrom(said: Note): Note {
  const { id, number, client_number = null, round, kind, is_must_fix, state, state_by, reason, version, is_approximate, may } = said;
  return { id, number, client_number, round, kind, is_must_fix, state, state_by, reason, version, is_approximate, may };
}
