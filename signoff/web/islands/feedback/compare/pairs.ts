/** Which file of one round stands beside which of the other. Pure. */
import type { FileKind, RoomFile } from "../room/types";

export interface Pair { key: string; a: RoomFile | null; b: RoomFile | null }
type Rule = (a: RoomFile, b: RoomFile) => boolean;

/** In the order of b; what only a has comes last. Same name; same but for the version in it; same place and kind; one each. */
export function pairsOf(a: RoomFile[], b: RoomFile[]): Pair[] {
  const found = new Map<RoomFile, RoomFile>();
  const rules: Rule[] = [
    (left, right) => left.name === right.name,
    (left, right) => left.kind === right.kind && stemOf(left.name) === stemOf(right.name),
    (left, right) => stemOf(left.name) === stemOf(right.name),
    (left, right) => left.kind === right.kind && left.position === right.position,
    (left, right) => left.kind === right.kind && left.kind !== "other" && isOnly(left, a) && isOnly(right, b),
    () => a.length === 1 && b.length === 1,
  ];
  for (const rule of rules) match(a, b, found, rule);
  const taken = new Set(found.values());
  const beside = b.map((right) => pair([...found].find(([, one]) => one === right)?.[0] ?? null, right));
  const alone = a.filter((left) => !found.has(left) || !taken.has(found.get(left)!)).map((left) => pair(left, null));
  return [...beside, ...alone];
}

/** A name without its ending and the numbers of versions: `hero_v04.png` and `hero v3 FINAL.jpg` are both `hero`. */
export function stemOf(name: string): string {
  const bare = name.toLowerCase().replace(/\.[a-z0-9]{1,5}$/, "");
  return bare.replace(/(^|[\s._-])(v|r|round|rev|version)[\s._-]?\d+(?=$|[\s._-])/g, "$1").replace(/(^|[\s._-])(final|new|copy)(?=$|[\s._-])/g, "$1").replace(/[\s._-]+/g, "");
}

const WORDS: Record<FileKind, string> = { image: "a picture", video: "a film", audio: "a sound", pdf: "a document", other: "another kind of file" };

export function kindWords(file: RoomFile): string {
  return WORDS[file.kind];
}

function match(a: RoomFile[], b: RoomFile[], found: Map<RoomFile, RoomFile>, rule: Rule): void {
  const taken = new Set(found.values());
  for (const left of a) {
    if (found.has(left)) continue;
    const right = b.find((one) => !taken.has(one) && rule(left, one));
    if (!right) continue;
    found.set(left, right);
    taken.add(right);
  }
}

function isOnly(file: RoomFile, among: RoomFile[]): boolean {
  return among.filter((one) => one.kind === file.kind).length === 1;
}

function pair(a: RoomFile | null, b: RoomFile | null): Pair {
  return { key: (b ?? a)?.id ?? "", a, b };
}
