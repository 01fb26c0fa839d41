/** How the two sides lie: beside each other, or over each other with a line, one at a time, mixed, or subtracted. */
import { icon } from "../../icon";
import { clamped, make } from "../room/dom";
import type { Mode, Shown, SideName } from "./address";
import type { Pane } from "./pane";

const STEP = 2; // percent a press

export class Stage {
  private readonly line = make("div", "wipe-line", { role: "slider", tabindex: "0", "aria-label": "Position of the wipe", "aria-valuemin": "0", "aria-valuemax": "100", "aria-orientation": "horizontal" });
  private pulling: number | null = null;
  mode: Mode = "side"; // what is seen, which is side by side where nothing can be laid over each other

  constructor(readonly root: HTMLElement, a: Pane, b: Pane, private readonly wipe: (percent: number) => void, private readonly hold: (isHeld: boolean) => void) {
    this.line.append(make("span", "", {}, icon("chevrons-left-right")));
    root.replaceChildren(a.root, b.root, this.line);
    this.listen();
  }

  show(shown: Shown, mode: Mode, kind: string): void {
    this.mode = mode;
    this.root.dataset.mode = mode;
    this.root.dataset.kind = kind;
    this.root.dataset.seen = shown.side;
    this.root.style.setProperty("--wipe", `${shown.wipe}%`);
    this.root.style.setProperty("--mix", String(shown.mix / 100));
    this.root.style.setProperty("--gain", String(shown.gain));
    this.line.hidden = mode !== "wipe";
    this.line.setAttribute("aria-valuenow", String(Math.round(shown.wipe)));
    this.line.setAttribute("aria-valuetext", `${Math.round(shown.wipe)} percent from the left`);
  }

  private get at(): number {
    return Number.parseFloat(this.root.style.getPropertyValue("--wipe"));
  }

  private listen(): void {
    this.line.addEventListener("keydown", (event) => this.key(event));
    this.root.addEventListener("pointerdown", (event) => this.down(event));
    this.root.addEventListener("pointermove", (event) => {
      if (event.pointerId === this.pulling) this.pull(event);
    });
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"] as const) this.root.addEventListener(name, (event) => this.up(event));
    this.root.addEventListener("contextmenu", (event) => this.mode === "flip" && event.preventDefault()); // a long press flips
  }

  private key(event: KeyboardEvent): void {
    const by = { ArrowLeft: -STEP, ArrowRight: STEP, ArrowDown: -STEP, ArrowUp: STEP, PageDown: -10, PageUp: 10, Home: -100, End: 100 }[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.wipe(clamped(this.at + by * (event.shiftKey ? 5 : 1), 0, 100));
  }

  /** A hand that moves the picture never comes here: the view keeps it. */
  private down(event: PointerEvent): void {
    if (event.button !== 0 || (event.target as Element).closest("button, a, .placing, .panel")) return;
    if (this.pulling !== null) return this.up(event); // a second finger
    if (this.mode !== "wipe" && this.mode !== "flip") return;
    event.preventDefault();
    this.pulling = event.pointerId;
    if (this.mode === "flip") return this.hold(true);
    this.root.setPointerCapture(event.pointerId);
    if ((event.target as Element).closest(".wipe-line")) this.line.focus();
    this.pull(event);
  }

  private pull(event: PointerEvent): void {
    if (this.mode !== "wipe") return;
    const box = this.root.getBoundingClientRect();
    this.wipe(clamped((100 * (event.clientX - box.left)) / Math.max(box.width, 1), 0, 100));
  }

  private up(event: PointerEvent): void {
    if (this.pulling === null || (event.type !== "pointerdown" && event.pointerId !== this.pulling)) return;
    this.pulling = null;
    if (this.mode === "flip") this.hold(false);
  }
}

/** Which radio is chosen; the others are reached with the arrows. */
export function chooseMode(bar: Element, mode: Mode): void {
  for (const one of bar.querySelectorAll<HTMLElement>("button[data-mode]")) {
    const isChosen = one.dataset.mode === mode;
    one.setAttribute("aria-checked", String(isChosen));
    one.tabIndex = isChosen ? 0 : -1;
  }
}

/** Clicks, and arrows as in every group of radios. */
export function listenToModes(bar: HTMLElement, choose: (mode: Mode) => void): void {
  const buttons = [...bar.querySelectorAll<HTMLElement>("button[data-mode]")];
  for (const one of buttons) one.addEventListener("click", () => choose(one.dataset.mode as Mode));
  bar.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    if (!by || at < 0) return;
    event.preventDefault();
    event.stopPropagation();
    const next = buttons[(at + by + buttons.length) % buttons.length];
    next?.focus();
    next?.click();
  });
}

export function otherSide(side: SideName): SideName {
  return side === "a" ? "b" : "a";
}
