import { describe, expect, it } from "vitest";
import { held } from "./surface_view";

describe("a picture in its frame", () => {
  it("leaves no more than half of it empty when it is larger", () => {
    expect([held(900, 2_000, 1_000), held(-2_400, 2_000, 1_000), held(-500, 2_000, 1_000)]).toEqual([500, -1_500, -500]);
  });
  it("goes no further than half out of it when it is smaller", () => {
    expect([held(-800, 400, 1_000), held(2_000, 400, 1_000), held(300, 400, 1_000)]).toEqual([-500, 1_100, 300]);
  });
});
