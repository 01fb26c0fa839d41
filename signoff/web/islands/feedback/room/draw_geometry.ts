/** Where marks are: fractions of the picture. What must look the same in both directions counts in its pixels. Pure. */
import type { Mark, Point, Region } from "./types";

export interface Size { width: number; height: number }
export interface Box { x: number; y: number; w: number; h: number }

export const OUTSIDE = 0.1; // so much of a picture a mark may lie outside of it
export const MOST_POINTS = 5_000;
const FINE = 1e5; // a hundred-thousandth of a picture is less than a pixel of any
const CHARACTER = 0.58; // of a letter's height is its width, about
const LINES = 1.25;

/** Where a pointer is on a picture that lies there on the screen. */
export function pointAt(x: number, y: number, box: { left: number; top: number; width: number; height: number }): Point {
  return point((x - box.left) / (box.width || 1), (y - box.top) / (box.height || 1));
}

export function point(x: number, y: number): Point {
  return [rounded(x), rounded(y)];
}

/** Square, round, or in steps of an eighth of a turn: what Shift asks for. */
export function constrained(kind: Mark["kind"], from: Point, to: Point, size: Size): Point {
  const dx = (to[0] - from[0]) * size.width;
  const dy = (to[1] - from[1]) * size.height;
  if (kind === "line" || kind === "arrow" || kind === "pen") {
    const step = Math.PI / 4;
    const angle = Math.round(Math.atan2(dy, dx) / step) * step;
    const length = Math.hypot(dx, dy);
    return point(from[0] + (Math.cos(angle) * length) / size.width, from[1] + (Math.sin(angle) * length) / size.height);
  }
  const side = Math.max(Math.abs(dx), Math.abs(dy));
  return point(from[0] + (Math.sign(dx || 1) * side) / size.width, from[1] + (Math.sign(dy || 1) * side) / size.height);
}

/** The height of letters, and the width of lines, in pixels of the picture. The same for a picture of any size. */
export function letters(mark: Mark, size: Size): number {
  return unit(size) * [0, 16, 24, 40][mark.style.width]!;
}
export function stroke(mark: Mark, size: Size): number {
  return unit(size) * [0, 2, 4, 8][mark.style.width]!;
}
export function unit(size: Size): number {
  return Math.max(size.width, size.height) / 1_280;
}

export function boxOf(mark: Mark, size: Size): Box {
  const [first = [0, 0]] = mark.geometry.points;
  if (mark.kind === "text") return textBox(mark, first, size);
  const box = around(mark.geometry.points);
  if (mark.kind !== "pin") return box;
  const r = pinRadius(mark, size);
  return { x: first[0] - r / size.width, y: first[1] - r / size.height, w: (2 * r) / size.width, h: (2 * r) / size.height };
}

export function pinRadius(mark: Mark, size: Size): number {
  return letters(mark, size) * 0.75;
}

function textBox(mark: Mark, [x, y]: Point, size: Size): Box {
  const lines = (mark.geometry.text ?? "").split("\n");
  const high = letters(mark, size);
  const wide = Math.max(...lines.map((line) => line.length)) * high * CHARACTER;
  return { x, y, w: wide / size.width, h: (lines.length * high * LINES) / size.height };
}

function around(points: Point[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, w: right - left, h: bottom - top };
}

export function joined(boxes: Box[]): Box {
  return around(boxes.flatMap((box): Point[] => [[box.x, box.y], [box.x + box.w, box.y + box.h]]));
}

/** What a comment with these marks is about; none without marks. One pin alone is a point. */
export function regionOf(marks: Mark[], size: Size): Region | null {
  const [first] = marks;
  if (!first) return null;
  if (marks.length === 1 && first.kind === "pin") {
    const [x, y] = first.geometry.points[0]!;
    return { x: inside(x), y: inside(y), w: 0, h: 0 };
  }
  const { x, y, w, h } = joined(marks.map((mark) => boxOf(mark, size)));
  const [left, top] = [inside(x), inside(y)];
  return { x: left, y: top, w: rounded(inside(x + w) - left), h: rounded(inside(y + h) - top) };
}

