/** The room's clock as this page knows it, and which frame is to be seen now. Pure but for `performance.now`. */
import type { RoomState } from "./types";

export const MOST_DRIFT = 2; // frames

export class RoomClock {
  private offset = 0; // what to add to our own
  private best = Infinity; // of the round trips so far, the shortest: its answer is the nearest to the truth

  constructor(private readonly own: () => number = () => performance.timeOrigin + performance.now()) {}

  /** An answer said `now`; it was asked at `asked` of our own clock. */
  heard(now: number, asked: number): void {
    const took = this.own() - asked;
    if (took > this.best * 1.5) return;
    this.best = Math.min(this.best, took);
    this.offset = now + took / 2 - this.own();
  }

  get ownNow(): number {
    return this.own();
  }

  get now(): number {
    return Math.round(this.own() + this.offset);
  }
}

/** What is to be seen at `now`, in frames or milliseconds: `each` of them pass in a second. */
export function frameAt(state: Pick<RoomState, "frame" | "playing" | "rate" | "at">, now: number, each: number, last: number): number {
  if (!state.playing) return Math.min(state.frame, last);
  const gone = (Math.max(now - state.at, 0) / 1000) * state.rate * each;
  return Math.max(Math.min(Math.floor(state.frame + gone), last), 0);
}

/** How fast to play to come back to where the others are; null: so far away that only a jump helps. */
export function catchUp(shown: number, wanted: number, each: number): number | null {
  const behind = wanted - shown;
  if (Math.abs(behind) <= MOST_DRIFT / 2) return 1;
  if (Math.abs(behind) > each / 2) return null;
  return behind > 0 ? 1.08 : 0.92;
}
