/** The list of what was said about the round, with the composer below it. A thousand threads change one at a time. */
import { icon } from "../../icon";
import { Card } from "./comments_card";
import { isOpen, passes, threadsOf, type Filter, type Order, type Thread } from "./comments_words";
import { Composer } from "./composer";
import { signButton, make, relabel } from "./dom";
import type { RoomStore } from "./store";
import type { Comment, Surface } from "./types";

const BUDGET = 8; // ms of a frame for cards that nobody sees yet
const FIRST = 40;
const FRESH = 1_200; // ms that a change of somebody else stands out
const FILTERS: [Filter, string, isForClients: boolean][] = [["all", "All", true], ["open", "Open", true], ["client", "Client", false], ["mine", "Mine", true]];

export function mountComments(root: HTMLElement, store: RoomStore, surfaceOf: () => Surface | null): CommentList {
  return new CommentList(root, store, surfaceOf);
}

export class CommentList {
  readonly composer: Composer | null;
  private readonly list = make("div", "comment-list", { role: "feed", "aria-label": "Comments", tabindex: "-1" });
  private readonly nothing = make("p", "comment-nothing muted sm");
  private readonly buttons = new Map<Filter, HTMLButtonElement>();
  private readonly openCount = make("span", "muted");
  private readonly cards = new Map<string, Card>();
  private threads: Thread[] = [];
  private filter: Filter = "all";
  private order: Order = "place";
  private frame = 0;
  private isBuilt = false;

  constructor(root: HTMLElement, private readonly store: RoomStore, private readonly surfaceOf: () => Surface | null) {
    this.composer = store.mayWrite ? new Composer(store, surfaceOf) : null;
    root.replaceChildren(this.bar(), this.list, this.nothing, ...(this.composer ? [this.composer.root] : [reading(store)]));
    store.onChange((what) => {
      if (what === "comments" || what === "files") this.sync();
      else if (what === "selected") this.choose();
    });
    window.setInterval(() => this.tick(), 60_000);
    this.sync();
  }

  private bar(): HTMLElement {
    const filters = make("div", "segmented", { role: "group", "aria-label": "Which ones" });
    for (const [filter, word] of FILTERS.filter(([, , isForClients]) => isForClients || !this.store.props.is_client)) filters.append(this.filterButton(filter, word));
    const must = this.filterButton("must", "");
    must.append(icon("flag", "icon-xs"));
    must.title = "Must fix";
    must.setAttribute("aria-label", "Must fix");
    filters.append(must);
    const order = signButton(icon("arrow-up-down"), "Sorted by place; sort by time", () => this.sort(order), "btn btn-icon btn-ghost btn-sm push");
    return make("div", "room-filter", {}, filters, order);
  }

  private filterButton(filter: Filter, word: string): HTMLButtonElement {
    const made = make("button", "", { type: "button", "aria-pressed": String(filter === this.filter), "data-filter": filter }, word);
    if (filter === "open") made.append(" ", this.openCount);
    made.addEventListener("click", () => {
      this.filter = filter;
      for (const [name, button] of this.buttons) button.setAttribute("aria-pressed", String(name === filter));
      this.sift();
    });
    this.buttons.set(filter, made);
    return made;
  }

  private sort(button: HTMLElement): void {
    this.order = this.order === "place" ? "time" : "place";
    relabel(button, "arrow-up-down", this.order === "place" ? "Sorted by place; sort by time" : "Sorted by time; sort by place");
    this.sync();
  }

  private sync(): void {
    this.threads = threadsOf(this.store.comments, this.store.files, this.order);
    const there = new Set(this.threads.map((one) => one.head.id));
    for (const [id, card] of this.cards) {
      if (there.has(id)) continue;
      card.root.remove();
      this.cards.delete(id);
    }
    const count = this.threads.filter((one) => isOpen(one.head)).length;
    this.openCount.textContent = count ? String(count) : "";
    this.build();
  }

  /** What is there is updated, the first ones are made at once, the others as there is time. */
  private build(): void {
    cancelAnimationFrame(this.frame);
    const until = performance.now() + BUDGET;
    let missing = 0;
    let made = 0;
    let cursor: Node | null = this.list.firstChild;
    for (const thread of this.threads) {
      const known = this.cards.get(thread.head.id);
      const isTime = made < FIRST && (!this.isBuilt || performance.now() < until);
      if (!known && !isTime && thread.head.id !== this.chosen) {
        missing += 1;
        continue;
      }
      const card = known ?? this.make(thread);
      if (!known) made += 1;
      if (card.show(thread, thread.head.id === this.chosen) && known) glow(card.root);
      card.root.hidden = !this.isShown(thread);
      if (card.root === cursor) cursor = cursor.nextSibling;
      else this.list.insertBefore(card.root, cursor);
    }
    this.isBuilt = true;
    if (missing) this.frame = requestAnimationFrame(() => this.build());
    this.sayNothing();
  }

  private make(thread: Thread): Card {
    const write = (): void => this.composer?.focus();
    const made = new Card({ store: this.store, open: (comment) => this.open(comment), write }, thread);
    this.cards.set(thread.head.id, made);
    return made;
  }

  /** The thread that is chosen, also by one of its answers. */
  private get chosen(): string | null {
    const id = this.store.selected;
    return this.store.comments.find((one) => one.id === id)?.parent ?? id;
  }

  private choose(): void {
    const id = this.chosen;
    if (id && !this.cards.has(id)) this.build();
    for (const [key, card] of this.cards) card.show(card.thread, key === id);
    const card = id ? this.cards.get(id) : undefined;
    if (!card) return;
    card.root.hidden = false; // who came by a link sees it, whatever the filter
    card.root.scrollIntoView({ block: "nearest" });
  }

  /** Chosen once more: there again. */
  private open(comment: Comment): void {
    if (this.store.selected !== comment.id) return this.store.select(comment.id);
    const surface = this.surfaceOf();
    if (surface && comment.file === surface.place().file) void surface.go(comment);
    else if (comment.file) {
      this.store.select(null);
      this.store.select(comment.id);
    }
  }

  private sift(): void {
    for (const card of this.cards.values()) card.root.hidden = !this.isShown(card.thread);
    this.sayNothing();
  }

  private isShown({ head, answers }: Thread): boolean {
    return passes(this.filter, head, answers, this.store.props.me.id);
  }

  private sayNothing(): void {
    const isNone = !this.threads.some((thread) => this.isShown(thread));
    this.nothing.hidden = !isNone;
    this.list.hidden = isNone;
    const first = this.composer ? "Nothing was said yet. Draw on the work, or write below." : "Nothing was said about this round.";
    this.nothing.textContent = this.threads.length ? "No comment is like that." : first;
  }

  private tick(): void {
    const now = new Date();
    for (const card of this.cards.values()) card.tick(now);
  }
}

function glow(card: HTMLElement): void {
  card.classList.add("is-fresh");
  window.setTimeout(() => card.classList.remove("is-fresh"), FRESH);
}

function reading(store: RoomStore): HTMLElement {
  const words = store.props.round.is_latest ? "You can read here." : "What is said now belongs to the newest round.";
  return make("p", "composer composer-closed muted xs", {}, words);
}
