import { expect, test } from "vitest";
import { readShown, START, writeShown, type Shown } from "./address";

const ROUNDS = { a: 3, b: 4 };

test("an address opens what it was written of", () => {
  const all: Shown[] = [
    START,
    { ...START, mode: "wipe", pair: 2, at: 170, view: { zoom: 2.5, x: 0.25, y: 0.6667 }, offset: -12, wipe: 33.3, comment: "01a223d7-cc32-74c6-9bad-330894a5dedd" },
    { ...START, mode: "overlay", mix: 0, page: 7, offset: 1 },
    { ...START, mode: "flip", side: "a" },
    { ...START, mode: "difference", gain: 8, at: -3 },
  ];
  expect(all.map((shown) => readShown(writeShown(ROUNDS, shown, "frame")))).toEqual(all);
  expect(readShown(writeShown(ROUNDS, { ...START, at: 2_300 }, "ms")).at).toBe(2_300);
});

test("what is as it would be anyway is left out", () => {
  expect(writeShown(ROUNDS, START, "frame")).toBe("?a=3&b=4");
  expect(writeShown(ROUNDS, { ...START, wipe: 10, mix: 3, gain: 4, side: "a" }, "frame")).toBe("?a=3&b=4");
});

test("nonsense counts as not said", () => {
  const bad = "?mode=cube&file=0&frame=NaN&ms=1e9&page=-1&zoom=0&x=Infinity&y=9&offset=1.5&wipe=101&mix=-1&gain=99&show=c&c=<b>";
  expect(readShown(bad)).toEqual(START);
  expect(readShown("?frame=99999999999999&offset=--3")).toEqual(START);
});
