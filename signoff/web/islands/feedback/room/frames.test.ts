import { describe, expect, it } from "vitest";
import { baseOf, frameDuring, frameNamed, frameShownAt, framesIn, fullTimecode, middleOf, rateOf, rateWords, startOf, timecode, type Rate } from "./frames";

const RATES: [string, Rate][] = [
  ["23.976 fps", { num: 24_000, den: 1_001 }],
  ["24 fps", { num: 24, den: 1 }],
  ["25 fps", { num: 25, den: 1 }],
  ["29.97 fps DF", { num: 30_000, den: 1_001 }],
  ["30 fps", { num: 30, den: 1 }],
  ["50 fps", { num: 50, den: 1 }],
  ["59.94 fps DF", { num: 60_000, den: 1_001 }],
];
const NTSC: Rate = { num: 30_000, den: 1_001 };
const DOUBLE: Rate = { num: 60_000, den: 1_001 };
const PAL: Rate = { num: 25, den: 1 };
const DAY = 24 * 60 * 60;

describe.each(RATES)("at %s", (words, rate) => {
  const some = [0, 1, 2, 23, 24, 25, 29, 30, 59, 60, 999, 1_798, 1_799, 1_800, 17_981, 17_982, 107_891, 107_892, baseOf(rate) * DAY];

  it("finds each frame from where it begins and from its middle", () => {
    expect(some.map((frame) => frameShownAt(startOf(frame, rate), rate))).toEqual(some);
    expect(some.map((frame) => frameDuring(startOf(frame, rate), rate))).toEqual(some);
    expect(some.map((frame) => frameDuring(middleOf(frame, rate), rate))).toEqual(some);
  });

  it("bears a container that rounds to milliseconds", () => {
    expect(some.map((frame) => frameShownAt(Math.round(startOf(frame, rate) * 1_000) / 1_000, rate))).toEqual(some);
  });

  it("reads its own timecodes", () => {
    expect(some.map((frame) => frameNamed(fullTimecode(frame, rate), rate))).toEqual(some);
    expect(some.map((frame) => frameNamed(timecode(frame, rate), rate))).toEqual(some);
  });

  it("never says the same name twice, and goes forward", () => {
    const names = Array.from({ length: 40_000 }, (_, frame) => fullTimecode(frame, rate));
    expect(new Set(names).size).toBe(names.length);
    expect([...names].sort()).toEqual(names);
  });

  it("is said in words", () => expect(rateWords(rate)).toBe(words));
});

describe("drop frame", () => {
  it("leaves out two names a minute at 29.97, but not in each tenth one", () => {
    expect([1_799, 1_800, 17_981, 17_982, 107_892].map((frame) => fullTimecode(frame, NTSC))).toEqual([
      "00:00:59;29", "00:01:00;02", "00:09:59;29", "00:10:00;00", "01:00:00;00",
    ]);
  });

  it("leaves out four at 59.94", () => {
    expect([3_599, 3_600, 35_963, 35_964].map((frame) => fullTimecode(frame, DOUBLE))).toEqual([
      "00:00:59;59", "00:01:00;04", "00:09:59;59", "00:10:00;00",
    ]);
  });

  it("is not for 23.976", () => {
    expect(fullTimecode(1_440, { num: 24_000, den: 1_001 })).toBe("00:01:00:00");
  });
});

describe("timecodes", () => {
  it("leave out hours that are not there", () => {
    expect([0, 170, 90_000].map((frame) => timecode(frame, PAL))).toEqual(["00:00:00", "00:06:20", "01:00:00:00"]);
  });

  it("may be typed short, or as the number of a frame", () => {
    expect(["6:20", "0:06:20", "170", " 1:00:00:00 "].map((typed) => frameNamed(typed, PAL))).toEqual([170, 170, 170, 90_000]);
  });

  it.each(["", "a", "6:25", "0:61:00", "1:2:3:4:5", "-1", "1e3", "NaN", "9".repeat(30)])("are not %j", (typed) => {
    expect(frameNamed(typed, PAL)).toBe(null);
  });
});

describe("what is not known", () => {
  it("counts as 25 frames a second", () => expect(rateOf({ fps_num: null, fps_den: null })).toEqual(PAL));
  it("is counted from how long it lasts", () => {
    expect([framesIn(40_000, PAL), framesIn(0, PAL), framesIn(1_001, NTSC)]).toEqual([1_000, 1, 30]);
  });
});
