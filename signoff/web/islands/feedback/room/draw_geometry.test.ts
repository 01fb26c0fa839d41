import { expect, test } from "vitest";
import { boxOf, constrained, hits, moved, pointAt, regionOf, resized, thinned } from "./draw_geometry";
import { markOf } from "./marks_fixture";
import type { Point } from "./types";

const WIDE = { width: 2_000, height: 1_000 };

test("a pointer is a fraction of the picture, whatever its size on the screen", () => {
  const box = { left: 100, top: 50, width: 400, height: 200 };
  expect(pointAt(300, 150, box)).toEqual([0.5, 0.5]);
  expect(pointAt(100, 50, box)).toEqual([0, 0]);
});

test("a point lies a tenth outside at most, and is always a number", () => {
  const box = { left: 0, top: 0, width: 100, height: 0 };
  expect(pointAt(900, -900, box)).toEqual([1.1, -0.1]);
  expect(pointAt(NaN, 5, box)).toEqual([0, 1.1]);
});

test("Shift makes squares and circles that are square on the picture, not in fractions", () => {
  expect(constrained("rect", [0.1, 0.1], [0.2, 0.15], WIDE)).toEqual([0.2, 0.3]);
  expect(constrained("ellipse", [0.5, 0.5], [0.4, 0.45], WIDE)).toEqual([0.4, 0.3]);
});

test("Shift holds lines to an eighth of a turn", () => {
  expect(constrained("arrow", [0.1, 0.1], [0.3, 0.12], WIDE)).toEqual([0.30025, 0.1]);
  const [x, y] = constrained("line", [0, 0], [0.1, 0.19], WIDE);
  expect(x * WIDE.width).toBeCloseTo(y * WIDE.height, 0);
});

test("a frame is hit on its line, not in its middle; a highlight anywhere in it", () => {
  const corners: Point[] = [[0.2, 0.2], [0.6, 0.6]];
  expect(hits(markOf("rect", corners), [0.2, 0.4], WIDE, 6)).toBe(true);
  expect(hits(markOf("rect", corners), [0.4, 0.4], WIDE, 6)).toBe(false);
  expect(hits(markOf("highlight", corners), [0.4, 0.4], WIDE, 6)).toBe(true);
  expect(hits(markOf("ellipse", corners), [0.4, 0.2], WIDE, 6)).toBe(true);
  expect(hits(markOf("ellipse", corners), [0.21, 0.21], WIDE, 6)).toBe(false);
});

test("a line is hit where it is, and a dot of the pen too", () => {
  expect(hits(markOf("line", [[0, 0], [1, 1]]), [0.5, 0.5], WIDE, 6)).toBe(true);
  expect(hits(markOf("line", [[0, 0], [1, 1]]), [0.5, 0.6], WIDE, 6)).toBe(false);
  expect(hits(markOf("pen", [[0.5, 0.5]]), [0.501, 0.5], WIDE, 6)).toBe(true);
});

test("a comment is about all of its marks, within the picture", () => {
  expect(regionOf([], WIDE)).toBe(null);
  expect(regionOf([markOf("rect", [[0.6, 0.7], [0.2, 0.1]])], WIDE)).toEqual({ x: 0.2, y: 0.1, w: 0.4, h: 0.6 });
  expect(regionOf([markOf("pin", [[0.3, 0.4]])], WIDE)).toEqual({ x: 0.3, y: 0.4, w: 0, h: 0 });
  expect(regionOf([markOf("line", [[-0.1, 0.5], [0.5, 1.1]])], WIDE)).toEqual({ x: 0, y: 0.5, w: 0.5, h: 0.5 });
});

test("a mark is moved and made larger", () => {
  const mark = markOf("rect", [[0.2, 0.2], [0.4, 0.6]]);
  expect(moved(mark, 0.1, -0.1).geometry.points).toEqual([[0.3, 0.1], [0.5, 0.5]]);
  const from = boxOf(mark, WIDE);
  expect(resized(mark, from, { ...from, w: 0.4 }).geometry.points).toEqual([[0.2, 0.2], [0.6, 0.6]]);
});

test("what is flat stays flat when it is made larger", () => {
  const mark = markOf("line", [[0.2, 0.5], [0.4, 0.5]]);
  const from = boxOf(mark, WIDE);
  expect(resized(mark, from, { ...from, w: 0.4, h: 0.3 }).geometry.points).toEqual([[0.2, 0.5], [0.6, 0.5]]);
});

test("a straight stroke needs two points, a corner one more", () => {
  const straight = Array.from({ length: 500 }, (_, at): Point => [at / 1_000, at / 1_000]);
  expect(thinned(straight, WIDE, 1)).toEqual([0, 499]);
  expect(thinned([[0, 0], [0.25, 0], [0.5, 0], [0.5, 0.25], [0.5, 0.5]], WIDE, 1)).toEqual([0, 2, 4]);
});
