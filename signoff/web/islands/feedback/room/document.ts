/** The pages of a PDF as pictures, one at a time; their text lies over them when somebody wants to mark or find it. */
import { clamped, make } from "./dom";
import { selectedIn, type Selected } from "./document_selection";
import type { PageText } from "./document_text";
import type { Shown } from "./surface";
import { View } from "./surface_view";
import type { Place, RoomFile } from "./types";

export class PagesSurface implements Shown {
  readonly view: View;
  readonly shown = make("img", "view-media", { draggable: "false" });
  /** Words lie here when they are wanted. */
  readonly layer = make("div", "textLayer");
  page = 1;
  private selected: Selected | null = null;
  private readonly over = new AbortController();
  private readonly listeners = new Set<() => void>();
  private text: Promise<PageText> | null = null;

  constructor(host: HTMLElement, private file: RoomFile) {
    this.view = new View(host, this.measure());
    this.view.root.dataset.hand = "";
    this.view.onMove(() => this.tell());
    this.view.picture.append(this.shown);
    this.shown.addEventListener("error", () => this.view.root.dispatchEvent(new CustomEvent("room.over", { bubbles: true, detail: this.file.id })));
    document.addEventListener("selectionchange", () => this.remember(), { signal: this.over.signal });
    this.show();
  }

  get pages(): number {
    return this.file.pages.length;
  }

  get picture(): HTMLElement {
    return this.view.picture;
  }

  get size(): { width: number; height: number } {
    return this.view.size;
  }

  place(): Place {
    return { file: this.file.id, page: this.page, ...this.selected };
  }

  async go(place: Place): Promise<void> {
    if (place.page) await this.turn(place.page);
    if (place.region) this.view.reveal(place.region);
  }

  async turn(page: number): Promise<void> {
    const next = clamped(Math.round(page), 1, this.pages);
    if (next !== this.page) {
      this.page = next;
      this.selected = null;
      this.show();
    }
    await this.shown.decode().catch(() => undefined);
  }

  /** The text of the document, read when it is first asked for. Rejects with words when it cannot be read. */
  words(): Promise<PageText> {
    this.text ??= import("./document_text").then(({ readText }) => readText(this.file.media));
    return this.text;
  }

  onMove(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  pause(): void {
    // it does not move
  }

  renew(file: RoomFile): void {
    this.file = file;
    if (!this.shown.complete || !this.shown.naturalWidth) this.show();
  }

  destroy(): void {
    this.over.abort();
    this.listeners.clear();
    void this.text?.then((text) => text.close(), () => undefined);
    this.view.destroy();
  }

  /** Marked words stay meant while somebody writes about them; only a press on the page lets them go. */
  private remember(): void {
    if (!this.layer.isConnected) return;
    const found = selectedIn(this.layer, this.picture);
    const isLeft = !found && this.layer.contains(document.getSelection()?.anchorNode ?? null);
    if (!found && !isLeft) return;
    this.selected = found;
    this.tell();
  }

  private show(): void {
    const page = this.file.pages[this.page - 1];
    if (!page) return;
    this.shown.alt = `Page ${this.page} of ${this.file.name}`;
    this.shown.src = page.address;
    this.view.resize(this.measure());
    this.tell();
  }

  private measure(): { width: number; height: number } {
    const { width, height } = this.file.pages[this.page - 1] ?? { width: 1, height: 1 };
    return { width, height };
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
