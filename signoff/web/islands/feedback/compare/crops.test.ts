import { expect, test } from "vitest";
import { cutOf } from "./crops";

test("around its place, and never beside the picture", () => {
  const corner = cutOf({ x: 0.95, y: 0.95, w: 0.05, h: 0.05 }, 16 / 9);
  expect([corner.left + corner.scale, corner.top + corner.scale].map((end) => Number(end.toFixed(6)))).toEqual([1, 1]);
  const middle = cutOf({ x: 0.4, y: 0.4, w: 0.2, h: 0.2 }, 16 / 9);
  expect([middle.left + middle.scale / 2, middle.top + middle.scale / 2].map((end) => Number(end.toFixed(6)))).toEqual([0.5, 0.5]);
});

test("without a region all of it, as wide or as high as the crop", () => {
  expect(cutOf(null, 16 / 9)).toEqual({ scale: 1, left: 0, top: 0 });
  expect(cutOf(null, 32 / 9)).toEqual({ scale: 2, left: -0.5, top: 0 });
  const tall = cutOf(null, 8 / 9);
  expect([tall.scale, tall.left, tall.top]).toEqual([1, 0, -0.5]);
});
