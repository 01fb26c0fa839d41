/** Statuses, priorities and dates in words, and words back into them. Nothing here knows the page. */
// icons: st-not-started st-in-progress st-in-review st-changes st-approved st-delivered st-skipped st-on-hold st-cancelled

export interface StatusWord {
  word: string;
  short: string;
  glyph: string;
}

export const STATUS: Record<string, StatusWord> = {
  not_started: { word: "Not started", short: "Not started", glyph: "st-not-started" },
  in_progress: { word: "In progress", short: "In progress", glyph: "st-in-progress" },
  in_review: { word: "In review", short: "In review", glyph: "st-in-review" },
  changes_requested: { word: "Changes requested", short: "Changes", glyph: "st-changes" },
  approved: { word: "Approved", short: "Approved", glyph: "st-approved" },
  delivered: { word: "Delivered", short: "Delivered", glyph: "st-delivered" },
  skipped: { word: "Skipped", short: "Skipped", glyph: "st-skipped" },
  on_hold: { word: "On hold", short: "On hold", glyph: "st-on-hold" },
  cancelled: { word: "Cancelled", short: "Cancelled", glyph: "st-cancelled" },
};
export const STAGE_STATUSES = ["not_started", "in_progress", "in_review", "changes_requested", "approved", "skipped"];
export const PRIORITIES: [string, string][] = [["low", "Low"], ["normal", "Normal"], ["high", "High"], ["urgent", "Urgent"]];

const OTHER_WORDS: Record<string, string> = {
  todo: "not_started", "to do": "not_started", open: "not_started", wip: "in_progress", doing: "in_progress", working: "in_progress",
  review: "in_review", "in qa": "in_review", changes: "changes_requested", retake: "changes_requested", done: "approved",
  ok: "approved", final: "approved", "n/a": "skipped", skip: "skipped", omit: "skipped",
};
const DAY = 86_400_000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function statusNamed(text: string): string | undefined {
  const wanted = text.trim().toLowerCase().replace(/[_\s-]+/g, " ");
  const found = Object.entries(STATUS).find(([key, { word, short }]) =>
    [key.replace(/_/g, " "), word.toLowerCase(), short.toLowerCase()].includes(wanted),
  );
  return found?.[0] ?? OTHER_WORDS[wanted];
}

export function priorityNamed(text: string): string | undefined {
  const wanted = text.trim().toLowerCase();
  return PRIORITIES.find(([key, word]) => key === wanted || word.toLowerCase() === wanted)?.[0];
}

/** ISO of a date as people paste it: 2026-12-04, 4.12.2026, 4 Dec 2026, 4 Dec. `4/12/2026` says nothing certain unless one part is above 12. */
export function dateNamed(text: string, today: string): string | undefined {
  const said = text.trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/.exec(said);
  if (iso) return isoOf(+iso[1]!, +iso[2]!, +iso[3]!);
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(said);
  if (dotted) return isoOf(+dotted[3]!, +dotted[2]!, +dotted[1]!);
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(said);
  if (slashed) return slashedDate(+slashed[1]!, +slashed[2]!, +slashed[3]!);
  const worded = /^(\d{1,2})\.? ([A-Za-z]{3})[a-z]*\.?(?:,? (\d{4}))?$/.exec(said);
  const month = worded ? MONTHS.findIndex((name) => name.toLowerCase() === worded[2]!.toLowerCase()) : -1;
  if (worded && month >= 0) return isoOf(+(worded[3] ?? today.slice(0, 4)), month + 1, +worded[1]!);
  return undefined;
}

function slashedDate(first: number, second: number, year: number): string | undefined {
  if (first === second || first > 12) return isoOf(year, second, first);
  return second > 12 ? isoOf(year, first, second) : undefined;
}

function isoOf(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const fits = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return fits && year >= 1900 ? date.toISOString().slice(0, 10) : undefined;
}

export function todayIso(now = new Date()): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

export function daysUntil(due: string, today: string): number {
  return Math.round((Date.parse(due) - Date.parse(today)) / DAY);
}

/** `4 Dec`, with the year when it is not this one. */
export function shortDate(iso: string, today: string): string {
  const [year = "", month = "", day = ""] = iso.split("-");
  const words = `${+day} ${MONTHS[+month - 1] ?? ""}`;
  return year === today.slice(0, 4) ? words : `${words} ${year}`;
}

export function esc(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const first = (word: string | undefined): string => (word ? ([...word][0] ?? "") : "");
  return (first(words[0]) + (words.length > 1 ? first(words.at(-1)) : "")).toUpperCase();
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
