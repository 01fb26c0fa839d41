/** Small parts of the list of comments: people, chips, pins, states, menus. */
import { icon } from "../../icon";
import { STATES } from "./comments_words";
import { make } from "./dom";
import type { Audience, Note, NoteKind, Person, State } from "./types";

/* icons: circle circle-dot circle-check rotate-ccw circle-slash replace circle-alert message-circle-question sticky-note thumbs-up */
const STATE_ICONS: Record<State, string> = {
  open: "circle", addressed: "circle-dot", verified: "circle-check", reopened: "rotate-ccw", wont_fix: "circle-slash", superseded: "replace",
};
export const KINDS: Record<NoteKind, [icon: string, word: string]> = {
  action: ["circle-alert", "To do"], question: ["message-circle-question", "Question"], note: ["sticky-note", "Note"], praise: ["thumbs-up", "Praise"],
};

export function avatar(person: Person): HTMLElement {
  const made = make("span", `avatar-mark${person.is_client ? " avatar-client" : ""}`, { "data-hue": String(person.hue), title: person.name, "aria-hidden": "true" });
  made.textContent = person.initials;
  return made;
}

export function pin(number: number, state: State): HTMLElement {
  return make("span", "pin", { "data-state": state }, String(number));
}

export function chip(className: string, drawn: Node | null, word: string): HTMLElement {
  return make("span", `chip ${className}`.trim(), {}, ...(drawn ? [drawn] : []), word);
}

export function audienceChip(audience: Audience): HTMLElement {
  return audience === "internal" ? chip("chip-internal", icon("lock"), "Internal") : chip("chip-client", icon("building-2"), "Client");
}

export function stateMark(note: Note): HTMLElement {
  const by = note.state_by && note.state !== "open" ? `${STATES[note.state]} by ${note.state_by}` : STATES[note.state];
  return make("span", "item-state", { "data-state": note.state, title: by }, icon(STATE_ICONS[note.state], "icon-sm"), STATES[note.state]);
}

export function textButton(label: string, run: () => unknown, className = "btn btn-sm", drawn: Node | null = null): HTMLButtonElement {
  const made = make("button", className, { type: "button" }, ...(drawn ? [drawn] : []), label);
  made.addEventListener("click", () => void run());
  return made;
}

export interface Choice { drawn: Node; label: string; run: () => unknown; isChosen?: boolean }

/** A menu that opens on its button; without choices there is none. */
export function menu(drawn: Node, label: string, choices: Choice[], className = ""): HTMLElement | null {
  if (!choices.length) return null;
  const list = make("div", "menu-pop");
  for (const choice of choices) {
    const made = textButton(choice.label, choice.run, "menu-item", choice.drawn);
    if (choice.isChosen !== undefined) made.setAttribute("aria-pressed", String(choice.isChosen));
    list.append(made);
  }
  const summary = make("summary", "btn btn-icon btn-ghost btn-sm", { "aria-label": label, title: label }, drawn);
  return make("details", `menu ${className}`.trim(), {}, summary, list);
}
