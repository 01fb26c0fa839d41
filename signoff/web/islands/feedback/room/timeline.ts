/** Below the player: who said something where, the film in small, the sound, the ruler; and the handles of the range. */
import { mountFilmstrip } from "../../revisions/filmstrip";
import { clamped, make } from "./dom";
import type { Player } from "./player";
import { marksOf, rulerStep, rulerWords, type Mark } from "./timeline_marks";
import type { Comment, Person, RoomFile, Store } from "./types";

const DOT = 22; // px that a dot needs
const FIGURE = 90; // px that a figure of the ruler needs

export class Timeline {
  readonly root = make("div", "timeline-track", { role: "group", "aria-label": "Timeline" });
  private readonly marks = make("div", "lane lane-marks");
  private readonly ruler = make("div", "lane lane-ruler num", { "aria-hidden": "true" });
  private readonly band = make("div", "in-out", { hidden: "" });
  private readonly head = make("div", "playhead", { role: "slider", tabindex: "0", "aria-label": "Time", "aria-valuemin": "0" });
  private readonly figure = make("span", "num");
  private drawn: Mark[] = [];
  private wasPlaying = false;

  constructor(private readonly player: Player, file: RoomFile, private readonly store: Store) {
    this.head.append(this.figure);
    this.root.append(this.marks, ...this.pictures(file), this.ruler, this.band, this.head);
    this.root.classList.toggle("has-film", file.strip !== null);
    for (const end of ["in", "out"] as const) this.band.append(this.handle(end));
    this.listen();
  }

  /** Where comments begin, in order. */
  get places(): number[] {
    return this.drawn.flatMap((mark) => mark.comments.map((one) => this.player.clock.spanOf(one)?.first ?? mark.first));
  }

  commentAt(place: number): string | null {
    const all = this.drawn.flatMap((mark) => mark.comments);
    return all.find((one) => this.player.clock.spanOf(one)?.first === place)?.id ?? null;
  }

  /** Draws anew what changes; the answer ends it. */
  watch(): () => void {
    const sizes = new ResizeObserver(() => this.draw());
    sizes.observe(this.root);
    const stop = this.store.onChange((what) => {
      if (what === "comments" || what === "selected") this.draw();
    });
    return () => {
      sizes.disconnect();
      stop();
    };
  }

  /** Playhead and range, on every frame. */
  show(): void {
    const { clock, range } = this.player;
    this.head.style.left = this.percent(clock.aim);
    this.figure.textContent = clock.figure(clock.aim);
    this.head.setAttribute("aria-valuemax", String(clock.count - 1));
    this.head.setAttribute("aria-valuenow", String(clock.aim));
    this.head.setAttribute("aria-valuetext", `${clock.words(clock.aim)}, ${clock.aim} of ${clock.count}`);
    this.root.style.setProperty("--at", this.percent(clock.aim));
    this.band.hidden = range.in === null && range.out === null;
    if (this.band.hidden) return;
    const { first, last } = this.player.span();
    this.band.style.left = this.percent(first);
    this.band.style.right = `calc(100% - ${this.percent(last + 1)})`;
  }

  private draw(): void {
    const wide = this.root.clientWidth;
    if (!wide) return;
    const { clock } = this.player;
    this.drawn = marksOf(this.store.comments, (one) => clock.spanOf(one), (clock.count * DOT) / wide);
    this.marks.replaceChildren(...this.drawn.map((mark) => this.markOf(mark)));
    this.drawRuler(wide);
  }

  private drawRuler(wide: number): void {
    const { clock } = this.player;
    const seconds = clock.count / clock.perSecond;
    const step = rulerStep(seconds, Math.max(2, wide / FIGURE));
    const figures: HTMLElement[] = [];
    for (let at = 0; at < seconds; at += step) {
      const one = make("span", "", {}, rulerWords(at));
      one.style.left = `${(100 * at) / seconds}%`;
      figures.push(one);
    }
    this.ruler.replaceChildren(...figures);
  }

