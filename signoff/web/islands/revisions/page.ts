/** The rounds of a deliverable: keys, the checksum's copy, and parts that come anew without disturbing what plays. */
import { isTyping, shortcut } from "../keys";
import { toast } from "../toast";

let isReceiptOpen = false; // as the person left it, whatever is asked for anew
let listed = false;

export function mount(root: HTMLElement): void {
  listShortcuts();
  keepReceipt(root);
  keepWhatIsTheSame(root);
  for (const strip of root.querySelectorAll<HTMLElement>(".round-files, .rounds-rail")) showCurrent(strip);
  root.addEventListener("click", (event) => click(event));
  listenWhileHere(root);
  root.dataset.ready = "";
}

function listShortcuts(): void {
  if (listed) return;
  listed = true;
  shortcut({ keys: "arrowleft", label: "Previous page or file of the round" });
  shortcut({ keys: "arrowright", label: "Next page or file of the round" });
}

/** Arrow keys turn pages and go through the files, wherever they mean nothing else. */
function listenWhileHere(root: HTMLElement): void {
  const turn = (event: KeyboardEvent): void => {
    if (!root.isConnected) return document.removeEventListener("keydown", turn);
    const step = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    if (!step || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (isTaken(event.target)) return;
    const link = root.querySelector<HTMLElement>(`[data-step="${step}"]`);
    if (!link) return;
    event.preventDefault();
    link.click();
  };
  document.addEventListener("keydown", turn);
}

function isTaken(target: EventTarget | null): boolean {
  if (document.querySelector("dialog[open]") || isTyping(target)) return true;
  return target instanceof Element && target.closest("video, audio, [role=menu], [role=listbox], .menu-pop, pre") !== null;
}

/** The one that is looked at, in the middle of its strip. */
function showCurrent(strip: HTMLElement): void {
  const one = strip.querySelector("[aria-current]")?.getBoundingClientRect();
  if (!one) return;
  const box = strip.getBoundingClientRect();
  strip.scrollLeft += (one.left + one.right - box.left - box.right) / 2;
}

function click(event: Event): void {
  const target = event.target as Element;
  const copied = target.closest<HTMLElement>("[data-copy]")?.dataset.copy;
  if (copied) void copy(copied);
  const open = target.closest("[data-fullscreen]");
  if (open) {
    event.preventDefault();
    void switchFullscreen();
  }
  const details = target.closest("[data-close-details]")?.closest("details");
  if (details) details.open = false;
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast({ title: "Checksum copied", text, tone: "ok" });
  } catch {
    toast({ title: "The checksum", text, tone: "info" }); // no clipboard without HTTPS: it can be copied from here
  }
}

/** Not the viewer itself: going to the next file or page puts another in its place. */
async function switchFullscreen(): Promise<void> {
  if (document.fullscreenElement) return document.exitFullscreen();
  const frame = document.querySelector("main");
  const before = document.activeElement;
  await frame?.requestFullscreen();
  const over = (): void => {
    if (document.fullscreenElement) return;
    frame?.removeEventListener("fullscreenchange", over);
    giveBackFocus(before);
  };
  frame?.addEventListener("fullscreenchange", over);
}

/** What had the focus cannot keep it below the work; it may have come anew meanwhile. */
function giveBackFocus(before: Element | null): void {
  if (!before || before === document.body) return;
  const there = before.isConnected ? before : document.getElementById(before.id);
  (there as HTMLElement | null)?.focus();
}

function keepReceipt(root: HTMLElement): void {
  const receipt = root.querySelector<HTMLDetailsElement>("#round-receipt");
  if (!receipt) return;
  receipt.open = isReceiptOpen;
  receipt.addEventListener("toggle", () => (isReceiptOpen = receipt.open));
}

/** Parts come anew whenever something happens; one that would look the same stays: a film goes on, nothing flickers. */
function keepWhatIsTheSame(root: HTMLElement): void {
  root.addEventListener("htmx:oobBeforeSwap", (event) => {
    const detail = (event as CustomEvent<{ target: HTMLElement; fragment: DocumentFragment; shouldSwap: boolean }>).detail;
    const coming = detail.fragment.firstElementChild;
    if (coming instanceof HTMLElement && isSame(detail.target, coming)) detail.shouldSwap = false;
  });
}

export function isSame(there: HTMLElement, coming: HTMLElement): boolean {
  if (there.dataset.sign !== undefined) return there.dataset.sign === coming.dataset.sign;
  if (there.querySelector("details[open] textarea")) return true; // somebody is writing there
  return there.innerHTML === coming.innerHTML;
}
