import { describe, expect, it } from "vitest";
import { readAddress, writeAddress } from "./address";
import type { RoomFile } from "./types";

const FILES = [{ id: "a" }, { id: "b" }] as RoomFile[];
const COMMENT = "01a2232f-3a24-7e0a-99f6-f61563184887";

describe("an address", () => {
  it("says round, file, frame and comment, and leaves out what goes without saying", () => {
    expect(writeAddress(2, FILES, { file: "b", frame_in: 170 }, COMMENT)).toBe(`?round=2&file=2&frame=170&c=${COMMENT}`);
    expect(writeAddress(1, FILES, { file: "a", frame_in: 0 }, null)).toBe("?round=1");
    expect(writeAddress(1, FILES, { file: "a", page: 1 }, null)).toBe("?round=1");
    expect(writeAddress(1, FILES, { file: "a", ms_in: 1_500 }, null)).toBe("?round=1&ms=1500");
  });

  it("is read as it was written", () => {
    expect(readAddress(writeAddress(2, FILES, { file: "b", page: 3 }, COMMENT))).toEqual({ position: 2, place: { page: 3 }, comment: COMMENT });
    expect(readAddress("?frame=0")).toEqual({ position: 1, place: { frame_in: 0 }, comment: null });
  });

  it.each(["?frame=NaN", "?frame=-1", "?frame=1.5", "?frame=1e9", "?frame=99999999999", "?page=0", "?c=<b>", "?file="])("ignores %s", (query) => {
    expect(readAddress(query)).toEqual({ position: 1, place: {}, comment: null });
  });
});
