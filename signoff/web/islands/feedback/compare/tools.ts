/** Below the work: what the chosen way of comparing needs, how far the two are apart, which one is heard. */
import { icon } from "../../icon";
import { signButton, make } from "../room/dom";
import { MOST_GAIN, type Mode, type Shown } from "./address";
import type { Pane } from "./pane";

export type Unit = "frame" | "page" | "ms";

export interface Toolhost {
  readonly shown: Shown;
  readonly a: Pane;
  readonly b: Pane;
  readonly unit: Unit | null; // what they are linked by
  readonly isHeard: boolean; // there is sound, or may be
  readonly lead: "a" | "b";
  change(change: Partial<Shown>): void;
  nudge(by: 1 | -1): void;
  hear(): void;
  flip(): void;
  hide(): void;
  readonly isHidden: boolean;
}

export const STEP: Record<Unit, number> = { frame: 1, page: 1, ms: 100 };

export function showTools(root: HTMLElement, host: Toolhost, mode: Mode): void {
  const parts: Node[] = [];
  if (mode === "overlay") parts.push(slider("Round " + host.b.notes.number, host.shown.mix, 0, 100, "%", (mix) => host.change({ mix })));
  if (mode === "difference") parts.push(slider("Brighter", host.shown.gain, 1, MOST_GAIN, "×", (gain) => host.change({ gain })));
  if (mode === "flip") parts.push(flipButton(host));
  if (host.unit) parts.push(offset(host, host.unit));
  if (host.isHeard) {
    const number = host[host.lead].notes.number;
    const made = make("button", "btn btn-sm btn-ghost", { type: "button", title: "Hear the other one (H)" }, icon("volume-2", "icon-sm"), `Round ${number}`);
    made.addEventListener("click", () => host.hear());
    parts.push(made);
  }
  if (host.a.marks ?? host.b.marks) {
    const eye = signButton(icon(host.isHidden ? "eye-off" : "eye"), host.isHidden ? "Show marks and pins" : "Hide marks and pins", () => host.hide());
    parts.push(eye);
  }
  const focused = (document.activeElement as HTMLElement | null)?.dataset.tool;
  if (focused && root.querySelector(`[data-tool="${focused}"]`) === document.activeElement && isSlid(root, mode)) return;
  root.replaceChildren(...parts);
}

/** A slider that is in somebody's hand is not drawn anew. */
function isSlid(root: HTMLElement, mode: Mode): boolean {
  const slid = root.querySelector("input[type=range]");
  return slid !== null && slid === document.activeElement && (mode === "overlay" || mode === "difference");
}

function slider(label: string, value: number, least: number, most: number, unit: string, set: (value: number) => void): HTMLElement {
  const said = make("output", "num xs", {}, `${value} ${unit}`);
  const made = make("input", "compare-slider", { type: "range", min: String(least), max: String(most), step: "1", "data-tool": label });
  made.value = String(value);
  made.addEventListener("input", () => {
    said.textContent = `${made.value} ${unit}`;
    set(Number(made.value));
  });
  return make("label", "row xs", {}, label, made, said);
}

function flipButton(host: Toolhost): HTMLElement {
  const number = host[host.shown.side].notes.number;
  const made = make("button", "btn btn-sm", { type: "button", title: "The other one (`)" }, icon("repeat", "icon-sm"), `Round ${number} is shown`);
  made.addEventListener("click", () => host.flip());
  return made;
}

function offset(host: Toolhost, unit: Unit): HTMLElement {
  const { offset } = host.shown;
  const [least, more] = [signButton(icon("minus", "icon-sm"), "Round " + host.b.notes.number + " earlier (Shift ↓)", () => host.nudge(-1)), signButton(icon("plus", "icon-sm"), "Round " + host.b.notes.number + " later (Shift ↑)", () => host.nudge(1))];
  const said = make("button", "btn btn-sm btn-ghost num compare-offset", { type: "button", title: offset ? "Back to no offset" : "Both at the same place" }, icon("link", "icon-xs"), offsetWords(offset, unit));
  said.disabled = offset === 0;
  said.addEventListener("click", () => host.change({ offset: 0 }));
  return make("span", "row compare-nudge", { role: "group", "aria-label": "Offset between the rounds" }, least, said, more);
}

/** `Linked`, `+3 frames`, `−1 page`, `+0.2 s`. */
export function offsetWords(offset: number, unit: Unit): string {
  if (offset === 0) return "Linked";
  const sign = offset > 0 ? "+" : "−";
  const size = Math.abs(offset);
  if (unit === "ms") return `${sign}${(size / 1_000).toFixed(1)} s`;
  return `${sign}${size} ${unit}${size === 1 ? "" : "s"}`;
}
