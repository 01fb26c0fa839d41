import { expect, test } from "vitest";
import { Pace } from "./pace";

/** The rows of each frame, when they begin so many ms apart. */
function paced(...apart: number[]): number[] {
  const pace = new Pace();
  let now = 0;
  pace.begin(now);
  return apart.map((ms) => {
    pace.begin((now += ms));
    return pace.rows;
  });
}

test("frames that come in time fill more rows, up to ten", () => {
  expect(paced(16, 17, 16, 17, 16, 17)).toEqual([6, 7, 8, 9, 10, 10]);
});

test("late frames fill fewer, but never so few that the window stays empty", () => {
  expect(paced(16, 16, 33, 50, 33)).toEqual([6, 7, 5, 4, 4]);
});

test("a pause says nothing of the machine", () => {
  expect(paced(16, 5000, 251)).toEqual([6, 6, 6]);
});
