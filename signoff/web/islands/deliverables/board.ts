/** The board: cards go to another column by dragging or by their menu, where that is legal; the server draws them. */
import Sortable from "sortablejs";
import { ApiError, del, patch, post } from "../api";
import { toast } from "../toast";
import { HEARD } from "./grid/live";
import { openMenu, type Option } from "./grid/menu";
import { status } from "./grid/render";
import { STATUS } from "./grid/words";

interface Props {
  project: string;
}

const COLUMNS = ["not_started", "in_progress", "in_review", "changes_requested", "approved", "delivered"];
const DROP: Record<string, string> = {
  not_started: "Drop to set it back", in_progress: "Drop to take it up", in_review: "Drop to send to review",
  changes_requested: "Drop to request changes", approved: "Drop to approve", delivered: "Drop to mark as delivered",
};
const FOLDED = "signoff.board.folded";

export function mount(root: HTMLElement, props: Props): void {
  new Board(root, props.project).start();
}

class Board {
  private sortables: Sortable[] = [];
  private isDragging = false;
  private timer = 0;
  private turn = 0;

  constructor(private readonly root: HTMLElement, private readonly project: string) {}

  start(): void {
    this.prepare();
    this.root.addEventListener("click", (event) => this.onClick(event));
    this.root.addEventListener("keydown", (event) => this.onKey(event));
    for (const verb of HEARD) document.body.addEventListener(verb, (event) => this.hear((event as CustomEvent<{ project?: string | null } | null>).detail));
    this.root.addEventListener("htmx:afterSwap", () => this.prepare());
  }

  private prepare(): void {
    for (const one of this.sortables) one.destroy();
    this.sortables = [...this.root.querySelectorAll<HTMLElement>(".board-cards")].map((list) => this.sortable(list));
    const folded = keptFolds();
    for (const column of this.root.querySelectorAll<HTMLElement>(".board-col")) {
      const kept = folded[column.dataset.status ?? ""];
      if (kept !== undefined) fold(column, kept);
    }
  }

  private sortable(list: HTMLElement): Sortable {
    return Sortable.create(list, {
      group: { name: "board", put: (to, _from, card) => legal(card, to.el.dataset.column ?? "") !== "" },
      draggable: ".board-card",
      filter: "a, button",
      preventOnFilter: false,
      sort: false,
      animation: 120,
      forceFallback: true,
      fallbackOnBody: true,
      fallbackTolerance: 4,
      delayOnTouchOnly: true,
      delay: 180,
      dragClass: "board-card-drag",
      ghostClass: "board-card-ghost",
      onStart: ({ item }) => this.started(item),
      onEnd: ({ item, from, to, oldDraggableIndex }) => this.ended(item, from, to, oldDraggableIndex ?? 0),
    });
  }

  /** Columns that cannot take the card step back. */
  private started(card: HTMLElement): void {
    this.isDragging = true;
    for (const list of this.root.querySelectorAll<HTMLElement>(".board-cards")) {
      const column = list.dataset.column ?? "";
      const isOpen = legal(card, column) !== "";
      list.classList.toggle("can-drop", isOpen);
      list.classList.toggle("cannot-drop", !isOpen && !list.contains(card));
      if (isOpen) list.dataset.drop = DROP[column] ?? "";
    }
  }

  private ended(card: HTMLElement, from: HTMLElement, to: HTMLElement, oldIndex: number): void {
    this.isDragging = false;
    for (const list of this.root.querySelectorAll(".board-cards")) list.classList.remove("can-drop", "cannot-drop");
    if (from === to) return;
    const back = (): void => void from.insertBefore(card, from.children[oldIndex] ?? null);
    void this.move(card, to.dataset.column ?? "", back);
  }

  private async move(card: HTMLElement, column: string, back: () => void): Promise<void> {
    const name = card.dataset.name ?? "";
    card.classList.add("is-moving");
    try {
      const undo = await send(card, column);
      toast({ title: `${name}: ${STATUS[column]?.word ?? column}`, tone: "ok", undo: () => this.undo(undo) });
    } catch (error) {
      back();
      toast({ title: `${name} stays where it was`, text: error instanceof ApiError ? error.detail : "Try again.", tone: "error" });
    }
    card.classList.remove("is-moving");
    this.redrawSoon(0);
  }

