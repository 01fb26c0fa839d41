/** The list of files in the dialog: a row each, kept while it changes so that the focus stays. */
import { icon } from "../../icon";
import { button, element, fileIcon, iconButton, meter, name, setMeter } from "./elements";
import type { Item, State } from "./item";
import type { Queue } from "./queue";
import { percent, size, stateOf } from "./words";

interface Row {
  root: HTMLLIElement;
  bar: HTMLDivElement;
  words: HTMLParagraphElement;
  up: HTMLButtonElement;
  down: HTMLButtonElement;
  act: HTMLButtonElement;
  choose: HTMLButtonElement;
  shown: State | "";
}

const TONES: Partial<Record<State, string>> = { failed: "danger", stuck: "warn", left: "warn", here: "ok" };

export class Rows {
  readonly root = element("ol", "upload-rows");
  private rows = new Map<string, Row>();
  private isSortable = false;

  constructor(private readonly queue: Queue, private readonly choose: (item: Item) => void) {
    this.root.setAttribute("aria-label", "Files of the round");
  }

  /** As the queue is now. */
  draw(): void {
    const items = this.queue.items;
    for (const [key, row] of this.rows) {
      if (items.some((one) => one.key === key)) continue;
      row.root.remove();
      this.rows.delete(key);
    }
    items.forEach((item, index) => this.place(item, index, items.length));
  }

  /** By drag and drop too, where there is a mouse or a finger. Its library comes when the dialog first opens. */
  async sortable(): Promise<void> {
    if (this.isSortable) return;
    this.isSortable = true;
    const { default: Sortable } = await import("sortablejs");
    const keys = (): string[] => [...this.root.children].map((one) => (one as HTMLElement).dataset.key ?? "");
    Sortable.create(this.root, {
      handle: ".upload-grip", animation: 120, forceFallback: true, fallbackTolerance: 4, delayOnTouchOnly: true, delay: 150,
      dragClass: "upload-row-drag", ghostClass: "upload-row-ghost", onEnd: () => this.queue.order(keys()),
    });
  }

  private place(item: Item, index: number, count: number): void {
    const row = this.rows.get(item.key) ?? this.make(item);
    const there = this.root.children[index];
    if (there !== row.root && !this.root.querySelector(".upload-row-ghost")) this.root.insertBefore(row.root, there ?? null);
    row.up.disabled = index === 0;
    row.down.disabled = index === count - 1;
    row.root.classList.toggle("is-only", count === 1);
    this.update(row, item);
  }

  private update(row: Row, item: Item): void {
    const words = stateOf(item, this.queue.rate(item));
    if (row.words.textContent !== words) row.words.textContent = words;
    setMeter(row.bar, percent(item.sent, item.size));
    if (row.shown === item.state) return;
    row.shown = item.state;
    row.root.dataset.state = item.state;
    row.root.dataset.tone = TONES[item.state] ?? "";
    this.offer(row, item);
  }

  /** One control for where it stands: pause, go on, try again, choose the file. */
  private offer(row: Row, item: Item): void {
    const hadFocus = document.activeElement === row.act || document.activeElement === row.choose;
    const isRunning = item.state === "sending" || item.state === "waiting";
    const canGoOn = item.state === "paused" || item.state === "stuck" || (item.state === "failed" && item.mayRetry);
    row.choose.hidden = item.state !== "left";
    row.act.hidden = !isRunning && !canGoOn;
    const [sign, label] = offered(item.state);
    row.act.replaceChildren(sign);
    name(row.act, `${label}: ${item.name}`);
    if (hadFocus) (row.choose.hidden ? (row.act.hidden ? row.root : row.act) : row.choose).focus();
  }

  private make(item: Item): Row {
    const root = element("li", "upload-row");
    root.dataset.key = item.key;
    root.tabIndex = -1;
    const grip = element("span", "upload-grip");
    grip.append(icon("grip-vertical", "icon-sm"));
    const kind = element("span", "upload-kind");
    kind.append(fileIcon(item.name));
    const title = element("p", "upload-name");
    const label = element("b", "truncate", item.name);
    label.title = item.name;
    title.append(label, element("span", "muted", size(item.size)));
    const bar = meter(item.name);
    const words = element("p", "upload-words");
    const up = iconButton(icon("arrow-up", "icon-sm"), `Move up: ${item.name}`, () => this.move(item, -1));
    const down = iconButton(icon("arrow-down", "icon-sm"), `Move down: ${item.name}`, () => this.move(item, 1));
    const act = iconButton(icon("pause", "icon-sm"), "Pause", () => this.act(item));
    const choose = button("Choose the file", () => this.choose(item));
    choose.setAttribute("aria-label", `Choose the file again: ${item.name}`);
    const gone = iconButton(icon("x", "icon-sm"), `Take away: ${item.name}`, () => this.remove(item));
    const controls = element("div", "upload-controls");
    up.classList.add("upload-move");
    down.classList.add("upload-move");
    controls.append(up, down, choose, act, gone);
    root.append(grip, kind, title, controls, bar, words);
    const row: Row = { root, bar, words, up, down, act, choose, shown: "" };
    this.rows.set(item.key, row);
    return row;
  }

  private act(item: Item): void {
    if (item.state === "sending" || item.state === "waiting") this.queue.pause(item);
    else this.queue.goOn(item);
  }

  private move(item: Item, by: number): void {
    this.queue.move(item, by);
    this.draw(); // a row that moves in the page loses the focus
    const row = this.rows.get(item.key);
    const wanted = by < 0 ? row?.up : row?.down;
    (wanted?.disabled ? (by < 0 ? row?.down : row?.up) : wanted)?.focus();
  }

  private remove(item: Item): void {
    const index = this.queue.items.indexOf(item);
    this.queue.remove(item);
    const next = this.queue.items[Math.min(index, this.queue.items.length - 1)];
    if (next) this.rows.get(next.key)?.root.focus();
    else this.root.dispatchEvent(new CustomEvent("emptied", { bubbles: true }));
  }
}

function offered(state: State): [SVGSVGElement, string] {
  if (state === "sending" || state === "waiting") return [icon("pause", "icon-sm"), "Pause"];
  if (state === "paused") return [icon("play", "icon-sm"), "Go on"];
  return [icon("rotate-cw", "icon-sm"), state === "stuck" ? "Try now" : "Try again"];
}
