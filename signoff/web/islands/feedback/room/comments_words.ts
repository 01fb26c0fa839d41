/** What the list of comments says, and in which order: places, ages, filters. Pure. */
import { rateOf, timecode } from "./frames";
import type { Comment, Draft, MarkKind, Place, RoomFile, State } from "./types";

export type Filter = "all" | "open" | "client" | "mine" | "must";
export type Order = "place" | "time";

export const STATES: Record<State, string> = {
  open: "Open", addressed: "Addressed", verified: "Verified", reopened: "Reopened", wont_fix: "Won’t fix", superseded: "Replaced",
};
export const UNSETTLED = new Set<State>(["open", "addressed", "reopened"]);

/** `00:05:04 – 00:07:18`, `Page 2`, `1:04`; empty for what is about a whole picture or the whole round. */
export function placeWords(place: Place, files: RoomFile[]): string {
  const file = files.find((one) => one.id === place.file);
  if (!file) return "";
  if (isSaid(place.frame_in)) return span(place.frame_in, place.frame_out, (frame) => timecode(frame, rateOf(file)));
  if (isSaid(place.ms_in)) return span(place.ms_in, place.ms_out, clock);
  return place.page ? `Page ${place.page}` : "";
}

/** As placeWords, with the file where there are several. */
export function chipWords(place: Place, files: RoomFile[]): string {
  const words = placeWords(place, files);
  const file = files.find((one) => one.id === place.file);
  if (!file || files.length < 2) return words;
  return [file.name, words].filter(Boolean).join(", ");
}

/** What the composer says about the draft: `00:06:20, one frame, arrow`. */
export function anchorWords(draft: Pick<Draft, "marks"> & Place, files: RoomFile[]): string {
  const file = files.find((one) => one.id === draft.file);
  if (!file) return "The whole round";
  const { region, quote } = draft;
  const parts = [placeWords(draft, files)];
  if (isSaid(draft.frame_in) && !isSaid(draft.frame_out)) parts.push("one frame");
  if (quote) parts.push(`“${quote.text.slice(0, 40)}${quote.text.length > 40 ? "…" : ""}”`);
  else if (region && region.w * region.h > 0) parts.push(`region ${percent(region.w)} × ${percent(region.h)} %`);
  parts.push(drawnWords(draft.marks));
  const said = parts.filter(Boolean);
  if (files.length > 1 || !said.length) return [file.name, ...said].join(", ");
  const words = said.join(", ");
  return words[0]!.toUpperCase() + words.slice(1);
}

const KINDS: Record<MarkKind, string> = {
  pen: "drawing", line: "line", arrow: "arrow", rect: "rectangle", ellipse: "ellipse", text: "text", pin: "pin", highlight: "highlight",
};

function drawnWords(marks: Draft["marks"]): string {
  const [first] = marks;
  if (!first) return "";
  return marks.length === 1 ? KINDS[first.kind] : `${marks.length} marks`;
}

/** `now`, `38 min`, `2 h`, `Fri`, `18 Nov`. */
export function ago(at: string, now: Date): string {
  const then = new Date(at);
  const minutes = Math.floor((now.getTime() - then.getTime()) / 60_000);
  if (minutes < 1) return "now";
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h`;
  if (minutes < 6 * 24 * 60) return then.toLocaleDateString("en-GB", { weekday: "short" });
  const isThisYear = then.getFullYear() === now.getFullYear();
  return then.toLocaleDateString("en-GB", { day: "numeric", month: "short", ...(isThisYear ? {} : { year: "numeric" }) });
}

export function isOpen(comment: Comment): boolean {
  const { note } = comment;
  return note !== null && (note.kind === "action" || note.kind === "question") && UNSETTLED.has(note.state);
}

/** Does the thread belong into this list? `me`: its author, or somebody who answered. */
export function passes(filter: Filter, head: Comment, answers: Comment[], me: string | null): boolean {
  if (filter === "open") return isOpen(head);
  if (filter === "client") return head.audience === "client";
  if (filter === "must") return head.note?.is_must_fix === true;
  if (filter === "mine") return [head, ...answers].some((one) => one.author.id === me && me !== null);
  return true;
}

export interface Thread { head: Comment; answers: Comment[] }

/** Comments with what answers them, as the list is sorted. */
export function threadsOf(comments: Comment[], files: RoomFile[], order: Order): Thread[] {
  const answers = new Map<string, Comment[]>();
  for (const one of comments) if (one.parent) answers.set(one.parent, [...(answers.get(one.parent) ?? []), one]);
  const heads = comments.filter((one) => one.parent === null);
  const at = new Map(files.map((file, index) => [file.id, index]));
  const key = (one: Comment): number[] => [
    one.file === null ? -1 : (at.get(one.file) ?? files.length), one.page ?? 0, one.frame_in ?? one.ms_in ?? 0, one.region?.y ?? 0, one.region?.x ?? 0,
  ];
  const keys = order === "place" ? new Map(heads.map((one) => [one, key(one)])) : null;
  const sorted = keys ? [...heads].sort((a, b) => compare(keys.get(a)!, keys.get(b)!)) : heads;
  return sorted.map((head) => ({ head, answers: answers.get(head.id) ?? [] }));
}

/** Verified ones of all that ask for something and are still waited for. */
export function progressOf(comments: Comment[]): { verified: number; addressed: number; of: number } {
  const asked = comments.flatMap((one) => (one.note && (one.note.kind === "action" || one.note.kind === "question") ? [one.note.state] : []));
  const count = (state: State): number => asked.filter((one) => one === state).length;
  return { verified: count("verified"), addressed: count("addressed"), of: asked.length - count("wont_fix") - count("superseded") };
}

export function sizeWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function span(first: number, last: number | null | undefined, words: (at: number) => string): string {
  return isSaid(last) && last > first ? `${words(first)} – ${words(last)}` : words(first);
}

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function compare(a: number[], b: number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}

function isSaid(value: number | null | undefined): value is number {
  return value !== null && value !== undefined;
}

function percent(part: number): number {
  return Math.max(1, Math.round(part * 100));
}
