/** Asks where a carried note is in the newer round: its box lies over the picture, and is put where it belongs. */
import { textButton } from "../room/comments_parts";
import { clamped, make } from "../room/dom";
import { isFilm, type Shown } from "../room/surface";
import { SoundSurface } from "../room/sound";
import type { Comment, Place, Region } from "../room/types";

const STEP = 0.01; // of the picture, a press

export class Placing {
  private readonly cover = make("div", "placing", {});
  private readonly box = make("div", "placing-box", { tabindex: "0", role: "img" });
  private readonly bar = make("form", "placing-bar");
  private region: Region | null;
  private readonly before = document.activeElement as HTMLElement | null;

  /** `done` says true when the place was taken. */
  constructor(private readonly surface: Shown, stage: HTMLElement, private readonly note: Comment, private readonly done: (place: Place) => Promise<boolean>, private readonly gone: () => void) {
    this.region = surface.view ? (note.region ?? null) : null;
    const number = note.note?.number ?? "";
    const words = surface.view ? `Where is note ${number} now? Press on the picture, or keep the place.` : `Where is note ${number} now? Go there, then say so.`;
    const place = make("button", "btn btn-sm btn-primary", { type: "submit" }, "It is here");
    this.bar.append(make("p", "xs", {}, words), place, textButton("Cancel", () => this.end(), "btn btn-sm btn-ghost"));
    this.box.setAttribute("aria-label", `The place of note ${number}; arrows move it`);
    this.cover.append(this.box);
    if (surface.view) surface.picture.append(this.cover);
    stage.append(this.bar);
    this.listen();
    this.show();
    place.focus();
  }

  end(): void {
    this.cover.remove();
    this.bar.remove();
    this.gone();
    if (this.before?.isConnected) this.before.focus();
  }

  private listen(): void {
    this.bar.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.done(this.place()).then((isDone) => isDone && this.end());
    });
    for (const root of [this.bar, this.box] as HTMLElement[]) {
      root.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        this.end();
      });
    }
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.cover.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      this.cover.setPointerCapture(event.pointerId);
      this.toPointer(event);
    });
    this.cover.addEventListener("pointermove", (event) => this.cover.hasPointerCapture(event.pointerId) && this.toPointer(event));
  }

  private key(event: KeyboardEvent): void {
    const [x, y] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
    if (event.key === "Enter") return this.bar.requestSubmit();
    if (!x && !y) return;
    event.preventDefault();
    event.stopPropagation();
    const by = STEP * (event.shiftKey ? 5 : 1);
    const { x: left, y: top, w, h } = this.region ?? { x: 0.5, y: 0.5, w: 0, h: 0 };
    this.to(left + w / 2 + x! * by, top + h / 2 + y! * by);
  }

  private toPointer(event: PointerEvent): void {
    const box = this.surface.picture.getBoundingClientRect();
    this.to((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }

  /** Its middle is here; it stays in the picture. */
  private to(x: number, y: number): void {
    const { w, h } = this.region ?? { w: 0, h: 0 };
    this.region = { x: clamped(x - w / 2, 0, 1 - w), y: clamped(y - h / 2, 0, 1 - h), w, h };
    this.show();
  }

  private show(): void {
    this.box.hidden = this.region === null;
    if (!this.region) return;
    const { x, y, w, h } = this.region;
    for (const [name, value] of Object.entries({ left: x, top: y, width: w, height: h })) this.box.style.setProperty(name, `${value * 100}%`);
    this.box.classList.toggle("is-point", w === 0 && h === 0);
  }

  /** Where one is now, as long as it was. */
  private place(): Place {
    const here = this.surface.place();
    const { note, surface } = this;
    const place: Place = { file: here.file, region: this.region };
    if (isFilm(surface)) {
      place.frame_in = surface.aim;
      const long = (note.frame_out ?? 0) - (note.frame_in ?? 0);
      if (note.frame_out !== null && note.frame_out !== undefined) place.frame_out = Math.min(surface.aim + long, surface.frames - 1);
    }
    if (surface instanceof SoundSurface) {
      place.ms_in = surface.ms;
      const long = (note.ms_out ?? 0) - (note.ms_in ?? 0);
      if (note.ms_out !== null && note.ms_out !== undefined) place.ms_out = Math.min(surface.ms + long, surface.duration);
    }
    if (here.page) place.page = here.page;
    return place;
  }
}
