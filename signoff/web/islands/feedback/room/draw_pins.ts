/** The numbered pins over the picture, and where each stands. Which comments are meant is said by whoever shows them. */
import { make } from "./dom";
import type { Comment, Mark, Place, Point, Region } from "./types";

const OWN = "draft";
const EDGE = 0.94; // further right, it stands to the left of its place
export const NEAR = 12; // frames before and after a comment in which its pin is there

/** `origin`: the round it comes from, when that is not the one that is open. */
export interface Pinned { id: string; number: number; origin?: string; spot: Point; state: string; label: string; isChosen: boolean; isOwn: boolean }

/** Is the comment's place the one that is to be seen, or near it? */
export function isNear(comment: Place, here: Place, near = NEAR): boolean {
  if (comment.file !== here.file || (comment.page ?? null) !== (here.page ?? null)) return false;
  if (here.frame_in === null || here.frame_in === undefined) return true;
  const first = comment.frame_in ?? 0;
  const last = comment.frame_out ?? first;
  return here.frame_in >= first - near && here.frame_in <= last + near;
}

/** At the tail of an arrow, above a frame, at the right of what is round; none where nothing is pointed at. */
export function spotOf(region: Region | null | undefined, marks: Mark[]): Point | null {
  if (!region) return null;
  const [first] = marks;
  const [tail] = first?.geometry.points ?? [];
  if (first && tail && (first.kind === "arrow" || first.kind === "line")) return within(tail);
  const isRound = first?.kind === "ellipse" || first?.kind === "pen";
  return within(isRound ? [region.x + region.w * 0.9, region.y + region.h * 0.12] : [region.x, region.y]);
}

function within([x, y]: Point): Point {
  return [Math.min(Math.max(x, 0), 1), Math.min(Math.max(y, 0.03), 1)];
}

export class Pins {
  readonly root = make("div", "work-pins");
  private readonly shown = new Map<string, { button: HTMLElement; said: string }>();

  constructor(choose: (id: string) => void) {
    this.root.addEventListener("click", (event) => {
      const id = (event.target as Element).closest<HTMLElement>("[data-pin]")?.dataset.pin;
      if (id) choose(id);
    });
  }

  show(pins: Pinned[]): void {
    const wanted = new Set([OWN, ...pins.map((pin) => pin.id)]);
    for (const id of this.shown.keys()) if (!wanted.has(id)) this.remove(id);
    for (const pin of pins) this.place(pin);
  }

  /** The one of what is being written. */
  showOwn(pin: Omit<Pinned, "id"> | null): void {
    if (pin) this.place({ ...pin, id: OWN });
    else this.remove(OWN);
  }

  private remove(id: string): void {
    this.shown.get(id)?.button.remove();
    this.shown.delete(id);
  }

  private place(pin: Pinned): void {
    const said = JSON.stringify(pin);
    const before = this.shown.get(pin.id);
    if (before?.said === said) return;
    const button = before?.button ?? this.add(pin);
    button.style.setProperty("left", `${pin.spot[0] * 100}%`);
    button.style.setProperty("top", `${pin.spot[1] * 100}%`);
    button.classList.toggle("is-left", pin.spot[0] > EDGE);
    button.title = pin.label;
    button.setAttribute("aria-label", pin.label);
    if (pin.isChosen) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
    button.replaceChildren(make("span", "pin", { "data-state": pin.state }, String(pin.number), ...(pin.origin ? [" ", make("small", "", {}, pin.origin)] : [])));
    this.shown.set(pin.id, { button, said });
  }

  private add(pin: Pinned): HTMLElement {
    const made = pin.isOwn ? make("span", "work-pin is-own", { role: "img" }) : make("button", "work-pin", { type: "button", "data-pin": pin.id });
    this.root.append(made);
    return made;
  }
}

/** `round`: the one that is open; notes of earlier ones have numbers of their own. */
export function pinOf(comment: Comment, isChosen: boolean, round: number): Pinned | null {
  const spot = spotOf(comment.region, comment.marks);
  if (!spot || !comment.note || comment.parent || comment.is_removed) return null;
  const { number, state } = comment.note;
  const isCarried = comment.note.round !== round;
  const label = `Note ${number}${isCarried ? ` R${comment.note.round}` : ""}, ${comment.author.name}: ${comment.text.slice(0, 80) || "a drawing"}`;
  return { id: comment.id, number, origin: isCarried ? `R${comment.note.round}` : "", spot, state, label, isChosen, isOwn: false };
}

/** A comment's own pin stands there already. */
export function isLonePin(all: Mark[], mark: Mark): boolean {
  return mark.kind === "pin" && all.length === 1;
}
