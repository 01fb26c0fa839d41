/** Marks as SVG, in the picture's own pixels. */
import getStroke from "perfect-freehand";
import { boxOf, letters, pinRadius, stroke, unit, type Size } from "./draw_geometry";
import type { Colour, Mark, Point } from "./types";

const SVG = "http://www.w3.org/2000/svg";

/** Eight inks that differ in lightness as well, so that they are told apart in grey: from dark to light. */
export const INKS: Record<Colour, string> = {
  blue: "#1438c8", magenta: "#b01aa4", red: "#ef3340", green: "#1fa455", orange: "#ff9f45", cyan: "#5edcf0", yellow: "#ffe94d", white: "#ffffff",
};
export const COLOURS = Object.keys(INKS) as Colour[];

/** Around every line, so that it is seen on any picture. */
const DARK = "rgb(0 0 0 / 0.55)";
const LIGHT = "rgb(255 255 255 / 0.7)";

export function svg<K extends keyof SVGElementTagNameMap>(tag: K, attributes: Record<string, string | number> = {}): SVGElementTagNameMap[K] {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}

export function drawn(mark: Mark, size: Size): SVGElement {
  const made = svg("g", { "data-mark": mark.id, class: `mark mark-${mark.kind}` });
  made.append(...shapes(mark, size));
  return made;
}

/** The outline of a stroke of the pen, as a path. `isDone`: its end is drawn, too. */
export function strokePath(mark: Mark, size: Size, isDone = true): string {
  const { points, pressures } = mark.geometry;
  const hasPressure = pressures?.length === points.length && points.length > 0;
  const input = points.map(([x, y], at) => [x * size.width, y * size.height, hasPressure ? pressures[at]! : 0.5]);
  const outline = getStroke(input, {
    size: stroke(mark, size) * 1.6, thinning: hasPressure ? 0.6 : 0.35, smoothing: 0.5, streamline: 0.35, simulatePressure: !hasPressure, last: isDone,
  });
  return smooth(outline);
}

function shapes(mark: Mark, size: Size): SVGElement[] {
  const ink = INKS[mark.style.colour];
  const line = { fill: "none", stroke: ink, "stroke-width": stroke(mark, size), "stroke-linecap": "round", "stroke-linejoin": "round" };
  if (mark.kind === "pen") return [inked(svg("path", { d: strokePath(mark, size) }), mark, size)];
  if (mark.kind === "text") return [lettering(mark, size)];
  if (mark.kind === "pin") return pin(mark, size);
  const { x, y, w, h } = inPixels(boxOf(mark, size), size);
  if (mark.kind === "highlight") return [svg("rect", { x, y, width: w, height: h, fill: ink, class: "mark-shade" })];
  if (mark.kind === "rect") return doubled(svg("rect", { x, y, width: w, height: h, ...line }), mark, size);
  if (mark.kind === "ellipse") return doubled(svg("ellipse", { cx: x + w / 2, cy: y + h / 2, rx: w / 2, ry: h / 2, ...line }), mark, size);
  return doubled(svg("path", { d: mark.kind === "arrow" ? arrowPath(mark, size) : linePath(mark, size), ...line }), mark, size);
}

/** The line, and below it a wider one that sets it off. */
function doubled(made: SVGElement, mark: Mark, size: Size): SVGElement[] {
  const below = made.cloneNode() as SVGElement;
  below.setAttribute("stroke", halo(mark));
  below.setAttribute("stroke-width", String(stroke(mark, size) + 2 * edge(size)));
  return [below, made];
}

export function inked(made: SVGElement, mark: Mark, size: Size): SVGElement {
  const said = { fill: INKS[mark.style.colour], stroke: halo(mark), "stroke-width": 2 * edge(size), "paint-order": "stroke", "stroke-linejoin": "round" };
  for (const [name, value] of Object.entries(said)) made.setAttribute(name, String(value));
  return made;
}

function edge(size: Size): number {
  return unit(size) * 0.9;
}

function halo(mark: Mark): string {
  return mark.style.colour === "blue" || mark.style.colour === "magenta" ? LIGHT : DARK;
}

function lettering(mark: Mark, size: Size): SVGElement {
  const high = letters(mark, size);
  const [x, y] = inPicture(mark.geometry.points[0] ?? [0, 0], size);
  const made = inked(svg("text", { x, y: y + high * 0.95, "font-size": high, "font-weight": 650 }), mark, size);
  made.setAttribute("stroke-width", String(high * 0.16));
  for (const [at, words] of (mark.geometry.text ?? "").split("\n").entries()) {
    const row = svg("tspan", { x, dy: at ? high * 1.25 : 0 });
    row.textContent = words || " ";
    made.append(row);
  }
  return made;
}

function pin(mark: Mark, size: Size): SVGElement[] {
  const [cx, cy] = inPicture(mark.geometry.points[0] ?? [0, 0], size);
  const r = pinRadius(mark, size);
  const said = svg("text", { x: cx, y: cy + r * 0.38, "font-size": r * 1.1, "text-anchor": "middle", "font-weight": 700, fill: isDarkInk(mark) ? "#fff" : "#111" });
  said.textContent = String(mark.geometry.number ?? "");
  return [inked(svg("circle", { cx, cy, r }), mark, size), said];
}

function isDarkInk(mark: Mark): boolean {
  return ["blue", "magenta", "red", "green"].includes(mark.style.colour);
}

function linePath(mark: Mark, size: Size): string {
  const [a, b] = ends(mark, size);
  return `M${xy(a)}L${xy(b)}`;
}

/** From the first point to the second, where its head is. */
function arrowPath(mark: Mark, size: Size): string {
  const [from, to] = ends(mark, size);
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
  const length = Math.min(stroke(mark, size) * 4.5 + unit(size) * 6, Math.hypot(to[0] - from[0], to[1] - from[1]));
  const side = (turn: number): Point => [to[0] - length * Math.cos(angle + turn), to[1] - length * Math.sin(angle + turn)];
  return `M${xy(from)}L${xy(to)}M${xy(side(0.48))}L${xy(to)}L${xy(side(-0.48))}`;
}

function ends(mark: Mark, size: Size): [Point, Point] {
  const [a = [0, 0], b = a] = mark.geometry.points;
  return [inPicture(a, size), inPicture(b, size)];
}

function inPicture([x, y]: Point, size: Size): Point {
  return [x * size.width, y * size.height];
}

function inPixels(box: { x: number; y: number; w: number; h: number }, size: Size): typeof box {
  return { x: box.x * size.width, y: box.y * size.height, w: box.w * size.width, h: box.h * size.height };
}

function xy([x, y]: Point): string {
  return `${tenth(x)} ${tenth(y)}`;
}

/** Through the middles of the outline's points, each of them pulling at the line. */
function smooth(outline: number[][]): string {
  const [first] = outline;
  if (!first || outline.length < 3) return "";
  const parts = [`M${tenth(first[0]!)} ${tenth(first[1]!)}Q`];
  for (const [at, [x = 0, y = 0]] of outline.entries()) {
    const [nx = 0, ny = 0] = outline[(at + 1) % outline.length] ?? [];
    parts.push(`${tenth(x)} ${tenth(y)} ${tenth((x + nx) / 2)} ${tenth((y + ny) / 2)} `);
  }
  return `${parts.join("")}Z`;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
