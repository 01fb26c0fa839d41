/** Drawing on the work: marks and pins over the picture, and the pointer that makes them. */
import { signButton, make } from "./dom";
import { icon } from "../../icon";
import { Desk } from "./draw_desk";
import { boxOf, joined, pointAt } from "./draw_geometry";
import { begin, Resizing, type Gesture, type Ground } from "./draw_gestures";
import { listenToDrawKeys } from "./draw_keys";
import { writeAt } from "./draw_letters";
import { isLonePin, isNear, pinOf, Pins, spotOf, type Pinned } from "./draw_pins";
import { Toolbox } from "./draw_toolbox";
import { drawn, inked, strokePath, svg } from "./marks";
import type { RoomStore } from "./store";
import { isEmpty } from "./store_draft";
import type { Comment, Mark, Surface } from "./types";

const DRAWN_ON = new Set(["image", "video", "pdf"]);
const CORNERS: [0 | 1, 0 | 1][] = [[0, 0], [1, 0], [0, 1], [1, 1]];

/** Call the answer when the surface goes. */
export function mountDrawing(surface: Surface, store: RoomStore): () => void {
  const kind = store.files.find((file) => file.id === surface.place().file)?.kind ?? "other";
  if (!DRAWN_ON.has(kind) || !surface.picture.isConnected) return () => undefined;
  const drawing = new Drawing(surface, store);
  return () => drawing.destroy();
}

export class Drawing {
  readonly desk: Desk;
  readonly root = make("div", "drawing");
  private readonly paper = svg("svg", { class: "marks", preserveAspectRatio: "none", "aria-hidden": "true" });
  private readonly said = svg("g");
  private readonly own = svg("g", { class: "marks-own" });
  private readonly live = svg("g");
  private readonly liveStroke = svg("path");
  private readonly pins: Pins;
  private readonly box = make("div", "draw-box", { hidden: "" });
  private readonly toolbox: Toolbox | null;
  private readonly known = new WeakMap<Mark, SVGElement>();
  private readonly ends: (() => void)[] = [];
  private gesture: Gesture | null = null;
  private pointer = -1;
  private frame = 0;
  private isOnlyHand = true; // nothing but the gesture has changed since it was shown last
  private pinned: unknown[] = [];
  private sizeSaid = "";

  constructor(private readonly surface: Surface, private readonly store: RoomStore) {
    this.desk = new Desk(store, surface);
    this.pins = new Pins((id) => store.select(id));
    this.paper.append(this.said, this.own, this.live);
    this.live.append(this.liveStroke);
    this.fillBox();
    this.root.append(this.paper, this.pins.root, this.box);
    surface.picture.append(this.root);
    this.toolbox = store.mayWrite ? new Toolbox(store, this.desk) : null;
    if (this.toolbox) (surface.picture.parentElement ?? surface.picture).append(this.toolbox.root);
    this.listen();
    this.show();
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
    for (const end of this.ends) end();
    this.store.take("select");
    this.toolbox?.root.remove();
    this.root.remove();
  }

  private listen(): void {
    const soon = (): void => this.soon();
    this.ends.push(this.store.onChange(soon), this.surface.onMove(soon));
    if (!this.toolbox) return;
    this.ends.push(listenToDrawKeys({ desk: this.desk, leave: () => this.leave(), show: soon }));
    this.paper.addEventListener("pointerdown", (event) => this.down(event));
    this.paper.addEventListener("dblclick", (event) => this.rewrite(event));
    this.box.addEventListener("pointerdown", (event) => this.down(event));
    for (const target of [this.paper, this.box]) {
      target.addEventListener("pointermove", (event) => this.move(event as PointerEvent));
      target.addEventListener("pointerup", (event) => this.up(event as PointerEvent));
      for (const name of ["pointercancel", "lostpointercapture"]) target.addEventListener(name, (event) => this.cancel(event as PointerEvent));
    }
  }

  /** What has changed is shown once in a frame, however much that was; while a hand moves, only what it draws. */
  private soon(isOnlyHand = false): void {
    this.isOnlyHand &&= isOnlyHand;
    if (!this.frame) this.frame = requestAnimationFrame(() => (this.isOnlyHand ? this.showHand() : this.show()));
  }

