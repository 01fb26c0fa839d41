/** One of the two sides: its file on a surface, what it is called, and what lies over it. */
import { icon } from "../../icon";
import { make } from "../room/dom";
import { PagesSurface } from "../room/document";
import { SoundSurface } from "../room/sound";
import { soundTime } from "../room/player_clock";
import { isFilm, makeSurface, type Shown } from "../room/surface";
import { PanelSurface } from "../room/surface_panel";
import type { RoomFile } from "../room/types";
import type { SideName } from "./address";
import { SideMarks } from "./marks";
import type { SideNotes } from "./notes";

export class Pane {
  readonly root: HTMLElement;
  readonly host = make("div", "pane-host");
  surface: Shown | null = null;
  marks: SideMarks | null = null;
  file: RoomFile | null = null;
  private readonly place = make("span", "num");
  private ends: (() => void)[] = [];

  constructor(readonly side: SideName, readonly notes: SideNotes) {
    const tag = make("span", "pane-tag", {}, make("b", "", {}, `Round ${notes.number}`), this.place);
    this.root = make("div", "pane", { "data-side": side, role: "group", "aria-label": `Round ${notes.number}` }, this.host, tag);
  }

  /** False when something else was asked for meanwhile. */
  async open(file: RoomFile | null, other: RoomFile | null, marks: (surface: Shown) => SideMarks): Promise<void> {
    this.close();
    this.file = file;
    if (!file) return this.sayMissing(other);
    const surface = await makeSurface(this.host, file);
    this.surface = surface;
    if (surface.view) {
      surface.view.tools = 0;
      surface.view.fit();
      this.marks = marks(surface);
    }
    this.ends.push(surface.onMove(() => this.say()), () => this.marks?.destroy(), () => surface.destroy());
    this.say();
  }

  close(): void {
    for (const end of this.ends) end();
    this.ends = [];
    this.surface = this.marks = this.file = null;
    this.host.replaceChildren();
    this.place.textContent = "";
  }

  /** Can it be laid over something? */
  get isSeen(): boolean {
    return this.surface !== null && !(this.surface instanceof PanelSurface) && !(this.surface instanceof SoundSurface);
  }

  private sayMissing(other: RoomFile | null): void {
    const words = other ? `Round ${this.notes.number} has no file like ${other.name}.` : `Round ${this.notes.number} has no files.`;
    this.host.replaceChildren(make("div", "panel", { "data-state": "missing" }, icon("file-x", "panel-sign"), make("p", "sm", {}, words)));
  }

  private say(): void {
    this.place.textContent = placeWords(this.surface);
  }
}

function placeWords(surface: Shown | null): string {
  if (isFilm(surface)) return `frame ${surface.frame}${surface.frame === surface.frames - 1 ? ", the last" : ""}`;
  if (surface instanceof PagesSurface) return `page ${surface.page} of ${surface.pages}`;
  return surface instanceof SoundSurface ? soundTime(surface.ms) : "";
}
