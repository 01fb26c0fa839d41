/** What happens elsewhere, as it happens: one stream a tab, each message a DOM event on the body.
 *
 * A message becomes an event named by its verb (`stage.approved`), and for each thing it touches an event
 * `changed.<id>` (of the project, the deliverable, the subject): `hx-trigger="changed.0190… from:body"`.
 * Of work that goes on (`file.progress`) it is `progress.<id>`, for those few who show how far it is.
 * A hidden tab gives its connection back (browsers allow six), and says `resync` when it is seen again.
 */
import { basePath } from "./api";
import { remember } from "./overtaken";

export interface LiveDetail {
  live: true;
  verb: string;
  project: string | null;
  deliverable: string | null;
  subject: string | null;
  /** Who did it; null for the system. */
  actor: string | null;
  /** One message for many changes of one act: ask for the whole anew. */
  many: boolean;
  /** The project's beat after the change; 0 where there is none. */
  beat: number;
}

const HIDDEN_FOR = 30_000;
let source: EventSource | null = null;
let wasOpen = false;
let hiddenTimer = 0;

/** Opens the stream for these verbs; none for who is signed out. */
export function listenLive(verbs: string[]): void {
  if (!verbs.length) return;
  open(verbs);
  document.addEventListener("visibilitychange", () => {
    window.clearTimeout(hiddenTimer);
    if (document.hidden) hiddenTimer = window.setTimeout(close, HIDDEN_FOR);
    else if (!source) open(verbs);
  });
  window.addEventListener("pagehide", close);
}

/** Dispatches one message of the stream on the body. */
export function receive(data: string): void {
  const detail = read(data);
  if (!detail) return;
  say(detail.verb, detail);
  const touched = new Set([detail.project, detail.deliverable, detail.subject]);
  const name = detail.verb.endsWith(".progress") ? "progress" : "changed";
  for (const id of touched) if (id) say(`${name}.${id}`, detail);
}

function read(data: string): LiveDetail | null {
  try {
    const { v, p, d, s, a, many, b } = JSON.parse(data) as Record<string, unknown>;
    const id = (value: unknown): string | null => (typeof value === "string" ? value : null);
    if (typeof v !== "string") return null;
    return {
      live: true, verb: v, project: id(p), deliverable: id(d), subject: id(s), actor: id(a),
      many: many === true, beat: typeof b === "number" ? b : 0,
    };
  } catch {
    return null;
  }
}

/** What was said while the line was cut is lost: whoever shows something asks anew. */
function resync(): void {
  const nothing = { project: null, deliverable: null, subject: null, actor: null };
  say("resync", { live: true, verb: "resync", ...nothing, many: true, beat: 0 });
}

function say(name: string, detail: LiveDetail): void {
  remember(name, detail);
  document.body.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
}

function open(verbs: string[]): void {
  source = new EventSource(`${basePath()}/events`);
  for (const verb of verbs) source.addEventListener(verb, (event) => receive((event as MessageEvent<string>).data));
  source.addEventListener("resync", resync);
  source.addEventListener("open", () => {
    if (wasOpen) resync();
    wasOpen = true;
  });
}

function close(): void {
  source?.close();
  source = null;
}
