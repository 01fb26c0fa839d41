import { expect, test } from "vitest";
import { catchUp, frameAt, RoomClock } from "./clock";

const STATE = { frame: 100, playing: true, rate: 1, at: 10_000 };

test("what stands stays, what plays goes on by the clock", () => {
  expect(frameAt({ ...STATE, playing: false }, 99_000, 25, 1_000)).toBe(100);
  expect(frameAt(STATE, 12_000, 25, 1_000)).toBe(150);
  expect(frameAt({ ...STATE, rate: 2 }, 12_000, 25, 1_000)).toBe(200);
  expect(frameAt(STATE, 12_000, 25, 120)).toBe(120);
  expect(frameAt(STATE, 9_000, 25, 1_000)).toBe(100);
});

test("a little behind plays a little faster, far behind jumps", () => {
  expect([catchUp(100, 101, 25), catchUp(100, 104, 25), catchUp(104, 100, 25), catchUp(100, 130, 25)]).toEqual([1, 1.08, 0.92, null]);
});

test("the shortest way there and back is believed", () => {
  let own = 1_000;
  const clock = new RoomClock(() => own);
  own = 1_020;
  clock.heard(5_000, 1_000);
  expect(clock.now).toBe(5_010);
  own = 3_020;
  clock.heard(9_000, 1_020);
  expect(clock.now).toBe(7_010);
});
