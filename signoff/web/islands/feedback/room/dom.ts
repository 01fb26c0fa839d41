/** Elements of the room, in one line each. */
import { icon } from "../../icon";

export type Attributes = Record<string, string>;

export function make<K extends keyof HTMLElementTagNameMap>(tag: K, className = "", attributes: Attributes = {}, ...inside: (Node | string)[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

/** A button that is an icon alone: `drawn` is `icon("play")`. */
export function signButton(drawn: Node, label: string, press: () => unknown, className = "btn btn-icon btn-ghost btn-sm"): HTMLButtonElement {
  const made = make("button", className, { type: "button", "aria-label": label, title: label }, drawn);
  made.addEventListener("click", () => void press());
  return made;
}

export function relabel(button: HTMLElement, name: string, label: string): void {
  if (button.title === label) return;
  button.title = label;
  button.setAttribute("aria-label", label);
  button.replaceChildren(icon(name));
}

export function clamped(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most));
}

export function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no ${id}.`);
  return found;
}
