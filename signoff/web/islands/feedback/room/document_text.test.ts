import { describe, expect, it } from "vitest";
import { regionOf } from "./document_selection";
import { matchesIn } from "./document_matches";

const PAGE = { left: 100, top: 50, width: 200, height: 400 };

describe("what is found in a text", () => {
  it("comes with what stands around it, whatever its case", () => {
    expect(matchesIn("Sparkling TEA, nothing hidden", "tea", 2)).toEqual([{ page: 2, before: "Sparkling ", text: "TEA", after: ", nothing hidden" }]);
  });
  it("does not overlap", () => expect(matchesIn("aaaa", "aa", 1).length).toBe(2));
});

describe("where marked words stand", () => {
  it("encloses all lines, in fractions of the page", () => {
    const lines = [{ left: 200, top: 90, width: 100, height: 20 }, { left: 120, top: 110, width: 40, height: 20 }, { left: 0, top: 0, width: 0, height: 0 }];
    expect(regionOf(lines, PAGE)).toEqual({ x: 0.1, y: 0.1, w: 0.9, h: 0.1 });
  });
  it("stays on the page, and is nowhere without lines", () => {
    expect(regionOf([{ left: 0, top: 0, width: 1_000, height: 1_000 }], PAGE)).toEqual({ x: 0, y: 0, w: 1, h: 1 });
    expect(regionOf([], PAGE)).toBe(null);
  });
});
