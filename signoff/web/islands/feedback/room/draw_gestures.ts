/** What a pointer does between down and up, by tool. A gesture changes what it draws by itself; the draft at its end. */
import { boxOf, constrained, hits, isIn, joined, moved, MOST_POINTS, pointAt, resized, thinned, type Box } from "./draw_geometry";
import type { Desk } from "./draw_desk";
import type { Mark, MarkKind, Point, Tool } from "./types";

/** Where the pointer is: the picture's place on the screen, measured once when it went down. */
export interface Ground { left: number; top: number; width: number; height: number }

export interface Gesture {
  /** What is to be seen of it now, in the place of the marks with the same ids. */
  readonly live: Mark[];
  /** Those that it takes away. */
  readonly gone: Set<string>;
  move(events: PointerEvent[]): void;
  end(): void;
}

const REACH = 8; // CSS pixels that count as touched
const FINE = 0.7; // CSS pixels by which a stroke may differ from the hand
const APART = 1; // CSS pixels between two points of a stroke
const LEAST = 4; // CSS pixels: a shape that is smaller was a click

export function begin(tool: Tool, desk: Desk, ground: Ground, event: PointerEvent): Gesture | null {
  const at = pointAt(event.clientX, event.clientY, ground);
  if (tool === "pen") return new Stroke(desk, ground, event);
  if (tool === "pin") return new Pin(desk, ground, at);
  if (tool === "eraser") return new Erasing(desk, ground, at);
  if (tool === "select") return picking(desk, ground, at, event.shiftKey);
  return tool === "text" ? null : new Shape(tool, desk, ground, at);
}

class Stroke implements Gesture {
  readonly gone = new Set<string>();
  private readonly mark: Mark;
  private readonly points: Point[] = [];
  private readonly pressures: number[] = [];
  private last: [number, number] = [NaN, NaN];
  private straight: Point | null = null;

  constructor(private readonly desk: Desk, private readonly ground: Ground, event: PointerEvent) {
    this.mark = desk.make("pen", this.points, event.pointerType === "pen" ? { pressures: this.pressures } : {});
    this.take(event);
  }

  get live(): Mark[] {
    const points = this.straight ? [this.points[0]!, this.straight] : this.points;
    return [{ ...this.mark, geometry: { ...this.mark.geometry, points } }];
  }

  move(events: PointerEvent[]): void {
    const newest = events[events.length - 1]!;
    this.straight = newest.shiftKey ? constrained("pen", this.points[0]!, this.at(newest), this.desk.surface.size) : null;
    if (!this.straight) for (const event of events) this.take(event);
  }

  end(): void {
    if (this.straight) return this.desk.add(this.live);
    const { size } = this.desk.surface;
    let reach = (FINE * size.width) / this.ground.width;
    let kept = thinned(this.points, size, reach);
    for (; kept.length > MOST_POINTS; reach *= 2) kept = thinned(this.points, size, reach);
    const of = <T>(list: T[]): T[] => kept.map((at) => list[at]!);
    const pressures = this.mark.geometry.pressures ? { pressures: of(this.pressures) } : {};
    this.desk.add([{ ...this.mark, geometry: { points: of(this.points), ...pressures } }]);
  }

  private take(event: PointerEvent): void {
    const { clientX: x, clientY: y } = event;
    if (Math.hypot(x - this.last[0], y - this.last[1]) < APART) return;
    this.last = [x, y];
    this.points.push(this.at(event));
    this.pressures.push(Math.round(event.pressure * 100) / 100);
  }

  private at(event: PointerEvent): Point {
    return pointAt(event.clientX, event.clientY, this.ground);
  }
}

class Shape implements Gesture {
  readonly gone = new Set<string>();
  private mark: Mark;

  constructor(private readonly kind: MarkKind, private readonly desk: Desk, private readonly ground: Ground, private readonly from: Point) {
    this.mark = desk.make(kind, [from, from]);
  }

  get live(): Mark[] {
    return [this.mark];
  }

  move(events: PointerEvent[]): void {
    const event = events[events.length - 1]!;
    const at = pointAt(event.clientX, event.clientY, this.ground);
    const to = event.shiftKey ? constrained(this.kind, this.from, at, this.desk.surface.size) : at;
    this.mark = { ...this.mark, geometry: { points: [this.from, to] } };
  }

  end(): void {
    const [a, b] = this.mark.geometry.points as [Point, Point];
    const long = Math.hypot((b[0] - a[0]) * this.ground.width, (b[1] - a[1]) * this.ground.height);
    if (long >= LEAST) this.desk.add([this.mark]);
  }
}

class Pin implements Gesture {
  readonly gone = new Set<string>();
  live: Mark[];

