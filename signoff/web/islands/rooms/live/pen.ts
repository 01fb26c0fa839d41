/** Drawing over the work for everybody in the room: a pen, and what all have drawn on this frame or page. */
import { drawn, strokePath, svg } from "../../feedback/room/marks";
import type { Mark, Point } from "../../feedback/room/types";
import { del, post } from "../../api";
import type { Shown } from "../../feedback/room/surface";
import type { Drawing } from "./types";

const MOST_POINTS = 900;

export class Pen {
  isOn = false;
  private readonly layer = svg("svg", { class: "marks live-marks", "aria-hidden": "true" });
  private surface: Shown | null = null;
  private points: Point[] = [];
  private line: SVGElement | null = null;
  private drawings: Drawing[] = [];

  constructor(private readonly id: string, private readonly refused: (error: unknown) => void) {
    this.layer.addEventListener("pointerdown", (event) => this.begin(event as PointerEvent));
    this.layer.addEventListener("pointermove", (event) => this.draw(event as PointerEvent));
    this.layer.addEventListener("pointerup", () => this.end());
    this.layer.addEventListener("pointercancel", () => this.end());
  }

  /** Over this surface from now on. */
  put(surface: Shown | null): void {
    this.surface = surface;
    this.layer.remove();
    if (!surface?.size) return;
    this.layer.setAttribute("viewBox", `0 0 ${surface.size.width} ${surface.size.height}`);
    surface.picture.append(this.layer);
    this.show();
  }

  switch(isOn: boolean): void {
    this.isOn = isOn;
    this.layer.classList.toggle("is-drawing", isOn);
  }

  set all(drawings: Drawing[]) {
    this.drawings = drawings;
    this.show();
  }

  get all(): Drawing[] {
    return this.drawings;
  }

  /** Those of this frame and page; while it plays there are none. */
  show(): void {
    const size = this.surface?.size;
    if (!size) return;
    const place = this.surface?.place();
    const here = this.drawings.filter((one) => (one.frame ?? null) === (place?.frame_in ?? null) && (one.page ?? null) === (place?.page ?? null));
    this.layer.replaceChildren(...here.map((one) => drawn(one, size)));
    if (this.line) this.layer.append(this.line);
  }

  clear(): void {
    void del(`/reviews/${this.id}/room/drawings`).catch(this.refused);
  }

  private begin(event: PointerEvent): void {
    if (!this.isOn || event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    this.layer.setPointerCapture(event.pointerId);
    this.points = [this.at(event)];
    this.line = svg("path", { fill: "#ffe94d" });
    this.layer.append(this.line);
  }

  private draw(event: PointerEvent): void {
    const size = this.surface?.size;
    if (!this.line || !size || this.points.length >= MOST_POINTS) return;
    event.stopPropagation();
    this.points.push(this.at(event));
    this.line.setAttribute("d", strokePath(this.mark(), size, false));
  }

  private end(): void {
    this.line?.remove();
    this.line = null;
    if (this.points.length < 2) return;
    const place = this.surface?.place();
    const mark = { ...this.mark(), page: place?.page ?? null };
    this.points = [];
    this.all = [...this.drawings, { ...mark, by: "" }]; // until it comes back
    void post(`/reviews/${this.id}/room/drawings`, { mark }).catch((error: unknown) => {
      this.all = this.drawings.filter((one) => one.id !== mark.id);
      this.refused(error);
    });
  }

  private mark(): Mark {
    const frame = this.surface?.place().frame_in ?? null;
    return { id: crypto.randomUUID(), kind: "pen", geometry: { points: this.points }, style: { colour: "yellow", width: 2 }, frame, z: 0 };
  }

  private at(event: PointerEvent): Point {
    const box = this.layer.getBoundingClientRect();
    const share = (value: number): number => Math.round(Math.min(Math.max(value, -0.1), 1.1) * 10_000) / 10_000;
    return [share((event.clientX - box.left) / box.width), share((event.clientY - box.top) / box.height)];
  }
}
