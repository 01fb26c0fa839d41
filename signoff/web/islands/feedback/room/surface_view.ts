/** Where a picture lies in its frame: fitted, or as large as one likes and moved about. Knows nothing of what it shows.
 *
 * Wheel and pinch zoom about the pointer; two fingers, the middle button and Alt or Space with the mouse move.
 */
import { clamped, make } from "./dom";
import type { Region } from "./types";

export interface Size { width: number; height: number }
/** How many times the fitted size, and what is in the middle of the frame, in fractions of the picture. */
export interface ViewState { zoom: number; x: number; y: number }

const MOST = 32; // screen pixels for one of the picture
const STEP = 1.25;
const TOOLS = 54;
const MARGIN = 0.5; // of the frame: so much of it the picture may leave empty
const MOUSE_NOTCH = 50; // a wheel that moves less at once is a pad

export class View {
  readonly root = make("div", "view");
  readonly picture = make("div", "view-picture");
  /** CSS pixels at the side of a fitted picture, where the tools stand. */
  tools = TOOLS;
  private scale = 1; // CSS pixels for one of the picture
  private left = 0;
  private top = 0;
  private fitted = true;
  private readonly listeners = new Set<() => void>();
  private readonly fingers = new Map<number, { x: number; y: number }>();
  private readonly watch = new ResizeObserver(() => this.resized());
  private readonly over = new AbortController();
  private isSpaceHeld = false;
  private isAltHeld = false;

  /** `margin`: CSS pixels around a fitted picture. */
  constructor(host: HTMLElement, private picturedSize: Size, private readonly margin = 24) {
    this.root.append(this.picture);
    host.append(this.root);
    this.watch.observe(this.root);
    this.listen();
    this.fit();
  }

  get size(): Size {
    return this.picturedSize;
  }

  /** Another picture is shown now: another page. */
  resize(size: Size): void {
    this.picturedSize = size;
    if (this.fitted) this.fit();
    else this.lay();
  }

  get isFitted(): boolean {
    return this.fitted;
  }

  /** Screen pixels for one of the picture. */
  get factor(): number {
    return this.scale * dots();
  }

  fit(): void {
    this.fitted = true;
    this.scale = this.fitScale();
    this.center();
    this.lay();
  }

  /** One pixel of the picture is one of the screen. */
  actual(): void {
    this.zoomTo(1 / dots());
  }

  zoom(steps: number): void {
    this.zoomTo(this.scale * STEP ** steps);
  }

  /** `x`, `y`: what stays where it is, in CSS pixels of the frame; its middle when left out. */
  zoomTo(scale: number, x = this.root.clientWidth / 2, y = this.root.clientHeight / 2): void {
    const fit = this.fitScale();
    const next = clamped(scale, Math.min(fit, 1 / dots()) / 4, Math.max(fit, MOST / dots()));
    this.fitted = false;
    this.left = x - ((x - this.left) * next) / this.scale;
    this.top = y - ((y - this.top) * next) / this.scale;
    this.scale = next;
    this.lay();
  }

  move(x: number, y: number): void {
    this.left += x;
    this.top += y;
    this.lay();
  }

  /** Where it is, to come back to, in a frame of any size; none: fitted. */
  get state(): ViewState | null {
    if (this.fitted) return null;
    const { width, height } = this.laid();
    const [x, y] = [(this.root.clientWidth / 2 - this.left) / width, (this.root.clientHeight / 2 - this.top) / height];
    return { zoom: this.scale / this.fitScale(), x, y };
  }

  set state(wanted: ViewState | null) {
    if (!wanted) {
      this.fit();
      return;
    }
    this.fitted = false;
    this.scale = wanted.zoom * this.fitScale();
    const { width, height } = this.laid();
    this.left = this.root.clientWidth / 2 - wanted.x * width;
    this.top = this.root.clientHeight / 2 - wanted.y * height;
    this.lay();
  }

  /** Bring a region into the frame, as little moved as that takes; a large one is made to fit. */
  reveal(region: Region): void {
    if (this.fitted) return;
    const { clientWidth: wide, clientHeight: high } = this.root;
    const { width, height } = this.laid();
    if (region.w * width > wide || region.h * height > high) return this.fit();
    const box = { left: this.left + region.x * width, top: this.top + region.y * height, w: region.w * width, h: region.h * height };
    if (box.left >= 0 && box.top >= 0 && box.left + box.w <= wide && box.top + box.h <= high) return;
    this.left += wide / 2 - (box.left + box.w / 2);
    this.top += high / 2 - (box.top + box.h / 2);
    this.lay();
  }

