import { expect, test } from "vitest";
import { COLOURS, drawn, INKS, strokePath } from "./marks";
import { markOf } from "./marks_fixture";
import type { MarkKind, Point } from "./types";

const SIZE = { width: 1_280, height: 720 };

/** CIE lightness, 0 to 100: how light it is in grey. */
function lightness(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y;
}

test("eight inks are told apart in grey", () => {
  expect(COLOURS.length).toBe(8);
  const greys = COLOURS.map((colour) => lightness(INKS[colour]));
  const steps = greys.slice(1).map((grey, at) => grey - greys[at]!);
  expect(Math.min(...steps)).toBeGreaterThan(6);
});

const TWO: Point[] = [[0.25, 0.5], [0.75, 0.5]];

test.each<[MarkKind, Point[], string]>([
  ["line", TWO, "path"], ["arrow", TWO, "path"], ["rect", TWO, "rect"], ["ellipse", TWO, "ellipse"], ["highlight", TWO, "rect"],
  ["pen", [...TWO, [0.8, 0.8]], "path"], ["pin", [[0.5, 0.5]], "circle"], ["text", [[0.5, 0.5]], "text"],
])("a %s is drawn in the picture's pixels", (kind, points, tag) => {
  const made = drawn(markOf(kind, points, { id: "m" }), SIZE);
  expect(made.getAttribute("data-mark")).toBe("m");
  expect(made.firstElementChild?.tagName).toBe(tag);
});

test("a rectangle is as large as its corners say, whichever of them was first", () => {
  const box = drawn(markOf("rect", [[0.75, 0.75], [0.25, 0.5]]), SIZE).querySelector("rect");
  expect(["x", "y", "width", "height"].map((name) => box?.getAttribute(name))).toEqual(["320", "360", "640", "180"]);
});

test("words are text, whatever stands in them", () => {
  const made = drawn(markOf("text", [[0, 0]], { geometry: { points: [[0, 0]], text: "<img src=x>\nsecond" } }), SIZE);
  expect(made.querySelector("img")).toBe(null);
  expect([...made.querySelectorAll("tspan")].map((row) => row.textContent)).toEqual(["<img src=x>", "second"]);
});

test("a dot of the pen is to be seen", () => {
  expect(strokePath(markOf("pen", [[0.5, 0.5]]), SIZE)).toMatch(/^M/);
});

test("a harder press draws a wider line", () => {
  const points = Array.from({ length: 20 }, (_, at): Point => [0.1 + at * 0.04, 0.5]);
  const high = (pressure: number): number => {
    const path = strokePath(markOf("pen", points, { geometry: { points, pressures: points.map(() => pressure) } }), SIZE);
    const ys = (path.match(/-?[\d.]+/g) ?? []).map(Number).filter((_, at) => at % 2 === 1);
    return Math.max(...ys) - Math.min(...ys);
  };
  expect(high(0.9)).toBeGreaterThan(high(0.2) * 1.5);
});
