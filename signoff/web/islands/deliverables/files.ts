/** A project's files: drawn by the server, taken over piece by piece when rounds come or work on a file goes on. */
import { remember } from "../preferences";

interface Props {
  project: string;
}

interface Said {
  project?: string | null;
}

/** What changes the list; `deliverable.*` and stages for names, and for what is approved. */
const HEARD = [
  "round.added", "round.changed", "round.replaced", "round.withdrawn", "round.released", "round.withheld",
  "file.rendered", "file.failed", "file.retried", "file.progress", "deliverable.changed", "deliverable.removed",
  "stage.changed", "stage.submitted", "stage.approved", "stage.approval_withdrawn", "change.undone", "resync",
];
const SOON = 250;
const FRESH = 1_300;
const AGAIN = 1_000; // between two looks, however much is going on

export function mount(root: HTMLElement, props: Props): void {
  new Files(root, props.project).start();
}

export class Files {
  private timer = 0;
  private last = 0;
  private turn = 0;
  private view = "";

  constructor(private readonly root: HTMLElement, private readonly project: string) {}

  start(): void {
    this.root.addEventListener("click", (event) => this.onClick(event));
    for (const verb of HEARD) document.body.addEventListener(verb, (event) => this.hear((event as CustomEvent<Said | null>).detail));
    this.root.addEventListener("htmx:afterSwap", () => this.keepView());
    this.root.dataset.ready = "";
  }

  private onClick(event: Event): void {
    const control = (event.target as Element).closest<HTMLElement>("[data-files-view]");
    if (!control) return;
    event.preventDefault();
    this.view = control.dataset.filesView ?? "gallery";
    this.keepView();
    remember("files", this.view);
  }

  /** The view that was chosen here; the server may have drawn before it heard of it. */
  private keepView(): void {
    if (!this.view) return;
    const files = this.root.querySelector<HTMLElement>("#files");
    if (files) files.dataset.view = this.view;
    for (const one of this.root.querySelectorAll<HTMLElement>("[data-files-view]")) one.setAttribute("aria-pressed", String(one.dataset.filesView === this.view));
  }

  private hear(said: Said | null): void {
    if (said?.project && said.project !== this.project) return;
    window.clearTimeout(this.timer);
    const wait = Math.max(SOON, this.last + AGAIN - Date.now());
    this.timer = window.setTimeout(() => void this.redraw(), wait);
  }

  async redraw(): Promise<void> {
    this.last = Date.now();
    const turn = ++this.turn;
    const html = await this.read();
    if (!html || turn !== this.turn) return;
    const drawn = new DOMParser().parseFromString(html, "text/html");
    takeOver(this.root, drawn);
    this.keepView();
  }

  /** As many groups as are shown; nothing when the server does not answer. */
  private async read(): Promise<string> {
    const address = new URL(location.href);
    address.searchParams.set("groups", String(this.root.querySelectorAll(".file-group").length));
    try {
      const answer = await fetch(address, { headers: { "HX-Request": "true" }, cache: "no-store" });
      return answer.ok && !answer.redirected ? await answer.text() : "";
    } catch {
      return "";
    }
  }
}

/** Puts what was drawn anew in the place of what is there, and leaves alone what is the same: pictures stay. */
export function takeOver(root: HTMLElement, drawn: Document): void {
  const [old, now] = [root.querySelector("#files-groups"), drawn.querySelector("#files-groups")];
  for (const id of old && now ? ["files-kinds", "files-foot"] : ["files-kinds", "files"]) replace(root, drawn, id);
  if (old && now) merge(old, now, patchGroup);
  window.htmx?.process(root);
}

function replace(root: HTMLElement, drawn: Document, id: string): void {
  const [old, now] = [root.querySelector(`#${id}`), drawn.querySelector(`#${id}`)];
  now?.removeAttribute("hx-swap-oob");
  if (old && now && !old.isEqualNode(now)) old.replaceWith(now);
}

type Patch = (before: HTMLElement, after: HTMLElement) => boolean;

/** The children of `now` in its order; one that was there stays where `patch` can make it the same. */
function merge(old: Element, now: Element, patch: Patch): void {
  const there = new Map([...old.children].map((child) => [child.id, child as HTMLElement]));
  const wanted = ([...now.children] as HTMLElement[]).map((after) => {
    const before = after.id ? there.get(after.id) : undefined;
    return before && (before.isEqualNode(after) || patch(before, after)) ? before : after;
  });
  const kept = new Set(wanted);
  for (const child of [...old.children] as HTMLElement[]) if (!kept.has(child)) child.remove();
  wanted.forEach((child, index) => {
    if (old.children[index] !== child) old.insertBefore(child, old.children[index] ?? null);
  });
}

function patchGroup(before: HTMLElement, after: HTMLElement): boolean {
  return patchParts(before, after, (old, now) => {
    if (!now.matches(".file-tiles")) return old.replaceWith(now);
    merge(old, now, patchTile);
  });
}

function patchTile(before: HTMLElement, after: HTMLElement): boolean {
  const isNews = before.dataset.state !== after.dataset.state;
  const isPatched = patchParts(before, after, (old, now) => old.replaceWith(now));
  if (isPatched && isNews) shine(before);
  return isPatched;
}

/** Part by part, if both have as many. */
function patchParts(before: HTMLElement, after: HTMLElement, patch: (old: Element, now: Element) => void): boolean {
  const [parts, others] = [[...before.children], [...after.children]];
  if (parts.length !== others.length) return false;
  for (const { name, value } of [...after.attributes]) before.setAttribute(name, value);
  parts.forEach((part, index) => {
    const other = others[index];
    if (other && !part.isEqualNode(other)) patch(part, other);
  });
  return true;
}

function shine(tile: HTMLElement): void {
  tile.classList.add("is-fresh");
  window.setTimeout(() => tile.classList.remove("is-fresh"), FRESH);
}
