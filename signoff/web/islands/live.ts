/** What happens elsewhere, as it happens: one stream a tab, each message a DOM event named by its verb.
 *
 * `hx-trigger="stage.approved from:body"` and islands listen to the same events. A hidden tab gives its
 * connection back (browsers allow six), and says `resync` when it is seen again.
 */
import { basePath } from "./api";

export interface LiveDetail {
  live: true;
  [name: string]: unknown;
}

const HIDDEN_FOR = 30_000;
let source: EventSource | null = null;
let hiddenTimer = 0;

export function listenLive(): void {
  open();
  document.addEventListener("visibilitychange", () => {
    window.clearTimeout(hiddenTimer);
    if (document.hidden) hiddenTimer = window.setTimeout(close, HIDDEN_FOR);
    else if (!source) {
      open();
      say("resync", {});
    }
  });
}

/** Dispatches the message on the body. Messages are JSON with a `verb`; `resync` means: ask again. */
export function receive(data: string): void {
  let message: unknown;
  try {
    message = JSON.parse(data);
  } catch {
    return;
  }
  if (typeof message !== "object" || message === null) return;
  const { verb, type, ...rest } = message as Record<string, unknown>;
  const name = verb ?? type;
  if (typeof name === "string" && name) say(name, rest);
}

function say(name: string, rest: Record<string, unknown>): void {
  const detail: LiveDetail = { ...rest, live: true };
  document.body.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
}

function open(): void {
  source = new EventSource(`${basePath()}/events`);
  source.addEventListener("message", (event) => receive(event.data as string));
  source.addEventListener("resync", () => say("resync", {}));
}

function close(): void {
  source?.close();
  source = null;
}
