import { describe, expect, it } from "vitest";
import { marksOf, rulerStep, rulerWords } from "./timeline_marks";
import type { Comment } from "./types";

function comment(id: string, first: number | null, last: number | null = null, more: Partial<Comment> = {}): Comment {
  return { id, parent: null, is_removed: false, frame_in: first, frame_out: last, ...more } as Comment;
}

const spanOf = (one: Comment): { first: number; last: number } | null =>
  typeof one.frame_in === "number" ? { first: one.frame_in, last: one.frame_out ?? one.frame_in } : null;

function drawn(comments: Comment[], nearest = 10): [string, number, number, boolean][] {
  return marksOf(comments, spanOf, nearest).map((one) => [one.comments.map((each) => each.id).join("+"), one.first, one.last, one.isRange]);
}

describe("marks", () => {
  it("are a dot for a moment and a bar for a range", () => {
    expect(drawn([comment("a", 5), comment("b", 40, 60)])).toEqual([["b", 40, 60, true], ["a", 5, 5, false]]);
  });

  it("are one figure where dots would cover each other, in the order of the film", () => {
    expect(drawn([comment("c", 18), comment("a", 5), comment("b", 14), comment("d", 100)])).toEqual([
      ["a+b", 5, 14, false], ["c", 18, 18, false], ["d", 100, 100, false],
    ]);
  });

  it("leave out answers, what was removed, and what is nowhere in time", () => {
    expect(drawn([comment("a", 5, null, { parent: "b" }), comment("b", 5, null, { is_removed: true }), comment("c", null)])).toEqual([]);
  });

  it("are quick with thousands", () => {
    const many = Array.from({ length: 5_000 }, (_, n) => comment(String(n), n));
    expect(drawn(many, 100).length).toBe(50);
  });

  it("count a range of one frame as a moment", () => {
    expect(drawn([comment("a", 5, 5)])).toEqual([["a", 5, 5, false]]);
  });
});

describe("the ruler", () => {
  it("has about as many figures as there is room for", () => {
    expect([rulerStep(40, 8), rulerStep(40, 2), rulerStep(3_600, 8), rulerStep(0.5, 8), rulerStep(360_000, 2)]).toEqual([5, 30, 600, 1, 14_400]);
  });

  it("says seconds, then minutes, then hours", () => {
    expect([0, 5, 60, 90, 3_600].map(rulerWords)).toEqual(["0", "5 s", "1:00", "1:30", "1:00:00"]);
  });
});
