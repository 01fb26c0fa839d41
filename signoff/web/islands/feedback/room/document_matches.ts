/** Where typed words are in the text of a page. Pure. */

export interface Match { page: number; before: string; text: string; after: string }

/** `wanted` in small letters. */
export function matchesIn(text: string, wanted: string, page: number): Match[] {
  const small = text.toLowerCase();
  const found: Match[] = [];
  for (let at = small.indexOf(wanted); at >= 0; at = small.indexOf(wanted, at + wanted.length)) {
    const end = at + wanted.length;
    found.push({ page, before: text.slice(Math.max(0, at - 24), at), text: text.slice(at, end), after: text.slice(end, end + 32) });
  }
  return found;
}
