/** A picture: fitted from its preview, and in its own pixels as soon as somebody looks that closely. */
import { make } from "./dom";
import type { Shown } from "./surface";
import { View } from "./surface_view";
import type { Place, RoomFile } from "./types";

export class PictureSurface implements Shown {
  readonly view: View;
  readonly shown = make("img", "view-media", { draggable: "false" });
  private isFull = false;

  constructor(host: HTMLElement, private file: RoomFile) {
    this.view = new View(host, { width: file.width ?? 16, height: file.height ?? 9 });
    this.view.root.dataset.hand = "";
    this.shown.alt = file.name;
    this.shown.src = file.picture;
    this.shown.addEventListener("load", () => this.measure());
    this.shown.addEventListener("error", () => this.view.root.dispatchEvent(new CustomEvent("room.over", { bubbles: true, detail: this.file.id })));
    this.view.picture.append(this.shown);
    this.view.onMove(() => this.sharpen());
  }

  get picture(): HTMLElement {
    return this.view.picture;
  }

  get size(): { width: number; height: number } {
    return this.view.size;
  }

  place(): Place {
    return { file: this.file.id };
  }

  async go(place: Place): Promise<void> {
    await this.shown.decode().catch(() => undefined);
    if (place.region) this.view.reveal(place.region);
  }

  onMove(listener: () => void): () => void {
    return this.view.onMove(listener);
  }

  pause(): void {
    // it does not move
  }

  renew(file: RoomFile): void {
    this.file = file;
    if (this.shown.complete && this.shown.naturalWidth) return;
    this.isFull = false;
    this.shown.src = file.picture;
  }

  destroy(): void {
    this.view.destroy();
  }

  /** Where nobody has measured the file, the browser has. */
  private measure(): void {
    if (this.file.width || !this.shown.naturalWidth) return;
    this.view.resize({ width: this.shown.naturalWidth, height: this.shown.naturalHeight });
  }

  /** The preview is left when there are fewer pixels in it than on the screen; the new one comes when it is whole. */
  private sharpen(): void {
    if (this.isFull || !this.file.full || this.file.full === this.file.picture || !this.shown.naturalWidth) return;
    if (this.size.width * this.view.factor <= this.shown.naturalWidth * 1.05) return;
    this.isFull = true;
    const full = new Image();
    full.src = this.file.full;
    void full.decode().then(() => (this.shown.src = full.src), () => undefined); // too large for this browser: the preview stays
  }
}
