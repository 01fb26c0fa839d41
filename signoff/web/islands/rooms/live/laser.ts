/** Where people point: one's own pointer while it is switched on, and those of others, each with its name for a while. */
import { make } from "../../feedback/room/dom";
import { post } from "../../api";
import type { SpotSaid } from "./types";

const EVERY = 70; // ms between two of one's own
const FADES = 2_500;

export class Laser {
  isOn = false;
  private last = 0;
  private readonly seen = new Map<string, { dot: HTMLElement; timer: number }>();

  constructor(private readonly id: string, private readonly picture: () => HTMLElement | null, private readonly nameOf: (id: string) => string) {}

  /** The pointer is here, in the page's pixels. */
  move(x: number, y: number): void {
    const box = this.picture()?.getBoundingClientRect();
    if (!this.isOn || !box?.width || !box.height || Date.now() - this.last < EVERY) return;
    const spot = { x: round((x - box.left) / box.width), y: round((y - box.top) / box.height) };
    if (spot.x < 0 || spot.y < 0 || spot.x > 1 || spot.y > 1) return;
    this.last = Date.now();
    void post(`/reviews/${this.id}/room/pointer`, { spot: { ...spot, on: true } }).catch(() => undefined);
  }

  heard({ w, data }: SpotSaid): void {
    const picture = this.picture();
    if (!picture || !data) return;
    const known = this.seen.get(w) ?? { dot: this.make(w), timer: 0 };
    window.clearTimeout(known.timer);
    if (known.dot.parentElement !== picture) picture.append(known.dot);
    known.dot.style.setProperty("left", `${data.x * 100}%`);
    known.dot.style.setProperty("top", `${data.y * 100}%`);
    known.timer = window.setTimeout(() => this.forget(w), FADES);
    this.seen.set(w, known);
  }

  private make(who: string): HTMLElement {
    return make("span", "laser", { "aria-hidden": "true" }, make("span", "laser-dot"), make("span", "cursor-name", {}, this.nameOf(who)));
  }

  private forget(who: string): void {
    this.seen.get(who)?.dot.remove();
    this.seen.delete(who);
  }
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
