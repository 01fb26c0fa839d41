/** Shortcuts of this page: who registers one is listed in the dialog that `?` opens.
 *
 * A control with `data-key="a"` (and `data-key-label`, else its own words) is pressed by that key while it is there.
 */
import { modKey } from "./toast";

export interface Shortcut {
  /** `mod+k`, `shift+arrowdown`, `?`, or two keys in turn: `g p`. `mod` is Ctrl, on a Mac Cmd. */
  keys: string;
  label: string;
  group?: string;
  /** Left out for keys that an island handles itself and only wants listed. */
  run?: (event: KeyboardEvent) => unknown;
  /** Also while somebody types in a field. */
  whileTyping?: boolean;
  /** Whether it means something now; without a press, whether it is listed. */
  when?: (event?: KeyboardEvent) => boolean;
  /** Another name of a key that is listed already. */
  isHidden?: boolean;
}

const registered = new Set<Shortcut>();
let before = "";
let beforeTimer = 0;

/** Registers a shortcut; call the answer to take it away again. */
export function shortcut(said: Shortcut): () => void {
  registered.add(said);
  return () => registered.delete(said);
}

export function listenToKeys(): void {
  shortcut({ keys: "?", label: "Show the shortcuts of this page", group: "Everywhere", run: showShortcuts });
  document.addEventListener("keydown", onKey);
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable=true]") !== null;
}

/** `mod+shift+k` for a key press, in the order in which shortcuts are written. */
export function keyName(event: KeyboardEvent): string {
  const key = keyOf(event);
  const isPlainSign = key.length === 1 && !/[a-z0-9]/.test(key);
  const parts = [
    event.ctrlKey || event.metaKey ? "mod" : "",
    event.altKey ? "alt" : "",
    event.shiftKey && !isPlainSign ? "shift" : "",
    key,
  ];
  return parts.filter(Boolean).join("+");
}

/** What is printed on the key where that is Latin; else where the key lies, as for Cyrillic, or Option on a Mac. */
function keyOf(event: KeyboardEvent): string {
  if (event.key === " ") return "space";
  const key = event.key.toLowerCase();
  if (key.length > 1 || /[a-z0-9]/.test(key)) return key;
  const isLetterElsewhere = /\p{L}/u.test(key) || event.altKey;
  return (isLetterElsewhere && /^(?:Key([A-Z])|Digit(\d))$/.exec(event.code ?? "")?.slice(1).find(Boolean)?.toLowerCase()) || key;
}

/** AltGr writes a sign, and is said as Ctrl with Alt; a key that is held down repeats only where it moves. */
function isMeant(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  if (event.getModifierState?.("AltGraph") || (event.ctrlKey && event.altKey)) return false;
  return !event.repeat || event.key.startsWith("Arrow");
}

function onKey(event: KeyboardEvent): void {
  if (!isMeant(event)) return;
  const name = keyName(event);
  const typing = isTyping(event.target);
  const found = find(before ? `${before} ${name}` : name, event) ?? find(name, event);
  remember(typing ? "" : name);
  if (!found?.run) return;
  event.preventDefault();
  remember("");
  found.run(event);
}

function find(keys: string, event: KeyboardEvent): Shortcut | undefined {
  const typing = isTyping(event.target);
  return [...here()].reverse().find((one) => one.keys === keys && (!typing || one.whileTyping) && (one.when?.(event) ?? true));
}

function here(): Shortcut[] {
  const controls = document.querySelectorAll<HTMLElement>("[data-key]:not(:disabled, [aria-disabled=true])");
  return [...registered, ...[...controls].map(ofControl)];
}

function ofControl(control: HTMLElement): Shortcut {
  const label = control.dataset.keyLabel ?? control.getAttribute("aria-label") ?? control.textContent.trim();
  const made: Shortcut = { keys: control.dataset.key ?? "", label, run: () => control.click() };
  if (control.dataset.keyGroup) made.group = control.dataset.keyGroup;
  return made;
}

function remember(name: string): void {
  window.clearTimeout(beforeTimer);
  before = name;
  beforeTimer = window.setTimeout(() => (before = ""), 1_000);
}

/** Opens the dialog that lists what can be pressed here; the browser keeps focus in it and gives it back. */
export function showShortcuts(): void {
  document.getElementById("shortcuts")?.remove();
  const dialog = document.createElement("dialog");
  dialog.id = "shortcuts";
  dialog.className = "dialog";
  dialog.setAttribute("aria-labelledby", "shortcuts-title");
  dialog.append(head(), ...groups().map(([name, keys]) => section(name, keys)));
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
}

function groups(): [string, Shortcut[]][] {
  const found = new Map<string, Shortcut[]>();
  for (const one of here().filter((each) => !each.isHidden && (each.when?.() ?? true))) {
    const name = one.group ?? "On this page";
    found.set(name, [...(found.get(name) ?? []), one]);
  }
  return [...found].sort(([a], [b]) => Number(a === "Everywhere") - Number(b === "Everywhere"));
}

function head(): HTMLElement {
  const form = make("form", "dialog-head");
  form.setAttribute("method", "dialog");
  const title = make("h2", "", "Shortcuts");
  title.id = "shortcuts-title";
  const close = make("button", "btn btn-sm btn-ghost push", "Close");
  form.append(title, close);
  return form;
}

function section(name: string, keys: Shortcut[]): HTMLElement {
  const part = make("section", "dialog-body");
  const list = make("dl", "key-list");
  for (const one of keys) {
    const term = make("dt", "", one.label);
    const shown = make("dd", "row");
    for (const key of printed(one.keys)) shown.append(make("kbd", "kbd", key));
    list.append(term, shown);
  }
  part.append(make("h3", "", name), list);
  return part;
}

const SIGNS: Record<string, string> = {
  shift: "⇧", alt: "Alt", enter: "↵", escape: "Esc", arrowup: "↑", arrowdown: "↓", arrowleft: "←", arrowright: "→",
  space: "Space", delete: "Del", backspace: "⌫", tab: "Tab", home: "Home", end: "End", pageup: "Page ↑", pagedown: "Page ↓",
};

/** `mod+shift+k` as keys to print: Ctrl, ⇧, K. */
export function printed(keys: string): string[] {
  return keys.split(/ |\+(?!$)/).map((key) => (key === "mod" ? modKey() : (SIGNS[key] ?? key.toUpperCase())));
}

function make(tag: string, className: string, text = ""): HTMLElement {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}