  private markOf(mark: Mark): HTMLElement {
    const first = mark.comments[0];
    const many = mark.comments.length > 1;
    const words = many ? `${mark.comments.length} comments at ${this.player.clock.words(mark.first)}` : said(first, this.player.clock.words(mark.first));
    const made = make("button", mark.isRange ? "mark-range" : many ? "mark-dot mark-count" : "mark-dot", { type: "button", title: words });
    made.style.left = this.percent(mark.first);
    if (mark.isRange) made.style.width = `calc(${this.percent(mark.last + 1)} - ${this.percent(mark.first)})`;
    if (mark.comments.some((one) => one.id === this.store.selected)) made.setAttribute("aria-current", "true");
    if (first?.author.hue) made.dataset.hue = String(first.author.hue);
    made.append(many ? make("span", "", { "aria-hidden": "true" }, String(mark.comments.length)) : avatar(first?.author), make("span", "sr", {}, words));
    made.addEventListener("click", () => this.open(mark));
    return made;
  }

  /** Where several are in one place, each press goes to the next one. */
  private open(mark: Mark): void {
    const at = mark.comments.findIndex((one) => one.id === this.store.selected);
    const next = mark.comments[(at + 1) % mark.comments.length];
    if (!next) return;
    this.store.select(next.id);
    this.player.surface.pause();
    void this.player.clock.go(this.player.clock.spanOf(next)?.first ?? mark.first);
  }

  private pictures(file: RoomFile): HTMLElement[] {
    const found: HTMLElement[] = [];
    if (file.strip) {
      const look = make("span", "filmstrip-look", { hidden: "" }, make("canvas"), make("span", "num"));
      const lane = make("div", "lane lane-film filmstrip", { "aria-hidden": "true" }, make("canvas"), look);
      const { address, ...strip } = file.strip;
      lane.dataset.filmstrip = address;
      lane.dataset.strip = JSON.stringify(strip);
      mountFilmstrip(lane, this.player.clock.media);
      found.push(lane);
    }
    if (file.wave && file.kind === "video") found.push(make("div", "lane lane-wave", { "aria-hidden": "true" }, make("img", "", { src: file.wave, alt: "", draggable: "false" }), make("span", "heard")));
    return found;
  }

  private percent(at: number): string {
    return `${(100 * clamped(at, 0, this.player.clock.count)) / Math.max(this.player.clock.count, 1)}%`;
  }

  /** What is under the pointer, in what is counted. */
  private at(event: PointerEvent): number {
    const box = this.root.getBoundingClientRect();
    const part = clamped((event.clientX - box.left) / Math.max(box.width, 1), 0, 1);
    return Math.min(Math.floor(part * this.player.clock.count), this.player.clock.count - 1);
  }

  private listen(): void {
    this.root.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || (event.target as Element).closest("button, .in-out-handle")) return;
      this.root.setPointerCapture(event.pointerId);
      this.wasPlaying = this.player.surface.isPlaying;
      this.player.surface.pause();
      void this.player.clock.go(this.at(event));
    });
    this.root.addEventListener("pointermove", (event) => {
      if (this.root.hasPointerCapture(event.pointerId)) void this.player.clock.go(this.at(event));
    });
    this.root.addEventListener("pointerup", (event) => {
      if (!this.root.hasPointerCapture(event.pointerId)) return;
      this.root.releasePointerCapture(event.pointerId);
      if (this.wasPlaying) void this.player.play();
    });
  }

  private handle(end: "in" | "out"): HTMLElement {
    const grip = make("span", "in-out-handle", { "data-end": end, title: end === "in" ? "In point" : "Out point" });
    grip.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      grip.setPointerCapture(event.pointerId);
    });
    grip.addEventListener("pointermove", (event) => {
      if (!grip.hasPointerCapture(event.pointerId)) return;
      const { first, last } = this.player.span();
      const at = end === "in" ? Math.min(this.at(event), last) : Math.max(this.at(event), first);
      this.player.setRange({ ...this.player.range, [end]: at });
      void this.player.clock.go(at);
    });
    return grip;
  }
}

function avatar(person: Person | undefined): HTMLElement {
  const mark = make("span", `avatar-mark${person?.is_client ? " avatar-client" : ""}`, { "aria-hidden": "true" }, person?.initials ?? "");
  if (person) mark.dataset.hue = String(person.hue);
  return mark;
}

function said(comment: Comment | undefined, at: string): string {
  if (!comment) return at;
  const text = comment.text.length > 80 ? `${comment.text.slice(0, 80)}…` : comment.text;
  return `${comment.author.name} at ${at}${text ? `: ${text}` : ""}`;
}
