import { describe, expect, it } from "vitest";
import { frameNamed, fullTimecode } from "./frames";
import table from "../../../../../tests/core/timecodes.json";

/** The table that `signoff/core/timecode.py` is tested with, too: pages and exports call frames by the same names. */
describe.each(table)("at $num / $den", ({ num, den, names }) => {
  const rate = { num, den };
  const cases = Object.entries(names as Record<string, string>).map(([frame, name]): [number, string] => [Number(frame), name]);

  it.each(cases)("frame %i is %s", (frame, name) => {
    expect(fullTimecode(frame, rate)).toBe(name);
    expect(frameNamed(name, rate)).toBe(frame);
  });
});