  private showHand(): void {
    this.frame = 0;
    this.fill(this.own, this.ownMarks());
    this.showLive();
    this.showBox();
  }

  private show(): void {
    this.frame = 0;
    this.isOnlyHand = true;
    const { width, height } = this.surface.size;
    if (this.sizeSaid !== `${width} ${height}`) {
      this.sizeSaid = `${width} ${height}`;
      this.paper.setAttribute("viewBox", `0 0 ${width} ${height}`);
    }
    const { tool, isHidden } = this.store;
    this.root.dataset.tool = this.toolbox ? tool : "none";
    this.root.classList.toggle("is-hidden", isHidden);
    if (tool !== "select") this.desk.pick([]);
    this.showMarks();
    this.showPins();
    this.showBox();
    this.toolbox?.show();
  }

  private showMarks(): void {
    const here = this.desk.here;
    const chosen = this.chosen;
    const isEdited = chosen !== undefined && this.store.draft.edits === chosen.id;
    const isShown = chosen && !isEdited && isNear(chosen, here, 0);
    const said = isShown ? chosen.marks.filter((mark) => mark.frame === null || mark.frame === here.frame_in) : [];
    this.fill(this.said, said.filter((mark) => !isLonePin(chosen?.marks ?? [], mark)));
    this.fill(this.own, this.ownMarks());
    this.showLive();
  }

  /** Those of the draft, but for what the gesture changes. */
  private ownMarks(): Mark[] {
    const changed = new Set([...(this.gesture?.gone ?? []), ...(this.gesture?.live.map((mark) => mark.id) ?? [])]);
    const all = this.store.draft.marks;
    return this.desk.marks.filter((mark) => !changed.has(mark.id) && !(isLonePin(all, mark) && !this.desk.picked.has(mark.id)));
  }

  /** What is being drawn is drawn by itself: a stroke is one path that grows. */
  private showLive(): void {
    const marks = this.gesture?.live ?? [];
    const [first] = marks;
    const isStroke = marks.length === 1 && first?.kind === "pen";
    if (isStroke) inked(this.liveStroke, first, this.surface.size).setAttribute("d", strokePath(first, this.surface.size, false));
    else this.liveStroke.removeAttribute("d");
    this.live.replaceChildren(this.liveStroke, ...(isStroke ? [] : marks.map((mark) => drawn(mark, this.surface.size))));
  }

  private fill(group: SVGGElement, marks: Mark[]): void {
    const wanted = [...marks].sort((a, b) => a.z - b.z).map((mark) => this.element(mark, group === this.own));
    const isSame = wanted.length === group.childElementCount && wanted.every((one, at) => group.children[at] === one);
    if (!isSame) group.replaceChildren(...wanted);
  }

  private element(mark: Mark, isOwn: boolean): SVGElement {
    const known = this.known.get(mark);
    if (known && known.dataset.size === this.sizeSaid) return known;
    const made = drawn(mark, this.surface.size);
    made.dataset.size = this.sizeSaid;
    if (isOwn) made.append(catcher(mark, this.surface.size));
    this.known.set(mark, made);
    return made;
  }

  private get chosen(): Comment | undefined {
    const found = this.store.comments.find((one) => one.id === this.store.selected);
    return found?.parent ? this.store.comments.find((one) => one.id === found.parent) : found;
  }

  /** Those of others are looked at again only where something of them has changed. */
  private showPins(): void {
    const { comments, draft } = this.store;
    const here = this.desk.here;
    const chosen = this.chosen;
    const pinned = [comments, chosen?.id, draft.edits, here.file, here.page, here.frame_in];
    if (pinned.some((one, at) => one !== this.pinned[at])) {
      this.pinned = pinned;
      this.pins.show(comments.filter((one) => one.id !== draft.edits && isNear(one, here)).flatMap((one) => pinOf(one, one === chosen, this.store.props.round.round) ?? []));
    }
    this.pins.showOwn(this.ownPin());
  }

