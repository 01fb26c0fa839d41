/** What one has to know of the two files to believe one's eyes. */
import { rateWords } from "../room/frames";
import { isFilm } from "../room/surface";
import { isSameRate } from "./clock";
import { kindWords } from "./pairs";
import type { Pane } from "./pane";

/** `isLaid`: they lie as was asked for. */
export function toBeKnown(a: Pane, b: Pane, isLaid: boolean, isSound: boolean): string {
  if (!a.file || !b.file) return "";
  if (a.file.kind !== b.file.kind) {
    return `Round ${a.notes.number} has ${kindWords(a.file)} here, round ${b.notes.number} ${kindWords(b.file)}: they stand beside each other and move by themselves.`;
  }
  const parts: string[] = [];
  if (isFilm(a.surface) && isFilm(b.surface) && !isSameRate(a.surface.rate, b.surface.rate)) {
    parts.push(`${rateWords(a.surface.rate)} beside ${rateWords(b.surface.rate)}: frames are matched by their time.`);
  }
  if (!isLaid) parts.push(isSound ? "Sounds are heard one at a time." : "One of them has no picture, so nothing is laid over the other.");
  return parts.join(" ");
}
