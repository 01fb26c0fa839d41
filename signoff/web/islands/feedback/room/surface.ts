/** Where a file of a round is shown, whatever it is. The room makes one for the file that is open. */
import { PagesSurface } from "./document";
import type { Rate } from "./frames";
import { PictureSurface } from "./picture";
import { SoundSurface } from "./sound";
import { FilmSurface } from "./surface_film";
import { PanelSurface } from "./surface_panel";
import type { View } from "./surface_view";
import type { RoomFile, Surface } from "./types";

/** What every surface of ours can do besides. */
export interface Shown extends Surface {
  /** Zoom and position; a sound and a panel have none. */
  readonly view: View | null;
  /** The same file with fresh addresses: they end after an hour. A surface whose address is over says `room.over`. */
  renew(file: RoomFile): void;
}

/** What moves in time, by whatever it counts. */
export interface Playing extends Shown {
  readonly isPlaying: boolean;
  /** 1 as it was made, negative backwards, 0 when it stands. */
  readonly speed: number;
  play(speed?: number): Promise<void>;
}

/** A film, for those who step it. */
export interface Film extends Playing {
  readonly video: HTMLVideoElement;
  readonly rate: Rate;
  readonly frames: number;
  /** The one on the screen. */
  readonly frame: number;
  /** The one that was asked for last, and is soon to be seen. */
  readonly aim: number;
  seek(frame: number): Promise<void>;
  step(by: number): Promise<void>;
}

export function isFilm(surface: Surface | null): surface is Film {
  return surface instanceof FilmSurface;
}

export async function makeSurface(host: HTMLElement, file: RoomFile): Promise<Shown> {
  host.replaceChildren();
  if (file.kind === "video" && file.media) return new FilmSurface(host, file);
  if (file.kind === "audio" && file.media) return new SoundSurface(host, file);
  if (file.kind === "pdf" && file.pages.length) return new PagesSurface(host, file);
  if (file.kind === "image" && file.picture) return new PictureSurface(host, file);
  return new PanelSurface(host, file);
}

/** Whether the surface of one shows the other as well, once it has its addresses. */
export function looksTheSame(was: RoomFile, now: RoomFile): boolean {
  const shape = (one: RoomFile): string => [one.kind, one.media !== "", one.picture !== "", one.strip !== null, one.wave !== "", one.pages.length].join();
  return shape(was) === shape(now);
}
