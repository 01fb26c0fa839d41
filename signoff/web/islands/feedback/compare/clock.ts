/** Which frame of one film stands beside which of the other. In integers; pure. */
import type { Rate } from "../room/frames";

/** The frame of the other film that is on the screen in the middle of this one. At the same rate: the same number. */
export function frameBeside(frame: number, from: Rate, to: Rate): number {
  const over = 2 * from.num * to.den;
  return Math.floor(((2 * frame + 1) * from.den * to.num) / over);
}

export function isSameRate(a: Rate, b: Rate): boolean {
  return a.num * b.den === b.num * a.den;
}

/** What is n in a, is n + offset in b. */
export interface Linked { a: Rate; b: Rate; offset: number }

export function toB(frame: number, { a, b, offset }: Linked): number {
  return frameBeside(frame, a, b) + offset;
}

export function toA(frame: number, { a, b, offset }: Linked): number {
  return frameBeside(frame - offset, b, a);
}

/** The offset with which these two frames stand beside each other. */
export function offsetOf(inA: number, inB: number, a: Rate, b: Rate): number {
  return inB - frameBeside(inA, a, b);
}
