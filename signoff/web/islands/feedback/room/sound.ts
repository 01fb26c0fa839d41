/** A sound: its waveform, along which one goes. It counts milliseconds. */
import { icon } from "../../icon";
import { clamped, make } from "./dom";
import type { Playing } from "./surface";
import type { Place, RoomFile } from "./types";

export class SoundSurface implements Playing {
  readonly view = null;
  readonly audio = make("audio", "", { preload: "auto" });
  readonly picture = make("div", "sound-wave");
  readonly size = { width: 1600, height: 160 };
  private readonly root = make("div", "sound-surface");
  private readonly listeners = new Set<() => void>();
  private isOver = false;

  constructor(host: HTMLElement, private file: RoomFile) {
    this.root.append(this.picture, this.audio);
    this.picture.append(file.wave ? make("img", "", { src: file.wave, alt: "", draggable: "false" }) : icon("music", "panel-sign"));
    const head = make("span", "sound-head", { "aria-hidden": "true" });
    this.picture.append(head);
    host.append(this.root);
    this.onMove(() => head.style.setProperty("left", `${(100 * this.ms) / this.duration}%`));
    this.picture.addEventListener("pointerdown", (event) => this.press(event));
    this.listen();
    this.audio.src = file.media;
  }

  get duration(): number {
    return Math.max(this.file.duration_ms ?? Math.round((this.audio.duration || 0) * 1_000), 1);
  }

  get ms(): number {
    return Math.round(this.audio.currentTime * 1_000);
  }

  get isPlaying(): boolean {
    return !this.audio.paused;
  }

  get speed(): number {
    return this.audio.paused ? 0 : this.audio.playbackRate;
  }

  place(): Place {
    return { file: this.file.id, ms_in: this.ms };
  }

  async go(place: Place): Promise<void> {
    this.pause();
    if (place.ms_in !== null && place.ms_in !== undefined) await this.seek(place.ms_in);
  }

  async seek(ms: number): Promise<void> {
    if (this.audio.readyState < HTMLMediaElement.HAVE_METADATA) await this.once("loadedmetadata", "error");
    const there = this.once("seeked", "error");
    this.audio.currentTime = clamped(Math.round(ms), 0, this.duration) / 1_000;
    await there;
    this.tell();
  }

  /** Nothing plays a sound backwards: it goes back a little instead. */
  async play(speed = 1): Promise<void> {
    if (speed < 0) return this.seek(this.ms - 2_000);
    this.audio.playbackRate = speed;
    await this.audio.play().catch(() => undefined);
  }

  pause(): void {
    this.audio.pause();
  }

  onMove(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  renew(file: RoomFile): void {
    this.file = file;
    if (!this.audio.error) return;
    const [at, wasPlaying] = [this.ms, !this.audio.paused];
    this.audio.src = file.media;
    void this.seek(at).then(() => (wasPlaying ? this.play() : undefined));
  }

  destroy(): void {
    this.isOver = true;
    this.listeners.clear();
    this.audio.removeAttribute("src");
    this.audio.load();
    this.root.remove();
  }

  private press(event: PointerEvent): void {
    if (event.button !== 0 || event.defaultPrevented) return;
    const box = this.picture.getBoundingClientRect();
    void this.seek(((event.clientX - box.left) / Math.max(box.width, 1)) * this.duration);
  }

  private once(...names: string[]): Promise<void> {
    return new Promise((resolve) => {
      for (const name of names) this.audio.addEventListener(name, () => resolve(), { once: true });
    });
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }

  private listen(): void {
    for (const name of ["loadedmetadata", "timeupdate", "pause", "ended", "volumechange", "ratechange"]) this.audio.addEventListener(name, () => this.tell());
    const tick = (): void => {
      this.tell();
      if (!this.audio.paused && !this.isOver) requestAnimationFrame(tick);
    };
    this.audio.addEventListener("play", tick);
    this.audio.addEventListener("error", () => {
      if (!this.isOver) this.root.dispatchEvent(new CustomEvent("room.over", { bubbles: true, detail: this.file.id }));
    });
  }
}