/** Is something of the mark within `reach` pixels of the point? */
export function hits(mark: Mark, at: Point, size: Size, reach: number): boolean {
  const { points } = mark.geometry;
  const near = reach + stroke(mark, size) / 2;
  if (mark.kind === "text" || mark.kind === "pin" || mark.kind === "highlight") return isIn(boxOf(mark, size), at, size, reach);
  if (mark.kind === "rect") return edges(boxOf(mark, size)).some(([a, b]) => distance(at, a, b, size) <= near);
  if (mark.kind === "ellipse") return Math.abs(fromEllipse(boxOf(mark, size), at, size)) <= near;
  if (points.length === 1) return distance(at, points[0]!, points[0]!, size) <= near;
  return points.some((one, index) => index > 0 && distance(at, points[index - 1]!, one, size) <= near);
}

export function isIn(box: Box, [x, y]: Point, size: Size, reach = 0): boolean {
  const [dx, dy] = [reach / size.width, reach / size.height];
  return x >= box.x - dx && x <= box.x + box.w + dx && y >= box.y - dy && y <= box.y + box.h + dy;
}

export function moved(mark: Mark, dx: number, dy: number): Mark {
  return withPoints(mark, mark.geometry.points.map(([x, y]) => point(x + dx, y + dy)));
}

/** From one box into another; what is flat stays flat. */
export function resized(mark: Mark, from: Box, to: Box): Mark {
  const across = (at: number, a: number, b: number, start: number, length: number): number => (b ? start + ((at - a) / b) * length : at - a + start);
  return withPoints(mark, mark.geometry.points.map(([x, y]) => point(across(x, from.x, from.w, to.x, to.w), across(y, from.y, from.h, to.y, to.h))));
}

/** Fewer points in the same line: what differs by less than `reach` pixels is left out. */
export function thinned(points: Point[], size: Size, reach: number): number[] {
  const keep = new Set([0, points.length - 1]);
  const spans: [number, number][] = [[0, points.length - 1]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span;
    let [far, most] = [-1, reach];
    for (let at = from + 1; at < to; at++) {
      const off = distance(points[at]!, points[from]!, points[to]!, size);
      if (off > most) [far, most] = [at, off];
    }
    if (far < 0) continue;
    keep.add(far);
    spans.push([from, far], [far, to]);
  }
  return [...keep].sort((a, b) => a - b);
}

function withPoints(mark: Mark, points: Point[]): Mark {
  return { ...mark, geometry: { ...mark.geometry, points } };
}

/** In pixels, from a point to the line between two others. */
function distance(at: Point, a: Point, b: Point, size: Size): number {
  const [px, py] = [(at[0] - a[0]) * size.width, (at[1] - a[1]) * size.height];
  const [bx, by] = [(b[0] - a[0]) * size.width, (b[1] - a[1]) * size.height];
  const length = bx * bx + by * by;
  const along = length ? Math.min(Math.max((px * bx + py * by) / length, 0), 1) : 0;
  return Math.hypot(px - along * bx, py - along * by);
}

function edges({ x, y, w, h }: Box): [Point, Point][] {
  const corners: Point[] = [[x, y], [x + w, y], [x + w, y + h], [x, y + h]];
  return corners.map((corner, index) => [corner, corners[(index + 1) % 4]!]);
}

/** About how many pixels from its line; negative inside. */
function fromEllipse({ x, y, w, h }: Box, [px, py]: Point, size: Size): number {
  const [rx, ry] = [Math.max((w * size.width) / 2, 0.5), Math.max((h * size.height) / 2, 0.5)];
  const [dx, dy] = [(px - x - w / 2) * size.width, (py - y - h / 2) * size.height];
  return (Math.hypot(dx / rx, dy / ry) - 1) * Math.min(rx, ry);
}

function rounded(value: number): number {
  const held = Math.min(Math.max(Number.isFinite(value) ? value : 0, -OUTSIDE), 1 + OUTSIDE);
  return Math.round(held * FINE) / FINE;
}

function inside(value: number): number {
  return Math.min(Math.max(rounded(value), 0), 1);
}
