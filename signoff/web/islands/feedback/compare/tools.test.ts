import { expect, test } from "vitest";
import { offsetWords } from "./tools";

test("how far the rounds are apart", () => {
  expect([offsetWords(0, "frame"), offsetWords(3, "frame"), offsetWords(-1, "page"), offsetWords(200, "ms")]).toEqual(["Linked", "+3 frames", "−1 page", "+0.2 s"]);
});
