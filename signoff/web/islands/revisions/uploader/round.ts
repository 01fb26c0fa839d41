/** Making the round of what is here, and taking it back. */
import { get, post, put, del } from "../../api";
import type { Draft } from "./draft";

export interface Round {
  id: string;
  round: number;
  files: { name: string; size: number }[];
}

export interface Wanted {
  deliverable: string;
  /** The number that the person saw as the next one. */
  number: number;
  /** The round whose files may be replaced; empty when none may. */
  before: string;
  uploads: string[];
  isSameMeant: boolean;
}

export function make(wanted: Wanted, draft: Draft): Promise<Round> {
  const { uploads } = wanted;
  if (draft.as === "replace" && wanted.before) return put<Round>(`/rounds/${wanted.before}/files`, { uploads });
  return post<Round>(`/deliverables/${wanted.deliverable}/rounds`, {
    uploads,
    round: wanted.number,
    note: draft.note,
    reason: draft.reason,
    is_chargeable: draft.isChargeable,
    is_handed_in: draft.isHandedIn,
    same_is_meant: wanted.isSameMeant,
  });
}

/** After an answer that never came: the round, if it was made all the same. */
export async function madeAlready(deliverable: string, number: number, sent: readonly { name: string; size: number }[]): Promise<Round | null> {
  const rounds = await get<Round[]>(`/deliverables/${deliverable}/rounds`);
  const round = rounds.find((one) => one.round === number);
  const isThis = round?.files.length === sent.length && round.files.every((file, at) => file.size === sent[at]?.size);
  return isThis ? round : null;
}

export function takeBack(round: Round): Promise<void> {
  return del(`/rounds/${round.id}`);
}

/** Tells the page what was done here, as a view's answer would. */
export function tell(verb: string, deliverable: string): void {
  for (const name of [verb, "acted", `changed.${deliverable}`]) {
    document.body.dispatchEvent(new CustomEvent(name, { detail: {}, bubbles: true }));
  }
}