  constructor(private readonly desk: Desk, private readonly ground: Ground, at: Point) {
    this.live = [desk.make("pin", [at])];
  }

  move(events: PointerEvent[]): void {
    const event = events[events.length - 1]!;
    const [mark] = this.live as [Mark];
    this.live = [{ ...mark, geometry: { ...mark.geometry, points: [pointAt(event.clientX, event.clientY, this.ground)] } }];
  }

  end(): void {
    this.desk.add(this.live);
  }
}

class Erasing implements Gesture {
  readonly live: Mark[] = [];
  readonly gone = new Set<string>();

  constructor(private readonly desk: Desk, private readonly ground: Ground, at: Point) {
    this.wipe(at);
  }

  move(events: PointerEvent[]): void {
    for (const event of events) this.wipe(pointAt(event.clientX, event.clientY, this.ground));
  }

  end(): void {
    this.desk.remove(this.gone);
  }

  private wipe(at: Point): void {
    const { size } = this.desk.surface;
    for (const mark of this.desk.marks) if (hits(mark, at, size, reachOf(this.desk, this.ground))) this.gone.add(mark.id);
  }
}

/** Moves what is picked. */
class Moving implements Gesture {
  live: Mark[] = [];
  readonly gone = new Set<string>();

  constructor(private readonly desk: Desk, private readonly ground: Ground, private readonly from: Point) {}

  move(events: PointerEvent[]): void {
    const event = events[events.length - 1]!;
    const [x, y] = pointAt(event.clientX, event.clientY, this.ground);
    this.live = this.desk.copied().map((mark) => moved(mark, x - this.from[0], y - this.from[1]));
  }

  end(): void {
    if (this.live.length) this.desk.put(this.live);
  }
}

/** From a corner of what is picked; the one opposite stays where it is. */
export class Resizing implements Gesture {
  live: Mark[] = [];
  readonly gone = new Set<string>();
  private readonly marks: Mark[];
  private readonly box: Box;

  constructor(private readonly desk: Desk, private readonly ground: Ground, private readonly corner: [0 | 1, 0 | 1]) {
    this.marks = desk.copied();
    this.box = joined(this.marks.map((mark) => boxOf(mark, desk.surface.size)));
  }

  move(events: PointerEvent[]): void {
    const event = events[events.length - 1]!;
    const fixed: Point = [this.box.x + (1 - this.corner[0]) * this.box.w, this.box.y + (1 - this.corner[1]) * this.box.h];
    let to = pointAt(event.clientX, event.clientY, this.ground);
    if (event.shiftKey) to = this.inShape(fixed, to);
    const wide = this.corner[0] ? to[0] - fixed[0] : fixed[0] - to[0];
    const high = this.corner[1] ? to[1] - fixed[1] : fixed[1] - to[1];
    const [w, h] = [Math.max(wide, 0.002), Math.max(high, 0.002)];
    const next = { x: this.corner[0] ? fixed[0] : fixed[0] - w, y: this.corner[1] ? fixed[1] : fixed[1] - h, w, h };
    this.live = this.marks.map((mark) => resized(mark, this.box, next));
  }

  end(): void {
    if (this.live.length) this.desk.put(this.live);
  }

  /** In the proportions that it had. */
  private inShape(fixed: Point, to: Point): Point {
    const by = Math.max(Math.abs(to[0] - fixed[0]) / (this.box.w || 1), Math.abs(to[1] - fixed[1]) / (this.box.h || 1));
    return [fixed[0] + (this.corner[0] ? 1 : -1) * this.box.w * by, fixed[1] + (this.corner[1] ? 1 : -1) * this.box.h * by];
  }
}

function picking(desk: Desk, ground: Ground, at: Point, isMore: boolean): Gesture | null {
  const { size } = desk.surface;
  const marks = [...desk.marks].reverse();
  const small = marks.filter((mark) => isIn(boxOf(mark, size), at, size)).sort((a, b) => area(boxOf(a, size)) - area(boxOf(b, size)));
  const found = marks.find((mark) => hits(mark, at, size, reachOf(desk, ground))) ?? small[0];
  if (!found) {
    desk.pick([]);
    return null;
  }
  const isPicked = desk.picked.has(found.id);
  if (isMore) desk.pick(isPicked ? [...desk.picked].filter((id) => id !== found.id) : [...desk.picked, found.id]);
  else if (!isPicked) desk.pick([found.id]);
  return new Moving(desk, ground, at);
}

function reachOf(desk: Desk, ground: Ground): number {
  return (REACH * desk.surface.size.width) / (ground.width || 1);
}

function area({ w, h }: Box): number {
  return w * h;
}
