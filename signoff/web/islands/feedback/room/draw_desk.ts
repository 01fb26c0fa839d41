/** The marks of the draft on one surface: what is added, changed, undone, and where the draft then stands. No pointers. */
import { toast } from "../../toast";
import { moved, point, regionOf } from "./draw_geometry";
import { INKS } from "./marks";
import type { RoomStore } from "./store";
import { isEmpty, newDraft, placeOf } from "./store_draft";
import { newId } from "./store_ids";
import type { Draft, Mark, MarkKind, Place, Point, Surface } from "./types";

export const MOST_MARKS = 200;
const MOST_STEPS = 100;
const BESIDE = 0.02; // where a copy lies beside what it is a copy of

interface Step { of: string; marks: Mark[] }

export class Desk {
  /** Ids of the marks that are moved, copied and taken away together. */
  picked = new Set<string>();
  private readonly past: Step[] = [];
  private readonly future: Step[] = [];

  constructor(readonly store: RoomStore, readonly surface: Surface) {}

  /** Those that are to be seen here: of this file, this page, this frame. */
  get marks(): Mark[] {
    const { draft } = this.store;
    return this.isHere(draft) ? draft.marks.filter((mark) => mark.frame === null || mark.frame === this.here.frame_in) : [];
  }

  get here(): Required<Place> {
    return placeOf(this.surface.place());
  }

  get canUndo(): boolean {
    return this.last(this.past) !== undefined;
  }

  get canRedo(): boolean {
    return this.last(this.future) !== undefined;
  }

  /** A mark in the ink that is chosen, at the place where one is. */
  make(kind: MarkKind, points: Point[], more: Partial<Mark["geometry"]> = {}): Mark {
    const pins = this.marks.filter((one) => one.kind === "pin").length;
    const geometry = kind === "pin" ? { points, number: pins + 1 } : { points, ...more };
    const z = Math.max(-1, ...this.marks.map((mark) => mark.z)) + 1;
    return { id: newId(), kind, geometry, style: { ...this.store.ink }, frame: this.here.frame_in, z };
  }

  /** Into the draft; one that is about something else is put aside first. */
  add(marks: Mark[]): void {
    if (!this.goesHere(this.store.draft)) this.putAside();
    const all = [...this.store.draft.marks, ...marks];
    if (all.length > MOST_MARKS) return void toast({ title: "That is enough on one note", text: `A note has at most ${MOST_MARKS} marks. Send it and go on in the next one.`, tone: "warn" });
    this.change(all);
  }

  /** Other marks in the place of those with the same ids; a step that can be undone. */
  put(marks: Mark[]): void {
    const anew = new Map(marks.map((mark) => [mark.id, mark]));
    this.change(this.store.draft.marks.map((mark) => anew.get(mark.id) ?? mark));
  }

  remove(ids: Set<string>): void {
    if (!ids.size) return;
    this.change(this.store.draft.marks.filter((mark) => !ids.has(mark.id)));
  }

  undo(): boolean {
    return this.step(this.past, this.future);
  }

  redo(): boolean {
    return this.step(this.future, this.past);
  }

  copied(): Mark[] {
    return this.marks.filter((mark) => this.picked.has(mark.id));
  }

  /** On the frame and page where one is; beside the originals where they are seen. */
  paste(marks: Mark[]): void {
    const by = marks.some((mark) => this.marks.some((one) => one.id === mark.id)) ? BESIDE : 0;
    const { frame_in } = this.here;
    const made = marks.map((mark, at) => ({ ...moved(mark, by, by), id: newId(), frame: frame_in, z: this.marks.length + at }));
    this.add(made);
    this.pick(made.map((mark) => mark.id));
  }

  nudge(dx: number, dy: number): void {
    const { width, height } = this.surface.size;
    this.put(this.copied().map((mark) => moved(mark, dx / width, dy / height)));
  }

  pick(ids: string[]): void {
    this.picked = new Set(ids);
  }

  isHere(draft: Draft): boolean {
    return draft.file === this.here.file && (draft.page ?? null) === this.here.page;
  }

  private goesHere(draft: Draft): boolean {
    if (draft.parent || draft.edits) return Boolean(draft.edits) && this.isHere(draft);
    return draft.marks.length === 0 || this.isHere(draft);
  }

  /** A comment is about one file and one page. */
  private putAside(): void {
    const was = this.store.draft;
    this.store.begin(newDraft(was.audience));
    if (!isEmpty(was)) toast({ title: "A new note begins here", text: "The one you were writing waits above the composer.", tone: "info" });
  }

  private change(marks: Mark[]): void {
    const { draft } = this.store;
    this.note(this.past, { of: draft.sent_as, marks: draft.marks });
    this.future.length = 0;
    this.write(marks);
  }

  private write(marks: Mark[]): void {
    const region = regionOf(marks, this.surface.size) ?? null;
    const isNew = this.store.draft.marks.length === 0 && !this.isRangeHere();
    this.store.write({ ...(isNew && marks[0] ? { ...this.here, frame_in: marks[0].frame } : {}), marks, region });
  }

  /** A range that was chosen on this film before one drew stays. */
  private isRangeHere(): boolean {
    const { draft } = this.store;
    const [frame, first, last] = [this.here.frame_in, draft.frame_in ?? null, draft.frame_out ?? null];
    return this.isHere(draft) && frame !== null && first !== null && last !== null && first <= frame && frame <= last;
  }

  private step(from: Step[], to: Step[]): boolean {
    const step = this.last(from);
    if (!step) return false;
    from.pop();
    this.note(to, { of: step.of, marks: this.store.draft.marks });
    this.write(step.marks);
    return true;
  }

  /** Steps of a draft that is not open any more are none. */
  private last(steps: Step[]): Step | undefined {
    const step = steps[steps.length - 1];
    return step?.of === this.store.draft.sent_as ? step : undefined;
  }

  private note(steps: Step[], step: Step): void {
    steps.push(step);
    if (steps.length > MOST_STEPS) steps.shift();
  }
}

export function isPoint(value: unknown): value is Point {
  return Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === "number" && Number.isFinite(one));
}

/** Marks from a clipboard, which anybody may have filled: what is none is left out. */
export function marksFrom(said: string): Mark[] {
  try {
    const read = JSON.parse(said) as unknown;
    return Array.isArray(read) ? read.filter(isMark).slice(0, MOST_MARKS).map(held) : [];
  } catch {
    return [];
  }
}

function isMark(value: unknown): value is Mark {
  const mark = value as Partial<Mark> | null;
  const points = mark?.geometry?.points;
  return typeof mark?.id === "string" && typeof mark.kind === "string" && mark.kind in LEAST && Array.isArray(points)
    && points.length >= LEAST[mark.kind] && points.every(isPoint) && (mark.style?.colour ?? "") in INKS && [1, 2, 3].includes(mark.style?.width ?? 0);
}

function held(mark: Mark): Mark {
  return { ...mark, geometry: { ...mark.geometry, points: mark.geometry.points.map(([x, y]) => point(x, y)) } };
}

const LEAST: Record<MarkKind, number> = { pen: 1, line: 2, arrow: 2, rect: 2, ellipse: 2, text: 1, pin: 1, highlight: 2 };
