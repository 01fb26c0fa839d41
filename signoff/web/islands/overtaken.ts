/** Messages that came while an answer of the server was on its way are said again when it is there.
 *
 * The answer may be older than the message, and what heard the message is gone when the answer takes its place:
 * without this, a page would show the last state but one for good.
 */

interface Said {
  name: string;
  detail: unknown;
  at: number;
}

const LONGEST = 60_000; // ms that an answer may take
const SETTLED = 60; // ms: htmx makes what has come listen within 20
const begun = new WeakMap<object, number>();
let said: Said[] = [];

/** Keeps what a live message says on the body. */
export function remember(name: string, detail: unknown): void {
  const now = performance.now();
  said = [...said.filter((one) => now - one.at < LONGEST), { name, detail, at: now }];
}

/** Says again, to what has come, whatever its request did not know of. */
export function sayOvertaken(): void {
  document.body.addEventListener("htmx:beforeSend", (event) => {
    if (isReading(event)) begun.set(xhrOf(event), performance.now()); // what one changes comes back as a message, too
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const since = begun.get(xhrOf(event)) ?? Infinity;
    window.setTimeout(() => again(since), SETTLED);
  });
}

function again(since: number): void {
  const missed = new Map(said.filter((one) => one.at >= since).map((one) => [one.name, one.detail]));
  for (const [name, detail] of missed) document.body.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
}

interface Detail {
  xhr: XMLHttpRequest;
  requestConfig: { verb: string };
}

function isReading(event: Event): boolean {
  return (event as CustomEvent<Detail>).detail.requestConfig.verb === "get";
}

function xhrOf(event: Event): object {
  return (event as CustomEvent<Detail>).detail.xhr;
}
