/** A film whose every frame has its number. Who asks for frame n sees frame n, or hears which one it is instead. */
import { make } from "./dom";
import { frameDuring, framesIn, frameShownAt, middleOf, rateOf, within, type Rate } from "./frames";
import type { Film } from "./surface";
import { View } from "./surface_view";
import type { Place, RoomFile } from "./types";

const SETTLED = 160; // ms after which a frame that is not announced counts as shown
const FORWARD = 1;

export class FilmSurface implements Film {
  readonly video = make("video", "view-media", { playsinline: "", preload: "auto", tabindex: "-1" });
  readonly view: View;
  readonly rate: Rate;
  readonly frames: number;
  frame = 0; // the one on the screen
  private wanted: number | null = null;
  private working: Promise<void> | null = null;
  private backwards = 0; // a timer
  private readonly listeners = new Set<() => void>();
  private isOver = false;

  constructor(host: HTMLElement, private file: RoomFile) {
    this.rate = rateOf(file);
    this.frames = file.frames ?? framesIn(file.duration_ms ?? 0, this.rate);
    this.view = new View(host, { width: file.width ?? 16, height: file.height ?? 9 }, 12);
    this.view.onMove(() => this.tell());
    this.video.setAttribute("aria-label", file.name);
    if (file.picture) this.video.poster = file.picture;
    this.view.picture.append(this.video);
    this.listen();
    this.video.src = file.media;
    void this.seek(0); // or the poster, which is any frame, would stand for the first
  }

  get picture(): HTMLElement {
    return this.view.picture;
  }

  get size(): { width: number; height: number } {
    return this.view.size;
  }

  /** The one that is asked for, while it is not yet to be seen. */
  get aim(): number {
    return this.wanted ?? this.frame;
  }

  get isPlaying(): boolean {
    return !this.video.paused || this.backwards !== 0;
  }

  /** Backwards it is negative; 0 when it stands. */
  get speed(): number {
    if (this.backwards) return -this.reverseSpeed;
    return this.video.paused ? 0 : this.video.playbackRate;
  }
  private reverseSpeed = 1;

  place(): Place {
    return { file: this.file.id, frame_in: this.frame };
  }

  async go(place: Place): Promise<void> {
    this.pause();
    if (place.frame_in !== null && place.frame_in !== undefined) await this.seek(place.frame_in);
    if (place.region) this.view.reveal(place.region);
  }

  /** Resolves when it is on the screen. Who asks again before that gets only the last one. */
  seek(frame: number): Promise<void> {
    this.wanted = within(frame, this.frames);
    this.tell();
    this.working ??= this.work().finally(() => (this.working = null));
    return this.working;
  }

  step(by: number): Promise<void> {
    this.pause();
    return this.seek(this.aim + by);
  }

  async play(speed: number = FORWARD): Promise<void> {
    this.stopBackwards();
    if (speed < 0) return this.playBackwards(-speed);
    await this.working;
    if (this.frame >= this.frames - 1) await this.seek(0);
    this.video.playbackRate = speed;
    await this.video.play().catch(() => undefined); // paused again before it began
  }

  /** Stays on the frame that is to be seen. */
  pause(): void {
    this.stopBackwards();
    if (this.video.paused) return;
    this.video.pause();
    void this.seek(this.frame);
  }

  stay(): void {
    if (this.wanted !== null) void this.seek(this.frame);
  }

  onMove(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Fresh addresses; what plays goes on. */
  renew(file: RoomFile): void {
    this.file = file;
    if (!this.video.error) return;
    const wasPlaying = !this.video.paused;
    this.video.src = file.media;
    void this.seek(this.frame).then(() => (wasPlaying ? this.play(this.video.playbackRate) : undefined));
  }

  destroy(): void {
    this.isOver = true;
    this.stopBackwards();
    this.listeners.clear();
    this.video.removeAttribute("src");
    this.video.load(); // gives the decoder and the connection back
    this.view.destroy();
  }

  private listen(): void {
    this.video.addEventListener("play", () => this.follow());
    for (const name of ["pause", "ended", "volumechange", "ratechange"]) this.video.addEventListener(name, () => this.tell());
    this.video.addEventListener("error", () => {
      if (!this.isOver) this.video.dispatchEvent(new CustomEvent("room.over", { bubbles: true, detail: this.file.id }));
    });
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }

  private async work(): Promise<void> {
    while (this.wanted !== null && !this.isOver) {
      const frame = this.wanted;
      this.frame = await this.show(frame);
      if (this.wanted === frame) this.wanted = null;
      this.tell();
    }
  }

  private async show(frame: number): Promise<number> {
    await this.isLoaded();
    if (this.video.error) return this.frame;
    const seen = this.presented(frame);
    this.video.currentTime = middleOf(frame, this.rate);
    return seen;
  }

  private isLoaded(): Promise<void> {
    if (this.video.readyState >= HTMLMediaElement.HAVE_METADATA) return Promise.resolve();
    return new Promise((resolve) => {
      for (const name of ["loadedmetadata", "error", "emptied"]) this.video.addEventListener(name, () => resolve(), { once: true });
    });
  }

  /** Which frame is on the screen once the browser has gone where it was sent. */
  private presented(wanted: number): Promise<number> {
    return new Promise((resolve) => {
      let seen: number | null = null;
      let callback = 0;
      const done = (): void => {
        this.video.removeEventListener("seeked", settle);
        this.video.removeEventListener("error", done);
        if ("cancelVideoFrameCallback" in this.video) this.video.cancelVideoFrameCallback(callback);
        resolve(seen ?? (this.video.error ? this.frame : frameDuring(this.video.currentTime, this.rate)));
      };
      const look = (_: number, said: VideoFrameCallbackMetadata): void => {
        seen = frameShownAt(said.mediaTime, this.rate);
        if (seen === wanted) done();
        else callback = this.video.requestVideoFrameCallback(look); // still the one before
      };
      const settle = (): void => {
        window.setTimeout(done, "requestVideoFrameCallback" in this.video ? SETTLED : 0); // hidden, nothing is announced
      };
      this.video.addEventListener("seeked", settle, { once: true });
      this.video.addEventListener("error", done, { once: true });
      if ("requestVideoFrameCallback" in this.video) callback = this.video.requestVideoFrameCallback(look);
    });
  }

  /** While it plays: each frame as it comes to the screen. */
  private follow(): void {
    this.tell();
    if (!("requestVideoFrameCallback" in this.video)) return this.followByClock();
    const next = (_: number, said: VideoFrameCallbackMetadata): void => {
      if (this.video.paused || this.isOver) return;
      this.frame = within(frameShownAt(said.mediaTime, this.rate), this.frames);
      this.tell();
      this.video.requestVideoFrameCallback(next);
    };
    this.video.requestVideoFrameCallback(next);
  }

  private followByClock(): void {
    const next = (): void => {
      if (this.video.paused || this.isOver) return;
      this.frame = within(frameDuring(this.video.currentTime, this.rate), this.frames);
      this.tell();
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  }

  /** Browsers only play forwards: frame for frame, as many as time allows. */
  private playBackwards(speed: number): void {
    this.video.pause();
    const [from, began] = [this.aim, performance.now()];
    this.reverseSpeed = speed;
    this.backwards = window.setInterval(() => {
      const gone = Math.floor(((performance.now() - began) * speed * this.rate.num) / (1_000 * this.rate.den));
      if (from - gone <= 0) this.stopBackwards();
      void this.seek(from - gone);
    }, 40);
    this.tell();
  }

  private stopBackwards(): void {
    window.clearInterval(this.backwards);
    this.backwards = 0;
  }
}
