/** Which notes went from the older round into the newer one, and how far they are. Pure. */
import { UNSETTLED } from "../room/comments_words";
import type { Comment, State } from "../room/types";

export interface Carried {
  note: Comment; // as it is in the newer round
  before: Comment | null; // in the older one, where that had it
  answer: Comment | null; // what was said to it last
}

/** What is still to be done first, and of it what must be; then in the order in which it was raised. */
export function carriedOf(older: Comment[], newer: Comment[], newerRound: number): Carried[] {
  const before = new Map(older.map((one) => [one.id, one]));
  const answers = new Map(newer.filter((one) => one.parent && !one.is_removed).map((one) => [one.parent, one]));
  const heads = newer.filter((one) => one.parent === null && !one.is_removed && one.note && one.note.round < newerRound);
  const made = heads.map((note) => ({ note, before: before.get(note.id) ?? null, answer: answers.get(note.id) ?? null }));
  return made.sort((one, other) => rank(one.note) - rank(other.note) || compared(one.note, other.note));
}

/** Notes of the newer round's own, the newest first. */
export function newOf(newer: Comment[], round: number): Comment[] {
  return newer.filter((one) => one.parent === null && !one.is_removed && one.note?.round === round).sort((one, other) => (one.at < other.at ? 1 : -1));
}

export interface Count { verified: number; addressed: number; open: number; of: number }

export function countOf(all: Carried[]): Count {
  const states = all.flatMap(({ note }) => (note.note ? [note.note.state] : []));
  const count = (...wanted: State[]): number => states.filter((one) => wanted.includes(one)).length;
  const [verified, addressed, open] = [count("verified"), count("addressed"), count("open", "reopened")];
  return { verified, addressed, open, of: verified + addressed + open };
}

function rank({ note }: Comment): number {
  if (!note || !UNSETTLED.has(note.state)) return 2;
  return note.is_must_fix ? 0 : 1;
}

function compared(one: Comment, other: Comment): number {
  return (one.note?.round ?? 0) - (other.note?.round ?? 0) || (one.note?.number ?? 0) - (other.note?.number ?? 0);
}
