/** The tools beside the work: what to draw with, in which ink, and back. Each has its key. */
import { icon } from "../../icon";
import { signButton, make, relabel } from "./dom";
import type { Desk } from "./draw_desk";
import { COLOURS, INKS } from "./marks";
import type { RoomStore } from "./store";
import type { Colour, Tool, Width } from "./types";

type Kind = [tool: Tool, icon: string, label: string, key: string];

/* icons: mouse-pointer-2 map-pin pen-tool minus move-up-right square circle type highlighter eraser eye eye-off undo-2 redo-2 pencil x */
export const TOOLS: Kind[] = [
  ["select", "mouse-pointer-2", "Select and move", "v"],
  ["pin", "map-pin", "Pin", "n"],
  ["pen", "pen-tool", "Draw", "d"],
  ["line", "minus", "Line", "shift+a"],
  ["arrow", "move-up-right", "Arrow", "a"],
  ["rect", "square", "Rectangle", "r"],
  ["ellipse", "circle", "Ellipse", "shift+o"],
  ["text", "type", "Text", "t"],
  ["highlight", "highlighter", "Highlight", "h"],
  ["eraser", "eraser", "Erase", "e"],
];
const WIDTHS: [Width, string][] = [[1, "Thin"], [2, "Medium"], [3, "Thick"]];

export class Toolbox {
  readonly root = make("div", "toolbox", { role: "toolbar", "aria-label": "Drawing tools", "aria-orientation": "vertical" });
  private readonly tools = new Map<Tool, HTMLButtonElement>();
  private readonly ink = make("details", "menu toolbox-ink");
  private readonly swatch = make("span", "swatch");
  private readonly undo: HTMLButtonElement;
  private readonly redo: HTMLButtonElement;
  private readonly hidden: HTMLButtonElement;
  private readonly opener: HTMLButtonElement;

  constructor(private readonly store: RoomStore, private readonly desk: Desk) {
    this.opener = signButton(icon("pencil"), "Draw", () => this.open(), "toolbox-open");
    const tools = make("div", "toolbox-tools");
    for (const [tool, name, label, key] of TOOLS) tools.append(this.toolButton(tool, name, label, key));
    this.undo = signButton(icon("undo-2"), "Undo", () => this.desk.undo(), "");
    this.redo = signButton(icon("redo-2"), "Redo", () => this.desk.redo(), "");
    this.hidden = signButton(icon("eye"), "Hide all marks", () => store.hide(!store.isHidden), "");
    keyed(this.hidden, "shift+h", "Hide or show all marks");
    this.fillInk();
    tools.append(make("span", "toolbox-sep"), this.ink, this.undo, this.redo, this.hidden);
    this.root.append(this.opener, tools);
    this.root.addEventListener("pointerdown", (event) => event.stopPropagation());
    this.root.addEventListener("keydown", (event) => this.walk(event));
    this.show();
  }

  show(): void {
    const { tool, ink, isHidden } = this.store;
    for (const [name, button] of this.tools) button.setAttribute("aria-pressed", String(name === tool));
    this.swatch.style.setProperty("background", INKS[ink.colour]);
    const summary = this.ink.querySelector("summary");
    if (summary) summary.title = `Colour: ${ink.colour}`;
    summary?.setAttribute("aria-label", `Colour: ${ink.colour}; width: ${WIDTHS.find(([width]) => width === ink.width)?.[1].toLowerCase()}`);
    for (const one of this.ink.querySelectorAll<HTMLElement>("[data-colour], [data-width]")) {
      const isChosen = one.dataset.colour === ink.colour || one.dataset.width === String(ink.width);
      one.setAttribute("aria-pressed", String(isChosen));
    }
    this.undo.disabled = !this.desk.canUndo;
    this.redo.disabled = !this.desk.canRedo;
    relabel(this.hidden, isHidden ? "eye-off" : "eye", isHidden ? "Show all marks" : "Hide all marks");
    this.hidden.setAttribute("aria-pressed", String(isHidden));
  }

  private toolButton(tool: Tool, name: string, label: string, key: string): HTMLButtonElement {
    const made = signButton(icon(name), `${label}, ${key.replace("shift+", "⇧ ").toUpperCase()}`, () => this.take(tool), "");
    keyed(made, key, label);
    this.tools.set(tool, made);
    return made;
  }

  /** The one that is taken already is put back. */
  private take(tool: Tool): void {
    this.store.take(this.store.tool === tool ? "select" : tool);
  }

  private fillInk(): void {
    const menu = make("div", "menu-pop ink-menu");
    const colours = make("div", "ink-colours", { role: "group", "aria-label": "Colour" });
    for (const colour of COLOURS) colours.append(this.colourButton(colour));
    const widths = make("div", "segmented", { role: "group", "aria-label": "Width" });
    for (const [width, word] of WIDTHS) {
      const made = make("button", "", { type: "button", "data-width": String(width) }, word);
      made.addEventListener("click", () => this.store.dip({ width }));
      widths.append(made);
    }
    menu.append(colours, widths);
    this.ink.append(make("summary", "", {}, this.swatch), menu);
  }

  private colourButton(colour: Colour): HTMLButtonElement {
    const swatch = make("span", "swatch");
    swatch.style.setProperty("background", INKS[colour]);
    const made = make("button", "", { type: "button", "data-colour": colour, "aria-label": colour, title: colour }, swatch);
    made.addEventListener("click", () => this.store.dip({ colour }));
    return made;
  }

  /** On a phone the tools are folded until they are wanted. */
  private open(): void {
    const isOpen = this.root.classList.toggle("is-open");
    this.opener.setAttribute("aria-expanded", String(isOpen));
    this.opener.replaceChildren(icon(isOpen ? "x" : "pencil"));
    if (!isOpen) this.store.take("select");
    else if (this.store.tool === "select") this.store.take("pen");
  }

  /** Arrow keys go along the tools, as in every toolbar. */
  private walk(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const from = (event.target as Element).closest<HTMLElement>("button, summary");
    if (!step || !from) return;
    event.preventDefault();
    event.stopPropagation();
    const all = [...this.root.querySelectorAll<HTMLElement>("button:not(:disabled), summary")].filter((one) => one.offsetParent !== null);
    all[(all.indexOf(from) + step + all.length) % all.length]?.focus();
  }
}

function keyed(button: HTMLElement, key: string, label: string): void {
  button.dataset.key = key;
  button.dataset.keyLabel = label;
  button.dataset.keyGroup = "Drawing";
}