  onMove(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  destroy(): void {
    this.watch.disconnect();
    this.over.abort();
    this.listeners.clear();
    this.root.remove();
  }

  private laid(): Size {
    return { width: this.size.width * this.scale, height: this.size.height * this.scale };
  }

  private fitScale(): number {
    const { clientWidth, clientHeight } = this.root;
    const least = Math.min(clientWidth, clientHeight) > 400 ? this.margin : 0;
    const beside = least && Math.max(least, this.tools);
    const scale = Math.min((clientWidth - 2 * beside) / this.size.width, (clientHeight - 2 * least) / this.size.height);
    return scale > 0 ? scale : 1 / Math.max(this.size.width, 1);
  }

  private center(): void {
    const { width, height } = this.laid();
    this.left = (this.root.clientWidth - width) / 2;
    this.top = (this.root.clientHeight - height) / 2;
  }

  private resized(): void {
    if (this.fitted) this.fit();
    else this.lay();
  }

  private lay(): void {
    const { width, height } = this.laid();
    const { clientWidth: wide, clientHeight: high } = this.root;
    if (!this.fitted && wide && high) {
      this.left = held(this.left, width, wide);
      this.top = held(this.top, height, high);
    }
    const style = this.picture.style;
    style.left = `${this.left}px`;
    style.top = `${this.top}px`;
    style.width = `${width}px`;
    style.height = `${height}px`;
    this.root.classList.toggle("is-fitted", this.fitted);
    this.root.classList.toggle("is-pixels", this.factor >= 3);
    for (const listener of this.listeners) listener();
  }

  private listen(): void {
    const { signal } = this.over;
    this.root.addEventListener("wheel", (event) => this.wheel(event), { passive: false, signal });
    this.root.addEventListener("pointerdown", (event) => this.down(event), { capture: true, signal });
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"] as const) {
      this.root.addEventListener(name, (event) => this.up(event), { capture: true, signal });
    }
    this.root.addEventListener("pointermove", (event) => this.drag(event), { capture: true, signal });
    this.root.addEventListener("auxclick", (event) => event.preventDefault(), { signal });
    window.addEventListener("keydown", (event) => this.hold(event, true), { signal });
    window.addEventListener("keyup", (event) => this.hold(event, false), { signal });
    window.addEventListener("blur", () => this.letGo(), { signal }); // the key's end is never heard
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    const box = this.root.getBoundingClientRect();
    const isPinch = event.ctrlKey || event.metaKey;
    const isMouse = event.deltaMode !== 0 || (event.deltaX === 0 && Math.abs(event.deltaY) >= MOUSE_NOTCH);
    if (!isPinch && !isMouse) return this.fitted ? undefined : this.move(-event.deltaX, -event.deltaY);
    const by = clamped(event.deltaY * (event.deltaMode ? 30 : 1), -120, 120);
    this.zoomTo(this.scale * Math.exp(-by / (isPinch && !isMouse ? 100 : 400)), event.clientX - box.left, event.clientY - box.top);
  }

  private down(event: PointerEvent): void {
    const isHand = event.pointerType === "mouse" && (event.button === 1 || (event.button === 0 && (this.isSpaceHeld || this.isAltHeld)));
    if (event.pointerType === "touch" || isHand) this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (!isHand && this.fingers.size < 2) return;
    event.preventDefault();
    event.stopPropagation(); // nobody draws with a hand, nor with the second finger
    for (const id of this.fingers.keys()) this.root.setPointerCapture(id);
    if (isHand) this.root.classList.add("is-moving");
  }

  private drag(event: PointerEvent): void {
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    if (event.pointerType === "mouse") this.move(now.x - before.x, now.y - before.y);
    else if (this.fingers.size === 2) this.pinch(event.pointerId, before, now);
    this.fingers.set(event.pointerId, now);
    if (event.pointerType === "mouse" || this.fingers.size > 1) event.stopPropagation();
  }

  private pinch(id: number, before: { x: number; y: number }, now: { x: number; y: number }): void {
    const other = [...this.fingers].find(([key]) => key !== id)?.[1];
    if (!other) return;
    const box = this.root.getBoundingClientRect();
    const was = Math.hypot(before.x - other.x, before.y - other.y);
    const is = Math.hypot(now.x - other.x, now.y - other.y);
    if (was > 8 && is > 8) this.zoomTo((this.scale * is) / was, (now.x + other.x) / 2 - box.left, (now.y + other.y) / 2 - box.top);
    this.move((now.x - before.x) / 2, (now.y - before.y) / 2);
  }

  private up(event: PointerEvent): void {
    if (!this.fingers.delete(event.pointerId)) return;
    if (!this.fingers.size) this.root.classList.remove("is-moving");
  }

  private hold(event: KeyboardEvent, isDown: boolean): void {
    if (event.code === "Space") this.isSpaceHeld = isDown && this.root.dataset.hand !== undefined;
    if (event.key === "Alt") this.isAltHeld = isDown;
    this.root.classList.toggle("is-hand", this.isSpaceHeld || this.isAltHeld);
  }

  private letGo(): void {
    this.isSpaceHeld = this.isAltHeld = false;
    this.fingers.clear();
    this.root.classList.remove("is-hand", "is-moving");
  }
}

/** So that some of the picture is always in the frame. */
export function held(at: number, length: number, frame: number): number {
  const free = frame * MARGIN;
  return clamped(at, Math.min(frame - length, 0) - free, Math.max(frame - length, 0) + free);
}

function dots(): number {
  return window.devicePixelRatio || 1;
}
