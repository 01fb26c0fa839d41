/** The work as the room shows it: opens item, round and file, goes to the frame, page and view, and says where it is. */
import { PagesSurface } from "../../feedback/room/document";
import { Player } from "../../feedback/room/player";
import { SoundSurface } from "../../feedback/room/sound";
import { isFilm, makeSurface, type Shown } from "../../feedback/room/surface";
import type { Comment, RoomFile } from "../../feedback/room/types";
import { pageHeaders } from "../../api";
import { catchUp, frameAt, type RoomClock } from "./clock";
import { LookOnly } from "./look_only";
import type { RoomState } from "./types";

export interface Opened {
  item: string;
  revision: { id: string; round: number };
  rounds: { id: string; round: number }[];
  files: RoomFile[];
  comments: Comment[];
  open: { id: string; number: number; text: string; is_must_fix: boolean; state: string }[];
  notes: string | null;
  decision: string;
  review: string;
}

const EVERY = 400; // ms between two looks at the clock

export class Stage {
  surface: Shown | null = null;
  opened: Opened | null = null;
  file: RoomFile | null = null;
  private wanted: RoomState | null = null;
  private turn = 0;
  private ends: (() => void)[] = [];

  constructor(
    private readonly canvas: HTMLElement,
    private readonly playerHost: HTMLElement,
    private readonly address: string,
    private readonly clock: RoomClock,
    private readonly changed: (what: "opened" | "moved" | "closed") => void,
  ) {
    window.setInterval(() => this.keepUp(), EVERY);
  }

  /** Show this. `isLed`: it goes on by the room's clock from then on. */
  async show(state: RoomState, isLed: boolean): Promise<void> {
    const turn = ++this.turn;
    this.wanted = isLed ? state : null;
    if (!state.item || !state.revision) return this.close();
    if (this.opened?.item !== state.item || this.opened.revision.id !== state.revision) {
      const opened = await this.fetch(state.item, state.revision);
      if (turn !== this.turn) return;
      if (!opened) return this.close();
      this.opened = opened;
      this.file = null;
    }
    const file = this.opened.files.find((one) => one.id === state.file) ?? this.opened.files[0] ?? null;
    if (file && file !== this.file) await this.open(file, turn);
    else if (!file) this.changed("opened");
    if (turn === this.turn) await this.place(state);
  }

  /** Nobody leads this page any more: what it does is its own. */
  letGo(): void {
    this.wanted = null;
  }

  /** What it shows, as a room's state has it. */
  said(): Partial<RoomState> {
    const surface = this.surface;
    if (!surface || !this.opened) return {};
    const place = surface.place();
    return {
      file: place.file,
      frame: this.frame,
      playing: this.isPlaying,
      rate: this.rate,
      page: place.page ?? 1,
      view: surface.view?.state ?? null,
    };
  }

  get frame(): number {
    const place = this.surface?.place();
    return place?.frame_in ?? place?.ms_in ?? 0;
  }

  get isPlaying(): boolean {
    return this.playing?.isPlaying ?? false;
  }

  /** Frames in a second, or milliseconds. */
  get each(): number {
    if (isFilm(this.surface)) return this.surface.rate.num / this.surface.rate.den;
    return this.surface instanceof SoundSurface ? 1_000 : 0;
  }

  get last(): number {
    return isFilm(this.surface) ? this.surface.frames - 1 : this.file?.duration_ms ?? 0;
  }

  async fetch(item: string, revision: string | null): Promise<Opened | null> {
    const query = revision ? `?revision=${revision}` : "";
    const answer = await fetch(`${this.address}/${item}${query}`, { headers: pageHeaders(), credentials: "same-origin" }).catch(() => null);
    return answer?.ok ? ((await answer.json()) as Opened) : null;
  }

  async anew(): Promise<void> {
    if (!this.opened) return;
    const fresh = await this.fetch(this.opened.item, this.opened.revision.id);
    if (!fresh || fresh.item !== this.opened.item) return;
    const now = fresh.files.find((one) => one.id === this.file?.id);
    this.opened = fresh;
    if (now && this.surface) {
      this.file = now;
      this.surface.renew(now);
    }
    this.changed("opened");
  }

  private get playing(): { isPlaying: boolean; speed: number } | null {
    return isFilm(this.surface) || this.surface instanceof SoundSurface ? this.surface : null;
  }

  private get rate(): number {
    const speed = Math.abs(this.playing?.speed ?? 1);
    return speed >= 0.1 ? speed : 1;
  }

  private async open(file: RoomFile, turn: number): Promise<void> {
    this.end();
    this.file = file;
    const surface = await makeSurface(this.canvas, file);
    if (turn !== this.turn) return surface.destroy();
    this.surface = surface;
    this.canvas.dataset.kind = file.kind;
    if (isFilm(surface) || surface instanceof SoundSurface) {
      const { revision, files, comments } = this.opened!;
      const player = new Player(this.playerHost, surface, file, new LookOnly(revision.id, files, comments), () => undefined);
      this.ends.push(() => player.destroy());
    }
    this.ends.push(surface.onMove(() => this.changed("moved")), () => surface.destroy());
    this.changed("opened");
  }

  private async place(state: RoomState): Promise<void> {
    const surface = this.surface;
    if (!surface) return;
    if (surface.view) surface.view.state = state.view;
    if (surface instanceof PagesSurface) return surface.go({ file: this.file?.id ?? null, page: state.page });
    if (!this.playing) return;
    const at = frameAt(state, this.clock.now, this.each, this.last);
    if (!state.playing) {
      if (this.isPlaying || this.frame !== at) await surface.go(this.spot(at));
      return;
    }
    if (Math.abs(this.frame - at) > this.each / 4) await surface.go(this.spot(at));
    if (isFilm(surface) || surface instanceof SoundSurface) await surface.play(state.rate);
  }

  private spot(at: number): { file: string | null; frame_in?: number; ms_in?: number } {
    const file = this.file?.id ?? null;
    return isFilm(this.surface) ? { file, frame_in: at } : { file, ms_in: at };
  }

  /** While it plays: never more than two frames beside the others. */
  private keepUp(): void {
    const state = this.wanted;
    if (!state?.playing || !this.isPlaying || !isFilm(this.surface)) return;
    const speed = catchUp(this.frame, frameAt(state, this.clock.now, this.each, this.last), this.each);
    if (speed === null) void this.place(state);
    else this.surface.video.playbackRate = state.rate * speed;
  }

  private end(): void {
    for (const end of this.ends) end();
    this.ends = [];
    this.surface = null;
    this.canvas.replaceChildren();
    this.playerHost.replaceChildren();
  }

  private close(): void {
    this.end();
    this.opened = this.file = null;
    this.changed("closed");
  }
}
