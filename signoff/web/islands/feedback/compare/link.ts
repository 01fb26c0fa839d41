/** Holds the two sides together: zoom and position, time, pages. One of them leads; what is n in a, is n + offset in b. */
import { PagesSurface } from "../room/document";
import { clamped } from "../room/dom";
import { middleOf, within } from "../room/frames";
import { SoundSurface } from "../room/sound";
import { isFilm, type Film, type Shown } from "../room/surface";
import type { View } from "../room/surface_view";
import type { SideName } from "./address";
import { toA, toB } from "./clock";

export interface Link {
  /** Bring the one that follows to where it belongs, after the offset or who leads has changed. */
  follow(): void;
  destroy(): void;
}
export interface Course { readonly lead: SideName; readonly offset: number }

const FAR = 10; // frames: what is that far behind is not caught up with, but jumped to
const FAR_MS = 120;
const PULL = 0.05; // of the speed, for each frame that it is behind

export function linkViews(a: View, b: View): Link {
  let isBusy = false;
  const carry = (from: View, to: View) => (): void => {
    if (isBusy) return;
    isBusy = true;
    to.state = from.state;
    isBusy = false;
  };
  const ends = [a.onMove(carry(a, b)), b.onMove(carry(b, a))];
  return { follow: carry(b, a), destroy: () => ends.forEach((end) => end()) };
}

/** None where time or pages are not of the same kind. */
export function linkTime(a: Shown, b: Shown, course: Course): Link | null {
  if (isFilm(a) && isFilm(b)) return new FilmLink(a, b, course);
  if (a instanceof SoundSurface && b instanceof SoundSurface) return new SoundLink(a, b, course);
  if (a instanceof PagesSurface && b instanceof PagesSurface) return linkPages(a, b, course);
  return null;
}

abstract class TimeLink<T extends Film | SoundSurface> implements Link {
  private readonly ends: (() => void)[];
  protected isStarting = false;

  constructor(protected readonly a: T, protected readonly b: T, protected readonly course: Course) {
    const heard = (side: SideName) => (): void => {
      if (side === course.lead) this.follow();
    };
    this.ends = [a.onMove(heard("a")), b.onMove(heard("b"))];
  }

  get lead(): T {
    return this[this.course.lead];
  }

  get other(): T {
    return this.course.lead === "a" ? this.b : this.a;
  }

  follow(): void {
    if (this.lead.speed > 0) this.alongside();
    else this.stand();
  }

  destroy(): void {
    for (const end of this.ends) end();
  }

  protected start(first: Promise<void>): void {
    if (this.isStarting) return;
    this.isStarting = true;
    void first.then(() => (this.lead.speed > 0 ? this.other.play(this.lead.speed) : undefined)).finally(() => (this.isStarting = false));
  }

  protected abstract alongside(): void;
  protected abstract stand(): void;
}

class FilmLink extends TimeLink<Film> {
  protected stand(): void {
    const wanted = within(this.beside(this.lead.aim), this.other.frames);
    if (this.other.isPlaying) this.other.pause();
    if (this.other.aim !== wanted) void this.other.seek(wanted);
  }

  /** Two films never play in step by themselves: the one that follows is a little faster or slower until it does. */
  protected alongside(): void {
    const { lead, other } = this;
    const wanted = this.beside(lead.frame);
    if (wanted < 0 || wanted >= other.frames - 1) return this.wait(wanted);
    if (!other.isPlaying) return this.start(other.aim === wanted ? Promise.resolve() : other.seek(wanted));
    const behind = wanted - other.frame;
    if (Math.abs(behind) > FAR) other.video.currentTime = middleOf(wanted, other.rate);
    other.video.playbackRate = clamped(lead.speed * (1 + clamped(behind * PULL, -0.3, 0.3)), 0.1, 8);
  }

  /** It has not begun yet, or is over. */
  private wait(wanted: number): void {
    if (this.other.isPlaying) this.other.pause();
    const rest = within(wanted, this.other.frames);
    if (this.other.aim !== rest) void this.other.seek(rest);
  }

  private beside(frame: number): number {
    const linked = { a: this.a.rate, b: this.b.rate, offset: this.course.offset };
    return this.course.lead === "a" ? toB(frame, linked) : toA(frame, linked);
  }
}

class SoundLink extends TimeLink<SoundSurface> {
  protected stand(): void {
    const wanted = clamped(this.beside(), 0, this.other.duration);
    if (this.other.isPlaying) this.other.pause();
    if (Math.abs(this.other.ms - wanted) > 1) void this.other.seek(wanted);
  }

  protected alongside(): void {
    const wanted = this.beside();
    const { lead, other } = this;
    if (wanted < 0 || wanted >= other.duration) return void (other.isPlaying && other.pause());
    if (!other.isPlaying) return this.start(other.seek(wanted));
    if (Math.abs(other.ms - wanted) > FAR_MS) other.audio.currentTime = wanted / 1_000; // it is not heard
    other.audio.playbackRate = lead.speed;
  }

  private beside(): number {
    return this.lead.ms + (this.course.lead === "a" ? 1 : -1) * this.course.offset;
  }
}

function linkPages(a: PagesSurface, b: PagesSurface, course: Course): Link {
  const last = { a: a.page, b: b.page };
  let isBusy = false;
  const carry = (from: SideName): void => {
    const [mine, other, by] = from === "a" ? [a, b, course.offset] : [b, a, -course.offset];
    isBusy = true;
    void other.turn(mine.page + by);
    isBusy = false;
    [last.a, last.b] = [a.page, b.page];
  };
  const heard = (side: SideName, surface: PagesSurface) => (): void => {
    if (!isBusy && surface.page !== last[side]) carry(side);
  };
  const ends = [a.onMove(heard("a", a)), b.onMove(heard("b", b))];
  return { follow: () => carry(course.lead), destroy: () => ends.forEach((end) => end()) };
}
