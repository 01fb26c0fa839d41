/** What a film counts in frames and a sound in milliseconds, said in one way for the player and its timeline. */
import { frameNamed, timecode } from "./frames";
import type { Range } from "./player";
import { SoundSurface } from "./sound";
import { isFilm, type Playing } from "./surface";
import type { Comment, Draft, RoomFile } from "./types";

const STEP_MS = 100; // of a sound
const SECOND = 1_000;

export class Clock {
  constructor(private readonly surface: Playing, private readonly file: RoomFile) {}

  get media(): HTMLMediaElement {
    if (isFilm(this.surface)) return this.surface.video;
    return (this.surface as SoundSurface).audio;
  }

  /** How many there are. */
  get count(): number {
    return isFilm(this.surface) ? this.surface.frames : (this.surface as SoundSurface).duration;
  }

  get now(): number {
    return isFilm(this.surface) ? this.surface.frame : (this.surface as SoundSurface).ms;
  }

  get aim(): number {
    return isFilm(this.surface) ? this.surface.aim : this.now;
  }

  /** How many go into a second. */
  get perSecond(): number {
    return isFilm(this.surface) ? this.surface.rate.num / this.surface.rate.den : SECOND;
  }

  get backWords(): string {
    return isFilm(this.surface) ? "Back one frame (←)" : "Back a tenth of a second (←)";
  }

  get forwardWords(): string {
    return isFilm(this.surface) ? "Forward one frame (→)" : "Forward a tenth of a second (→)";
  }

  go(at: number): Promise<void> {
    return isFilm(this.surface) ? this.surface.seek(at) : (this.surface as SoundSurface).seek(at);
  }

  step(by: number): Promise<void> {
    if (isFilm(this.surface)) return this.surface.step(by);
    this.surface.pause();
    return this.go(this.now + by * STEP_MS);
  }

  words(at: number): string {
    return isFilm(this.surface) ? timecode(at, this.surface.rate) : soundTime(at);
  }

  named(typed: string): number | null {
    return isFilm(this.surface) ? frameNamed(typed, this.surface.rate) : momentNamed(typed);
  }

  /** Where a comment is: where it begins and ends; null when it is of another file or of the whole round. */
  spanOf(comment: Comment): { first: number; last: number } | null {
    const [first, last] = isFilm(this.surface) ? [comment.frame_in, comment.frame_out] : [comment.ms_in, comment.ms_out];
    if (comment.file !== this.file.id || first === null || first === undefined) return null;
    return { first, last: last ?? first };
  }

  /** A range as the draft has it: with only an end there is none. */
  placeOf(range: Range): Partial<Draft> {
    const [first, last] = [range.in, range.in === null ? null : range.out];
    return isFilm(this.surface)
      ? { file: this.file.id, frame_in: first, frame_out: last }
      : { file: this.file.id, ms_in: first, ms_out: last };
  }
}

/** `1:02.3`: minutes, seconds, tenths. */
export function soundTime(ms: number): string {
  const tenths = Math.floor(ms / 100);
  const [minutes, seconds] = [Math.floor(tenths / 600), Math.floor(tenths / 10) % 60];
  return `${minutes}:${String(seconds).padStart(2, "0")}.${tenths % 10}`;
}

/** The millisecond that `1:02.3` or `62.3` names. */
export function momentNamed(typed: string): number | null {
  const found = /^(?:(\d{1,4}):)?(\d{1,5})(?:[.,](\d{1,3}))?$/.exec(typed.trim());
  if (!found) return null;
  const [, minutes = "0", seconds = "0", rest = "0"] = found;
  return (Number(minutes) * 60 + Number(seconds)) * SECOND + Number(rest.padEnd(3, "0"));
}
