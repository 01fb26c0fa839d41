/** Short messages at the bottom right: at most four, errors stay, the last Undo is on Ctrl/Cmd Z. */
import { icon } from "./icon";

export type Tone = "ok" | "info" | "warn" | "error";

export interface Toast {
  title: string;
  text?: string;
  tone?: Tone;
  /** Puts an Undo button on the toast. */
  undo?: () => unknown;
  /** Puts another button on it. */
  action?: { label: string; run: () => unknown };
}

const MOST = 4;
const STAYS = 6_000;
const STAYS_WITH_UNDO = 12_000;

export function toast(said: Toast): HTMLElement {
  const tone = said.tone ?? "info";
  const item = element("div", "toast-item");
  item.setAttribute("role", tone === "error" ? "alert" : "status");
  item.append(mark(tone), element("b", "", said.title));
  if (said.text) item.append(element("p", "", said.text));
  if (said.undo) item.append(button("Undo", said.undo, item, true));
  else if (said.action) item.append(button(said.action.label, said.action.run, item, false));
  region().append(item);
  settle(item);
  return item;
}

/** Undoes what the newest toast offers to undo; false when none does. */
export function undoLast(): boolean {
  const offers = region().querySelectorAll<HTMLButtonElement>("[data-undo]:not(:disabled)");
  const last = offers[offers.length - 1];
  last?.click();
  return last !== undefined;
}

/** Takes over toasts that the server put into the region: their time, their close button, the limit. */
export function watchToasts(): void {
  const adopt = (): void => {
    for (const item of region().querySelectorAll<HTMLElement>(".toast-item:not([data-settled])")) settle(item);
  };
  new MutationObserver(adopt).observe(region(), { childList: true });
  adopt();
}

export function region(): HTMLElement {
  const there = document.getElementById("toasts");
  if (there) return there;
  const made = element("div", "toast-list");
  made.id = "toasts";
  made.setAttribute("role", "region");
  made.setAttribute("aria-label", "Messages");
  document.body.append(made);
  return made;
}

function settle(item: HTMLElement): void {
  item.dataset.settled = "";
  item.append(closeButton(item));
  if (item.getAttribute("role") !== "alert") leaveLater(item);
  makeRoom();
}

function makeRoom(): void {
  const items = [...region().querySelectorAll<HTMLElement>(".toast-item")];
  const surplus = items.length - MOST;
  if (surplus <= 0) return;
  const quiet = items.filter((item) => item.getAttribute("role") !== "alert").slice(0, -1);
  const first = [...quiet, ...items.filter((item) => !quiet.includes(item))];
  for (const item of first.slice(0, surplus)) item.remove();
}

function leaveLater(item: HTMLElement): void {
  const stays = item.querySelector("[data-undo]") ? STAYS_WITH_UNDO : STAYS;
  let timer = window.setTimeout(() => item.remove(), stays);
  const wait = (): void => window.clearTimeout(timer);
  const goOn = (): void => {
    wait();
    timer = window.setTimeout(() => item.remove(), stays);
  };
  item.addEventListener("pointerenter", wait);
  item.addEventListener("focusin", wait);
  item.addEventListener("pointerleave", goOn);
  item.addEventListener("focusout", goOn);
}

function mark(tone: Tone): SVGSVGElement {
  if (tone === "ok") return icon("circle-check", "tone-ok");
  if (tone === "warn") return icon("triangle-alert", "tone-warn");
  if (tone === "error") return icon("octagon-alert", "tone-danger");
  return icon("info", "tone-accent");
}

function button(label: string, run: () => unknown, item: HTMLElement, isUndo: boolean): HTMLButtonElement {
  const made = element("button", "btn btn-sm", label) as HTMLButtonElement;
  made.type = "button";
  if (isUndo) {
    made.dataset.undo = "";
    made.append(element("kbd", "kbd", "⌘ Z".replace("⌘", modKey())));
  }
  made.addEventListener("click", () => {
    made.disabled = true;
    item.remove();
    void run();
  });
  return made;
}

function closeButton(item: HTMLElement): HTMLButtonElement {
  const made = element("button", "toast-close") as HTMLButtonElement;
  made.type = "button";
  made.setAttribute("aria-label", "Close this message");
  made.append(icon("x", "icon-xs"));
  made.addEventListener("click", () => item.remove());
  return made;
}

/** The key that is Ctrl here and Cmd on a Mac, as it is printed on it. */
export function modKey(): string {
  return /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl";
}

function element(tag: string, className: string, text = ""): HTMLElement {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}
