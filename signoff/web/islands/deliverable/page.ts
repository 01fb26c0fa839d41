/** The page of a deliverable: its keys, the countdown of an approval's Undo, and menus that outlive a refresh. */
import { isTyping, shortcut } from "../keys";
import type { LiveDetail } from "../live";
import { countDown } from "../until";

export function mount(root: HTMLElement): void {
  registerKeys(root);
  window.setInterval(() => countDown(root), 1_000);
  keepMenusOpen(root);
  protectTyping(root);
  hearBulk(root);
  root.addEventListener("keydown", (event) => giveBack(root, event));
  root.dataset.ready = "";
}

function registerKeys(root: HTMLElement): void {
  const press = (selector: string) => (): void => {
    if (!document.querySelector("dialog[open]")) document.querySelector<HTMLElement>(selector)?.click();
  };
  shortcut({ keys: "e", label: "Edit the facts", run: () => editFacts(root) });
  shortcut({ keys: "n", label: "Next deliverable", run: press("#deliverable-head [rel=next]") });
  shortcut({ keys: "p", label: "Previous deliverable", run: press("#deliverable-head [rel=prev]") });
  shortcut({ keys: "a", label: "Approve the stage in review", run: press('#stages [data-press="a"]') });
  shortcut({ keys: "s", label: "Start the current stage", run: press('#stages [aria-current] [data-press="s"]') });
  shortcut({ keys: "d", label: "Hand in or mark done", run: press('#stages [aria-current] [data-press="d"]') });
  shortcut({ keys: "r", label: "Request changes", run: press('#stages [data-press="r"]') });
}

function editFacts(root: HTMLElement): void {
  const first = root.querySelector<HTMLInputElement>("#facts .quiet");
  first?.focus();
  first?.select?.();
}

/** A refresh closes no menu that somebody is looking at. */
function keepMenusOpen(root: HTMLElement): void {
  let open: string[] = [];
  document.body.addEventListener("htmx:beforeSwap", () => {
    open = [...document.querySelectorAll<HTMLElement>("details.menu[open]")].map((menu) => menu.id);
  });
  root.addEventListener("htmx:afterSwap", (event) => {
    const acted = (event as CustomEvent<{ requestConfig?: { verb?: string } }>).detail.requestConfig?.verb === "post";
    if (!acted) for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  });
}

function askAnew(root: HTMLElement): void {
  const name = `changed.${root.dataset.deliverable ?? ""}`;
  document.body.dispatchEvent(new CustomEvent(name, { detail: { live: true }, bubbles: true }));
}

/** The fact that somebody is typing in stays as it is, and is brought up to date when it is left. */
function protectTyping(root: HTMLElement): void {
  document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
    const detail = (event as CustomEvent<{ target: Element; shouldSwap: boolean }>).detail;
    const active = document.activeElement;
    if (!root.contains(detail.target)) return;
    if (detail.target.querySelector("[aria-invalid=true]")) detail.shouldSwap = false; // what was refused is kept
    if (!active || !isTyping(active) || !detail.target.contains(active)) return;
    detail.shouldSwap = false;
    active.addEventListener("blur", () => askAnew(root), { once: true });
  });
}

/** One message for many changes names only the project: this deliverable may be among them. */
function hearBulk(root: HTMLElement): void {
  document.body.addEventListener(`changed.${root.dataset.project ?? ""}`, (event) => {
    const detail = (event as CustomEvent<LiveDetail>).detail;
    if (!detail.many) return;
    document.body.dispatchEvent(new CustomEvent(`changed.${root.dataset.deliverable ?? ""}`, { detail, bubbles: true }));
  });
}

/** Esc in a fact gives back what was there; Enter saves it. */
function giveBack(root: HTMLElement, event: KeyboardEvent): void {
  const field = event.target;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) || !field.matches(".quiet")) return;
  if (event.key !== "Escape") return;
  field.value = field.defaultValue;
  field.blur();
  if (!field.hasAttribute("aria-invalid")) return;
  field.removeAttribute("aria-invalid");
  askAnew(root); // a refused change is given up
}