  private ownPin(): Omit<Pinned, "id"> | null {
    const { draft } = this.store;
    const spot = isEmpty(draft) || !this.desk.isHere(draft) || !isNear(draft, this.desk.here) ? null : spotOf(draft.region, draft.marks);
    if (!spot || this.gesture) return null;
    const edited = this.store.comments.find((one) => one.id === draft.edits)?.note?.number;
    return { number: edited ?? this.store.nextNumber, spot, state: "open", label: "What you are writing", isChosen: true, isOwn: true };
  }

  private fillBox(): void {
    for (const [x, y] of CORNERS) this.box.append(make("span", "draw-corner", { "data-corner": `${x}${y}` }));
    const remove = signButton(icon("trash-2"), "Delete what is selected", () => this.desk.remove(this.desk.picked), "draw-remove");
    remove.addEventListener("pointerdown", (event) => event.stopPropagation());
    this.box.append(remove);
  }

  private showBox(): void {
    const changed = new Map((this.gesture?.live ?? []).map((mark) => [mark.id, mark]));
    const marks = this.desk.copied().map((mark) => changed.get(mark.id) ?? mark);
    this.box.hidden = marks.length === 0;
    if (!marks.length) return;
    const { x, y, w, h } = joined(marks.map((mark) => boxOf(mark, this.surface.size)));
    for (const [name, value] of Object.entries({ left: x, top: y, width: w, height: h })) this.box.style.setProperty(name, `${value * 100}%`);
  }

  private down(event: PointerEvent): void {
    if (event.button !== 0 || this.gesture || !event.isPrimary) return;
    const { tool } = this.store;
    const ground = this.surface.picture.getBoundingClientRect();
    const corner = (event.target as HTMLElement).dataset.corner;
    event.preventDefault();
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    if (tool !== "select" && tool !== "eraser") this.hold();
    this.gesture = corner ? new Resizing(this.desk, ground, [Number(corner[0]), Number(corner[1])] as [0 | 1, 0 | 1]) : begin(tool, this.desk, ground, event);
    if (tool === "text") this.gesture = { live: [], gone: new Set(), move: () => undefined, end: () => this.write(event, ground) };
    if (this.gesture) {
      this.pointer = event.pointerId;
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
    }
    this.soon();
  }

  /** One draws on what one sees. */
  private hold(): void {
    this.surface.pause();
    this.surface.stay?.();
  }

  /** The browser gathers what a quick hand did between two frames; nothing here asks where things are. */
  private move(event: PointerEvent): void {
    if (!this.gesture || event.pointerId !== this.pointer) return;
    const gathered = event.getCoalescedEvents?.() ?? [];
    this.gesture.move(gathered.length ? gathered : [event]);
    this.soon(true);
  }

  private up(event: PointerEvent): void {
    const { gesture } = this;
    if (!gesture || event.pointerId !== this.pointer) return;
    this.gesture = null;
    gesture.end();
    this.soon();
  }

  /** A second finger came, or the browser took the pointer: nothing was drawn. */
  private cancel(event: PointerEvent): void {
    if (!this.gesture || event.pointerId !== this.pointer) return;
    this.gesture = null;
    this.soon();
  }

  private leave(): boolean {
    if (this.gesture) this.gesture = null;
    else if (this.store.tool !== "select") this.store.take("select");
    else this.desk.pick([]);
    return true;
  }

  private write(event: PointerEvent, ground: Ground): void {
    writeAt(this.root, this.desk, pointAt(event.clientX, event.clientY, ground), ground.width);
  }

  /** Two clicks on a text of the draft open it again. */
  private rewrite(event: MouseEvent): void {
    const id = (event.target as Element).closest<SVGElement>("[data-mark]")?.dataset.mark;
    const mark = this.desk.marks.find((one) => one.id === id && one.kind === "text");
    if (mark) writeAt(this.root, this.desk, mark.geometry.points[0]!, this.surface.picture.getBoundingClientRect().width, mark);
  }
}

/** Where a finger finds a thin line. */
function catcher(mark: Mark, size: { width: number; height: number }): SVGElement {
  const { x, y, w, h } = boxOf(mark, size);
  return svg("rect", { class: "mark-catch", x: x * size.width, y: y * size.height, width: w * size.width, height: h * size.height });
}
