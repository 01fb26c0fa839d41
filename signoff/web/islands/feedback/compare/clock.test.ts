import { expect, test } from "vitest";
import type { Rate } from "../room/frames";
import { frameBeside, isSameRate, offsetOf, toA, toB } from "./clock";

const [R24, R25, R50, R2997, R30]: Rate[] = [{ num: 24, den: 1 }, { num: 25, den: 1 }, { num: 50, den: 1 }, { num: 30_000, den: 1_001 }, { num: 30, den: 1 }] as const;

test("at the same rate the number is the same, however the rate is written", () => {
  expect([0, 1, 99_999].map((frame) => frameBeside(frame, R25!, { num: 50, den: 2 }))).toEqual([0, 1, 99_999]);
  expect([isSameRate(R25!, { num: 50, den: 2 }), isSameRate(R2997!, R30!)]).toEqual([true, false]);
});

test("at another rate it is the one that is on the screen at this moment", () => {
  expect([0, 1, 2, 3].map((frame) => frameBeside(frame, R50!, R25!))).toEqual([0, 0, 1, 1]);
  expect([0, 1, 2].map((frame) => frameBeside(frame, R25!, R50!))).toEqual([1, 3, 5]);
  expect(frameBeside(35_964, R2997!, R30!)).toBe(36_000); // twenty minutes
});

test("from the slower one to the faster one and back is where one was", () => {
  for (const [slow, fast] of [[R24!, R25!], [R25!, R50!], [R2997!, R30!], [R24!, R2997!]] as const) {
    const back = Array.from({ length: 3_000 }, (_, frame) => toA(toB(frame, { a: slow, b: fast, offset: 7 }), { a: slow, b: fast, offset: 7 }));
    expect(back).toEqual(back.map((_, frame) => frame));
  }
});

test("the offset brings two frames together", () => {
  const pairs: [number, number][] = [[30, 40], [0, 0], [100, 3]];
  for (const [inA, inB] of pairs) expect(toB(inA, { a: R24!, b: R25!, offset: offsetOf(inA, inB, R24!, R25!) })).toBe(inB);
});
