import { describe, expect, it } from "vitest";
import { GROUP, Lines, ROW } from "./lines";
import type { Row } from "./model";

const rows = (...ids: string[]): Row[] => ids.map((id) => ({ id }) as Row);
const group = (key: string, ...ids: string[]): { key: string; title: string; rows: Row[]; done: number } => ({ key, title: key, rows: rows(...ids), done: 0 });

describe("lines", () => {
  const lines = new Lines([group("a", "1", "2"), group("b", "3")], new Set(), true, true);

  it("stand under each other", () => {
    expect(Array.from({ length: lines.length }, (_, n) => lines.top(n))).toEqual([0, GROUP, GROUP + ROW, GROUP + 2 * ROW, 2 * GROUP + 2 * ROW, 2 * GROUP + 3 * ROW]);
    expect(lines.height).toBe(2 * GROUP + 4 * ROW);
  });

  it("are found by pixel and by row", () => {
    expect([lines.lineAt(0), lines.lineAt(GROUP), lines.lineAt(GROUP + ROW - 1), lines.lineAt(99_999), lines.indexOf("3"), lines.indexOf("x")]).toEqual([0, 1, 1, 5, 4, -1]);
  });

  it("of a folded group are not there", () => {
    const folded = new Lines([group("a", "1", "2"), group("b", "3")], new Set(["a"]), true, false);
    expect([folded.length, folded.indexOf("1"), folded.indexOf("3")]).toEqual([3, -1, 2]);
  });

  it("in the window are few of ten thousand", () => {
    const many = new Lines([group("", ...Array.from({ length: 10_000 }, (_, n) => `${n}`))], new Set(), false, false);
    const [first, last] = many.window(200_000, 800);
    expect([first, last]).toEqual([4_994, 5_027]);
  });

  it("of nothing are none", () => expect(new Lines([], new Set(), false, false).window(0, 800)).toEqual([0, 0]));
});
