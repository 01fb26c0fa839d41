/** What a draft is: empty or not, where it stands, and what is sent of it. Pure. */
import { newId } from "./store_ids";
import type { Audience, Comment, Draft, Mark, Place } from "./types";

export const NOWHERE = {
  file: null, frame_in: null, frame_out: null, ms_in: null, ms_out: null, page: null, region: null, quote: null,
} satisfies Place;

export function newDraft(audience: Audience): Draft {
  return { ...NOWHERE, sent_as: newId(), text: "", audience, kind: "action", is_must_fix: false, marks: [], mentions: [] };
}

/** Nothing would be lost with it: a place alone says nothing. */
export function isEmpty(draft: Draft): boolean {
  return draft.text.trim() === "" && draft.marks.length === 0;
}

/** A place without the fields that it does not say. */
export function placeOf(said: Place): Required<Place> {
  const { file, frame_in, frame_out, ms_in, ms_out, page, region, quote } = { ...NOWHERE, ...said };
  return { file, frame_in, frame_out, ms_in, ms_out, page, region, quote };
}

/** As the API takes a comment. */
export function asSent(draft: Draft): Record<string, unknown> {
  const { sent_as, text, audience, kind, is_must_fix, mentions } = draft;
  const said = { sent_as, text, audience, kind, is_must_fix, mentions };
  if (draft.parent) return { ...said, parent: draft.parent };
  return { ...said, ...placeOf(draft), marks: draft.marks, parent: null };
}

/** As the API takes a comment that is said anew; an answer has no place. */
export function asChanged(draft: Draft, version: number | undefined): Record<string, unknown> {
  const { text, mentions, marks } = draft;
  if (draft.parent) return { version, text, mentions };
  return { version, text, mentions, marks, place: placeOf(draft) };
}

/** Says the comment what the draft says? */
export function saysTheSame(draft: Draft, comment: Comment): boolean {
  const drawn = (marks: Mark[]): string => marks.map((one) => one.id + JSON.stringify(one.geometry.points)).sort().join();
  return plain(draft.text) === plain(comment.text) && drawn(draft.marks) === drawn(comment.marks);
}

/** A draft that says a comment anew. */
export function draftOf(comment: Comment): Draft {
  const { audience, text, marks, note, parent, id, version } = comment;
  const said = { ...newDraft(audience), ...placeOf(comment), text, marks, parent, edits: id, version };
  return note ? { ...said, kind: note.kind, is_must_fix: note.is_must_fix } : said;
}

/** The same as something of its own. */
export function renewed(draft: Draft): Draft {
  return { ...draft, sent_as: newId(), marks: draft.marks.map((mark) => ({ ...mark, id: newId() })) };
}

/** On a film each mark lies in the frames that the draft is about. */
export function fitted(draft: Draft): Draft {
  const frames = draft.marks.flatMap((mark) => (mark.frame === null ? [] : [mark.frame]));
  if (!frames.length) return draft;
  const first = Math.min(...frames, draft.frame_in ?? Infinity);
  const last = Math.max(...frames, draft.frame_out ?? draft.frame_in ?? 0);
  return { ...draft, frame_in: first, frame_out: last > first ? last : null };
}

function plain(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
