import { describe, expect, it } from "vitest";
import { momentNamed, soundTime } from "./player_clock";

describe("moments of a sound", () => {
  it("are minutes, seconds and tenths", () => expect([0, 99, 100, 62_300, 3_600_000].map(soundTime)).toEqual(["0:00.0", "0:00.0", "0:00.1", "1:02.3", "60:00.0"]));
  it("are read as they are written", () => expect(["1:02.3", "62.3", "62,35", "0:00.0"].map(momentNamed)).toEqual([62_300, 62_300, 62_350, 0]));
  it.each(["", "x", "1:2:3", "-1", "1.2345", "NaN"])("are not %j", (typed) => expect(momentNamed(typed)).toBe(null));
});
