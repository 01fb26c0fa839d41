import { describe, expect, it } from "vitest";
import { at, isRange, moved, rangeOf } from "./cursor";

const bounds = { lines: 10, columns: 6, page: 4 };

describe("the cursor", () => {
  it.each([
    ["ArrowDown", false, { line: 4, column: 3 }],
    ["ArrowUp", true, { line: 0, column: 3 }],
    ["ArrowLeft", true, { line: 3, column: 1 }],
    ["End", false, { line: 3, column: 5 }],
    ["End", true, { line: 9, column: 5 }],
    ["Home", true, { line: 0, column: 1 }],
    ["PageDown", false, { line: 7, column: 3 }],
    ["PageUp", false, { line: 0, column: 3 }],
  ] as const)("%s (far: %s)", (key, far, active) => expect(moved(at(3, 3), key, false, far, bounds)?.active).toEqual(active));

  it("stays inside", () => expect(moved(at(9, 5), "ArrowDown", false, false, bounds)?.active).toEqual({ line: 9, column: 5 }));
  it("does not move by other keys", () => expect(moved(at(3, 3), "x", false, false, bounds)).toBeUndefined());

  it("draws out a range and gives it up", () => {
    const drawn = moved(at(3, 3), "ArrowUp", true, false, bounds)!;
    expect([isRange(drawn), rangeOf(drawn)]).toEqual([true, { top: 2, bottom: 3, left: 3, right: 3 }]);
    expect(isRange(moved(drawn, "ArrowUp", false, false, bounds)!)).toBe(false);
  });
});
