/** Which comments stand where on a timeline: a dot for a moment, a bar for a range, one figure for many. Pure. */
import type { Comment } from "./types";

export interface Span { first: number; last: number }
export interface Mark extends Span { comments: Comment[]; isRange: boolean }

/** `nearest`: how far apart two dots must be, in what the timeline counts. Ranges are never joined to dots. */
export function marksOf(comments: Comment[], spanOf: (comment: Comment) => Span | null, nearest: number): Mark[] {
  const ranges: Mark[] = [];
  const dots: Mark[] = [];
  for (const comment of inOrder(comments, spanOf)) {
    const span = spanOf(comment);
    if (!span) continue;
    if (span.last > span.first) ranges.push({ ...span, comments: [comment], isRange: true });
    else join(dots, comment, span, nearest);
  }
  return [...ranges, ...dots];
}

/** Those that begin threads, in the order of the film. */
function inOrder(comments: Comment[], spanOf: (comment: Comment) => Span | null): Comment[] {
  const heads = comments.filter((one) => one.parent === null && !one.is_removed);
  return heads.sort((a, b) => (spanOf(a)?.first ?? 0) - (spanOf(b)?.first ?? 0));
}

function join(dots: Mark[], comment: Comment, span: Span, nearest: number): void {
  const before = dots[dots.length - 1];
  if (before && span.first - before.first < nearest) {
    before.comments.push(comment);
    before.last = span.first;
  } else dots.push({ ...span, comments: [comment], isRange: false });
}

/** Seconds between two figures of the ruler, so that about `most` of them stand on it. */
export function rulerStep(seconds: number, most: number): number {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200];
  return steps.find((step) => seconds / step <= most) ?? 14_400;
}

/** `5 s`, `1:30`, `1:00:00`. */
export function rulerWords(seconds: number): string {
  if (seconds === 0) return "0";
  if (seconds < 60) return `${seconds} s`;
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const end = `${String(rest).padStart(2, "0")}`;
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${end}` : `${minutes}:${end}`;
}
