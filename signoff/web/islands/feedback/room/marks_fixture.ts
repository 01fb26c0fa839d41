import type { Mark, MarkKind, Point } from "./types";

let made = 0;

export function markOf(kind: MarkKind, points: Point[], more: Partial<Mark> = {}): Mark {
  made += 1;
  return { id: `m${made}`, kind, geometry: { points }, style: { colour: "yellow", width: 2 }, frame: null, z: 0, ...more };
}
