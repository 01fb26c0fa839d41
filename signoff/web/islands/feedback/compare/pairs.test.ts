import { expect, test } from "vitest";
import type { FileKind, RoomFile } from "../room/types";
import { pairsOf, stemOf } from "./pairs";

function round(...names: string[]): RoomFile[] {
  const kinds: Record<string, FileKind> = { png: "image", jpg: "image", mp4: "video", pdf: "pdf", wav: "audio" };
  return names.map((name, at) => ({ id: name, name, position: at + 1, kind: kinds[name.split(".").pop() ?? ""] ?? "other" }) as RoomFile);
}

function named(a: RoomFile[], b: RoomFile[]): (string | null)[][] {
  return pairsOf(a, b).map((pair) => [pair.a?.name ?? null, pair.b?.name ?? null]);
}

test("files of one name stand beside each other, wherever they are", () => {
  expect(named(round("a.png", "b.png"), round("b.png", "a.png"))).toEqual([["b.png", "b.png"], ["a.png", "a.png"]]);
});

test("the version in a name does not count", () => {
  expect(["Hero_v04.png", "hero v3 FINAL.jpg", "hero-r12.tif", "HERO.png", "v2.png"].map(stemOf)).toEqual(["hero", "hero", "hero", "hero", ""]);
  expect(named(round("back_v1.png", "front_v1.png"), round("front_v2.png", "back_v2.png"))).toEqual([["front_v1.png", "front_v2.png"], ["back_v1.png", "back_v2.png"]]);
  expect(stemOf("river_v2.png")).not.toBe(stemOf("liver_v2.png"));
});

test("a film stands beside the picture that it was made of", () => {
  expect(named(round("teaser.png", "hero.png"), round("hero.png", "teaser.mp4"))).toEqual([["hero.png", "hero.png"], ["teaser.png", "teaser.mp4"]]);
});

test("without a name in common the place and the kind decide, and one file each is enough", () => {
  expect(named(round("one.png", "two.pdf"), round("uno.png", "due.pdf"))).toEqual([["one.png", "uno.png"], ["two.pdf", "due.pdf"]]);
  expect(named(round("one.png"), round("two.mp4"))).toEqual([["one.png", "two.mp4"]]);
});

test("what the other round has not stands alone, what only the older one has at the end", () => {
  expect(named(round("gone.wav", "a.png", "x.pdf"), round("new.mp4", "a.png"))).toEqual([[null, "new.mp4"], ["a.png", "a.png"], ["gone.wav", null], ["x.pdf", null]]);
  expect([named([], []), named(round("a.png"), [])]).toEqual([[], [["a.png", null]]]);
});