  private async undo(run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
    } catch (error) {
      toast({ title: "That could not be undone", text: error instanceof ApiError ? error.detail : "", tone: "error" });
    }
    this.redrawSoon(0);
  }

  private onClick(event: Event): void {
    const target = event.target as Element;
    const button = target.closest<HTMLElement>(".board-move");
    if (button) this.openMoves(button.closest<HTMLElement>(".board-card")!, button);
    const head = target.closest<HTMLElement>(".board-fold");
    if (!head) return;
    const column = head.closest<HTMLElement>(".board-col")!;
    const isFolded = !column.classList.contains("board-col-folded");
    fold(column, isFolded);
    keepFold(column.dataset.status ?? "", isFolded);
  }

  /** The same moves for who does not drag: all columns, the closed ones with their reason. */
  private openMoves(card: HTMLElement, anchor: HTMLElement): void {
    const now = card.closest<HTMLElement>(".board-cards")?.dataset.column;
    const refused = JSON.parse(card.dataset.refused ?? "{}") as Record<string, string>;
    const options = (): Option[] =>
      COLUMNS.filter((column) => column !== now).map((column, index) => {
        const option: Option = { value: column, text: STATUS[column]!.word, html: status(column, false), key: String(index + 1) };
        if (!legal(card, column)) option.refused = refused[column] ?? "not from here";
        return option;
      });
    const stage = card.dataset.stageName ? `${card.dataset.stageName}, ` : "";
    openMenu(this.root, { title: `${stage}${card.dataset.name ?? ""}`, anchor: () => anchor, options, pick: (column) => this.moveByMenu(card, column) });
  }

  private moveByMenu(card: HTMLElement, column: string): void {
    const from = card.parentElement!;
    const next = card.nextElementSibling;
    const to = this.root.querySelector<HTMLElement>(`.board-cards[data-column="${column}"]`);
    to?.prepend(card);
    card.focus();
    void this.move(card, column, () => void from.insertBefore(card, next));
  }

  private onKey(event: KeyboardEvent): void {
    const card = event.target as HTMLElement;
    if (!card.matches(".board-card") || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = neighbour(card, event.key);
    if (target) target.focus();
    else if (event.key === "Enter") card.querySelector<HTMLElement>("h3 a")?.click();
    else if (event.key === " " || event.key === "m") this.openMoves(card, card.querySelector<HTMLElement>(".board-move")!);
    else return;
    event.preventDefault();
  }

  private hear(said: { project?: string | null } | null): void {
    if (!said?.project || said.project === this.project) this.redrawSoon(300);
  }

  private redrawSoon(wait: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.redraw(), wait);
  }

  /** The columns as they are now; nothing when the server does not answer. */
  private async read(): Promise<string> {
    try {
      const answer = await fetch(location.pathname + location.search, { headers: { "HX-Request": "true" }, cache: "no-store" });
      return answer.ok && !answer.redirected ? await answer.text() : "";
    } catch {
      return "";
    }
  }

  private async redraw(): Promise<void> {
    if (this.isDragging || this.root.querySelector(".menu-pop, .is-moving")) return this.redrawSoon(400);
    const board = this.root.querySelector<HTMLElement>("#board");
    if (!board) return;
    const focused = (document.activeElement as HTMLElement | null)?.closest<HTMLElement>(".board-card")?.dataset.id;
    const tops = new Map([...board.querySelectorAll<HTMLElement>(".board-cards")].map((list) => [list.dataset.column, list.scrollTop]));
    const left = board.scrollLeft;
    const turn = ++this.turn;
    const html = await this.read();
    if (turn !== this.turn) return; // a later one is on its way
    if (!html || this.isDragging) return this.redrawSoon(2_000);
    board.outerHTML = html;
    const now = this.root.querySelector<HTMLElement>("#board");
    if (!now) return;
    window.htmx.process(now);
    this.prepare();
    now.scrollLeft = left;
    for (const list of now.querySelectorAll<HTMLElement>(".board-cards")) list.scrollTop = tops.get(list.dataset.column) ?? 0;
    if (focused) now.querySelector<HTMLElement>(`[data-id="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
}

function legal(card: HTMLElement, column: string): string {
  return (JSON.parse(card.dataset.moves ?? "{}") as Record<string, string>)[column] ?? "";
}

/** Asks the API for the move; answers what takes it back. */
async function send(card: HTMLElement, column: string): Promise<() => Promise<unknown>> {
  const { id = "", stage = "" } = card.dataset;
  const version = Number(card.dataset.stageVersion);
  switch (legal(card, column)) {
    case "approval":
      await post(`/stages/${stage}/approval`, { version });
      return () => del(`/stages/${stage}/approval`);
    case "delivery":
      await post(`/deliverables/${id}/delivered`);
      return () => del(`/deliverables/${id}/delivered`);
    case "return":
      await del(`/deliverables/${id}/delivered`);
      return () => post(`/deliverables/${id}/delivered`);
    default: {
      const { act } = await patch<{ act: string | null }>(`/stages/${stage}`, { status: column, version });
      return () => (act ? post("/undo", { act }) : Promise.resolve());
    }
  }
}

function neighbour(card: HTMLElement, key: string): HTMLElement | undefined {
  const column = card.closest(".board-col")!;
  if (key === "ArrowDown") return (card.nextElementSibling as HTMLElement | null) ?? undefined;
  if (key === "ArrowUp") return (card.previousElementSibling as HTMLElement | null) ?? undefined;
  const way = { ArrowRight: "nextElementSibling", ArrowLeft: "previousElementSibling" }[key] as "nextElementSibling" | undefined;
  if (!way) return undefined;
  for (let next = column[way]; next; next = next[way]) {
    const found = next.querySelector<HTMLElement>(".board-card");
    if (found && !next.classList.contains("board-col-folded")) return found;
  }
  return undefined;
}

function fold(column: HTMLElement, isFolded: boolean): void {
  column.classList.toggle("board-col-folded", isFolded);
  column.querySelector(".board-fold")?.setAttribute("aria-expanded", String(!isFolded));
}

function keptFolds(): Record<string, boolean> {
  try {
    return JSON.parse(localStorage.getItem(FOLDED) ?? "{}") as Record<string, boolean>;
  } catch {
    return {};
  }
}

function keepFold(key: string, isFolded: boolean): void {
  try {
    localStorage.setItem(FOLDED, JSON.stringify({ ...keptFolds(), [key]: isFolded }));
  } catch {
    // Without a store it is folded until the page is left.
  }
}
