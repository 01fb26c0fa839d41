/** The keys of a film and of a sound: play, step, shuttle, range, loop, speed, volume; and the timeline below them. */
import { icon } from "../../icon";
import { signButton, make, relabel } from "./dom";
import { rateWords } from "./frames";
import { Clock } from "./player_clock";
import { volumeControl } from "./player_volume";
import type { Playing } from "./surface";
import { isFilm } from "./surface";
import { Timeline } from "./timeline";
import type { RoomFile, Store } from "./types";

export const SPEEDS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2];
const SHUTTLE = [1, 2, 4];

/** The part of the film that is looped and commented on; both ends belong to it. */
export interface Range { in: number | null; out: number | null }

export class Player {
  readonly root = make("section", "player", { "aria-label": "Player" });
  readonly clock: Clock;
  range: Range = { in: null, out: null };
  isLooping = false;
  private speed = 1;
  private readonly timeline: Timeline;
  private readonly now = make("input", "timecode-now", { type: "text", "aria-label": "Go to a timecode or a frame", spellcheck: "false", autocomplete: "off" });
  private readonly whole = make("span", "muted");
  private readonly playButton = signButton(icon("play", "icon-solid"), "Play", () => this.toggle(), "btn btn-icon play");
  private readonly loopButton = signButton(icon("repeat"), "Loop", () => this.loop());
  private readonly speedButton = make("summary", "btn btn-sm btn-ghost", { title: "Speed" });
  private readonly stops: (() => void)[] = [];

  constructor(host: HTMLElement, readonly surface: Playing, file: RoomFile, private readonly store: Store, toFull: () => void) {
    this.clock = new Clock(surface, file);
    this.timeline = new Timeline(this, file, store);
    this.root.append(this.transport(toFull), this.timeline.root);
    host.replaceChildren(this.root);
    this.range = this.clock.rangeOf(store.draft);
    this.stops.push(surface.onMove(() => this.show()), this.timeline.watch(), store.onChange((what) => what === "draft" && this.follow()));
    this.listenToTimecode();
    this.setSpeed(1);
    this.show();
  }

  destroy(): void {
    for (const stop of this.stops) stop();
    this.root.remove();
  }

  toggle(): void {
    if (this.surface.isPlaying) this.surface.pause();
    else void this.play();
  }

  async play(): Promise<void> {
    const { first, last } = this.span();
    if (this.isLooping && (this.clock.now < first || this.clock.now >= last)) await this.clock.go(first);
    await this.surface.play(this.speed);
  }

  /** J and L: again is faster; the other way begins at once. */
  shuttle(direction: 1 | -1): void {
    const now = this.surface.speed * direction;
    const next = SHUTTLE[Math.min(SHUTTLE.findIndex((one) => one > now), SHUTTLE.length - 1)] ?? SHUTTLE[SHUTTLE.length - 1] ?? 1;
    void this.surface.play(direction * (now > 0 ? next : 1));
  }

  step(by: number): void {
    void this.clock.step(by);
  }

  end(isLast: boolean): void {
    this.surface.pause();
    const { first, last } = this.span();
    void this.clock.go(isLast ? last : first);
  }

  /** I and O: here it begins, here it ends; the same place again takes it back. */
  mark(end: "in" | "out"): void {
    const at = this.clock.aim;
    const taken = this.range[end] === at ? null : at;
    this.setRange({ ...this.range, [end]: taken });
  }

  clearRange(): void {
    this.setRange({ in: null, out: null });
  }

  /** Ends that are the wrong way round change places; the draft takes the range over. */
  setRange(range: Range): void {
    const turned = range.in !== null && range.out !== null && range.in > range.out;
    this.range = turned ? { in: range.out, out: range.in } : range;
    this.store.write(this.clock.placeOf(this.range));
    this.show();
  }

  /** What was sent or thrown away takes its range with it; another draft brings its own. */
  private follow(): void {
    const { draft } = this.store;
    const drafted = this.clock.rangeOf(draft);
    const isOpenEnded = this.range.out === null && this.clock.startOf(draft) === this.range.in;
    if (isOpenEnded || (drafted.in === this.range.in && drafted.out === this.range.out)) return;
    if (drafted.in === 0 && this.range.in === null && drafted.out === this.range.out) return;
    this.range = drafted;
    this.show();
  }

  loop(): void {
    this.isLooping = !this.isLooping;
    this.show();
  }

