/** What the palette offers to do: the frame's commands, those that islands add, and controls of the page.
 *
 * A control with `data-command="Approve Design"` on a page is a command while it is there; choosing it clicks it.
 */

export interface Command {
  title: string;
  /** Do, Go to, Create: the heading under which it stands. */
  group: string;
  icon: string;
  hint?: string;
  /** Where it leads; else `run` does it. */
  url?: string;
  run?: () => unknown;
}

const added = new Set<Command>();

/** Offers a command while an island is mounted; call the answer to take it away. */
export function offer(command: Command): () => void {
  added.add(command);
  return () => added.delete(command);
}

/** Commands of this page: what islands offer, then its marked controls that can be used now. */
export function commandsHere(): Command[] {
  const marked = [...document.querySelectorAll<HTMLElement>("[data-command]:not(:disabled, [aria-disabled=true])")];
  return [...added, ...marked.filter((one) => one.closest("[hidden]") === null).map(ofControl)];
}

function ofControl(control: HTMLElement): Command {
  const drawn = control.querySelector("use")?.getAttribute("href")?.replace("#i-", "");
  const command: Command = { title: control.dataset.command ?? "", group: "Do", icon: drawn ?? "arrow-right", run: () => control.click() };
  if (control instanceof HTMLAnchorElement && !control.hasAttribute("hx-get")) command.url = control.href;
  return command;
}

/** Those whose title has a word that begins so, for each word that was typed; best first. */
export function matching(commands: Command[], typed: string): Command[] {
  const words = wordsOf(typed);
  const scored = commands.map((command) => ({ command, score: score(fold(command.title), words) }));
  return scored.filter((one) => one.score >= 0).sort((a, b) => b.score - a.score).map((one) => one.command);
}

export function wordsOf(typed: string): string[] {
  return fold(typed).split(/\s+/).filter(Boolean);
}

/** Small letters without accents, so that `tomas` finds Tomás. */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function score(title: string, words: string[]): number {
  let total = 0;
  for (const word of words) {
    if (title.startsWith(word)) total += 2;
    else if (new RegExp(`[^\\p{L}\\p{N}]${escaped(word)}`, "u").test(` ${title}`)) total += 1;
    else return -1;
  }
  return total;
}

/** The title cut at what was typed: [text, is it typed]. */
export function marked(title: string, typed: string): [string, boolean][] {
  const words = wordsOf(typed).sort((a, b) => b.length - a.length);
  const folded = fold(title);
  if (!words.length || folded.length !== title.length) return [[title, false]];
  const parts = folded.split(new RegExp(`(${words.map(escaped).join("|")})`, "u"));
  let at = 0;
  const cut = parts.map((part, index): [string, boolean] => {
    const text = title.slice(at, at + part.length);
    at += part.length;
    return [text, index % 2 === 1];
  });
  return cut.filter(([text]) => text);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
