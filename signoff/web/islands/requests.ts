/** How htmx behaves here: refusals become toasts, live changes wait for who is typing, `toast` events are shown. */
import { basePath, pageHeaders } from "./api";
import { isTyping } from "./keys";
import { toast, type Tone } from "./toast";

interface SwapDetail {
  xhr: XMLHttpRequest;
  shouldSwap: boolean;
  isError: boolean;
}

interface RequestDetail {
  target: Element;
  requestConfig: { triggeringEvent?: Event };
}

/** What a view says in `HX-Trigger: {"toast": {...}}`. `undo` is an address to POST to. */
interface Said {
  title: string;
  text?: string;
  tone?: Tone;
  undo?: string;
}

export function startRequests(): void {
  const body = document.body;
  body.addEventListener("htmx:beforeSwap", (event) => judge((event as CustomEvent<SwapDetail>).detail));
  body.addEventListener("htmx:beforeRequest", (event) => waitForTyping(event as CustomEvent<RequestDetail>));
  body.addEventListener("htmx:sendError", () =>
    toast({ title: "No connection", text: "Nothing was changed. Try again in a moment.", tone: "error" }),
  );
  body.addEventListener("toast", (event) => show((event as CustomEvent<Said>).detail));
}

/** A form with its errors (422) and a refusal that names its place are shown; any other error becomes a toast. */
export function judge(detail: SwapDetail): void {
  const { status } = detail.xhr;
  if (status < 400) return;
  detail.isError = false;
  detail.shouldSwap = status === 422 || detail.xhr.getResponseHeader("HX-Retarget") !== null;
  if (detail.shouldSwap) return;
  toast({ title: "That did not work", text: `Nothing was changed (${status}). Reload the page and try again.`, tone: "error" });
}

/** A live change never comes under the cursor: its request is made when the field is left. */
function waitForTyping(event: CustomEvent<RequestDetail>): void {
  const trigger = event.detail.requestConfig.triggeringEvent;
  const isLive = trigger instanceof CustomEvent && (trigger.detail as { live?: boolean } | null)?.live === true;
  const active = document.activeElement;
  if (!isLive || !active || !isTyping(active) || !event.detail.target.contains(active)) return;
  event.preventDefault();
  const again = new CustomEvent(trigger.type, { detail: trigger.detail, bubbles: true });
  active.addEventListener("blur", () => document.body.dispatchEvent(again), { once: true });
}

function show(said: Said): void {
  const { undo, ...rest } = said;
  toast(undo ? { ...rest, undo: () => postUndo(undo) } : rest);
}

async function postUndo(address: string): Promise<void> {
  const path = address.startsWith("/") && !address.startsWith(`${basePath()}/`) ? basePath() + address : address;
  await window.htmx.ajax("post", path, { swap: "none", headers: pageHeaders() });
}
