/** The comments of the round as a list that changes where something changed, and nowhere else. Pure. */
import type { Comment } from "./types";

/** With this one in the place of the older one; the same list when it says nothing new. */
export function withOne(list: Comment[], comment: Comment): Comment[] {
  const at = list.findIndex((one) => one.id === comment.id);
  const before = list[at];
  if (!before) return inTime([...list, comment]);
  if (isOlder(comment, before) || isSame(comment, before)) return list;
  return list.map((one, index) => (index === at ? comment : one));
}

/** What the server has now. What came while it was asked (`since`) it may not know of yet. */
export function withAll(list: Comment[], fresh: Comment[], since: Set<string>): Comment[] {
  const before = new Map(list.map((one) => [one.id, one]));
  const there = new Set(fresh.map((one) => one.id));
  const kept = fresh.map((one) => {
    const known = before.get(one.id);
    return known && (isOlder(one, known) || isSame(one, known)) ? known : one;
  });
  return inTime([...kept, ...list.filter((one) => since.has(one.id) && !there.has(one.id))]);
}

/** Without this one; its answers go with it. */
export function without(list: Comment[], id: string): Comment[] {
  return list.filter((one) => one.id !== id && one.parent !== id);
}

function isOlder(comment: Comment, than: Comment): boolean {
  return comment.version < than.version || (comment.note?.version ?? 0) < (than.note?.version ?? 0);
}

function isSame(a: Comment, b: Comment): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function inTime(list: Comment[]): Comment[] {
  return list.sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
}