  setSpeed(speed: number): void {
    this.speed = speed;
    if (this.surface.speed > 0) void this.surface.play(speed);
    this.speedButton.textContent = `${speed}×`;
  }

  mute(): void {
    this.clock.media.muted = !this.clock.media.muted;
  }

  /** The next place with a comment before or after this one. */
  jump(direction: 1 | -1): void {
    const { now } = this.clock;
    const places = this.timeline.places.filter((at) => (at - now) * direction > 0);
    const next = direction > 0 ? Math.min(...places) : Math.max(...places);
    if (!Number.isFinite(next)) return;
    this.surface.pause();
    const comment = this.timeline.commentAt(next);
    if (comment) this.store.select(comment);
    void this.clock.go(next);
  }

  /** What is played: between the ends of the range, where there are any. */
  span(): { first: number; last: number } {
    return { first: this.range.in ?? 0, last: this.range.out ?? this.clock.count - 1 };
  }

  private show(): void {
    const { now, aim } = this.clock;
    const { first, last } = this.span();
    const hasEnd = this.range.out !== null || this.isLooping;
    if (this.surface.speed > 0 && hasEnd && now >= last) this.atEnd(first, last);
    if (document.activeElement !== this.now) this.now.value = this.clock.words(aim);
    relabel(this.playButton, this.surface.isPlaying ? "pause" : "play", this.surface.isPlaying ? "Pause" : "Play");
    this.loopButton.setAttribute("aria-pressed", String(this.isLooping));
    this.loopButton.title = this.range.in === null && this.range.out === null ? "Loop" : "Loop the range";
    this.timeline.show();
  }

  private atEnd(first: number, last: number): void {
    if (!this.isLooping) {
      this.surface.pause();
      void this.clock.go(last);
      return;
    }
    this.surface.pause();
    void this.clock.go(first).then(() => this.surface.play(this.speed));
  }

  private transport(toFull: () => void): HTMLElement {
    const keys = make("div", "transport-keys", {},
      signButton(icon("chevron-first"), "Previous comment (,)", () => this.jump(-1), "btn btn-icon btn-ghost"),
      signButton(icon("step-back"), this.clock.backWords, () => this.step(-1), "btn btn-icon btn-ghost"),
      this.playButton,
      signButton(icon("step-forward"), this.clock.forwardWords, () => this.step(1), "btn btn-icon btn-ghost"),
      signButton(icon("chevron-last"), "Next comment (.)", () => this.jump(1), "btn btn-icon btn-ghost"),
    );
    const ends = make("span", "row transport-ends wide-only", {},
      signButton(icon("brackets"), "In point here (I), out point (O), clear (X)", () => this.markBoth()),
    );
    const more = make("div", "row transport-more", {}, ends, this.speedMenu(), this.loopButton, volumeControl(this.clock.media), signButton(icon("maximize"), "Full screen (F)", toFull));
    return make("div", "transport", {}, this.timecode(), keys, more);
  }

  /** One button for who has a mouse: begins a range here, ends it here, then takes it back. */
  private markBoth(): void {
    if (this.range.in === null) this.mark("in");
    else if (this.range.out === null) this.mark("out");
    else this.clearRange();
  }

  private timecode(): HTMLElement {
    this.whole.textContent = `/ ${this.clock.words(this.clock.count)}`;
    this.now.style.width = `${this.clock.words(this.clock.count).length + 0.5}ch`;
    const said = make("span", "timecode num", {}, this.now, this.whole);
    if (isFilm(this.surface)) said.append(make("span", "chip wide-only", {}, rateWords(this.surface.rate)));
    return said;
  }

  private listenToTimecode(): void {
    const go = (): void => {
      const at = this.clock.named(this.now.value);
      if (at !== null) void this.clock.go(at);
      this.now.blur();
    };
    this.now.addEventListener("focus", () => {
      this.surface.pause();
      this.now.select();
    });
    this.now.addEventListener("blur", () => this.show());
    this.now.addEventListener("keydown", (event) => {
      if (event.key === "Enter") go();
      if (event.key === "Escape") this.now.blur();
      if (event.key === "Enter" || event.key === "Escape") event.stopPropagation();
    });
  }

  private speedMenu(): HTMLElement {
    const menu = make("div", "menu-pop menu-end menu-up");
    for (const speed of SPEEDS) {
      const one = make("button", "menu-item", { type: "button" }, `${speed}×`);
      one.addEventListener("click", () => this.setSpeed(speed));
      menu.append(one);
    }
    return make("details", "menu", {}, this.speedButton, menu);
  }
}

