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

  /** At the playhead: the frame's number. */
  figure(at: number): string {
    return isFilm(this.surface) ? String(at) : soundTime(at);
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

  /** A range as the draft has it. Without one the draft stays where it is, at one moment. */
  placeOf(range: Range): Partial<Draft> {
    const film = isFilm(this.surface);
    if (range.in === null && range.out === null) return film ? { frame_out: null } : { ms_out: null };
    const [first, last] = [range.in ?? 0, range.out];
    const file = this.file.id;
    return film ? { file, frame_in: first, frame_out: last } : { file, ms_in: first, ms_out: last };
  }

  startOf(draft: Draft): number | null {
    if (draft.file !== this.file.id) return null;
    return (isFilm(this.surface) ? draft.frame_in : draft.ms_in) ?? null;
  }

  /** The range that a draft has here; none when it is about one moment, or about something else. */
  rangeOf(draft: Draft): Range {
    const [first, last] = isFilm(this.surface) ? [draft.frame_in, draft.frame_out] : [draft.ms_in, draft.ms_out];
    const isHere = draft.file === this.file.id && first !== null && first !== undefined && last !== null && last !== undefined;
    return isHere ? { in: first, out: last } : { in: null, out: null };
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
