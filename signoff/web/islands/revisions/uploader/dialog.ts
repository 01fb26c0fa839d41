/** The dialog of a new round: the server's form around the list of files. It may close while files go. */
import { ApiError } from "../../api";
import { icon } from "../../icon";
import { toast } from "../../toast";
import { fill, read, type Draft } from "./draft";
import { button, element, meter, setMeter } from "./elements";
import { isActive, isRefused, type Queue } from "./queue";
import type { Rows } from "./rows";
import { arrived, left, percent, size } from "./words";

export interface Acts {
  take: (files: File[]) => void;
  make: () => void;
  typed: () => void;
  redraw: () => void;
  closed: () => void;
}

export class RoundDialog {
  readonly root = element("dialog", "dialog round-dialog");
  private form: HTMLFormElement | null = null;
  private readonly total = element("div", "upload-total");
  private readonly totalBar = meter("All files");
  private readonly totalWords = element("p", "upload-words");
  private readonly everything = button("Pause all", () => this.switchAll());
  private opening: Promise<boolean> | null = null;

  constructor(private readonly address: string, private readonly queue: Queue, private readonly rows: Rows, private readonly draft: Draft, private readonly acts: Acts) {
    this.root.setAttribute("aria-labelledby", "round-title");
    this.total.append(this.totalBar, this.totalWords, this.everything);
    this.root.addEventListener("click", (event) => this.onClick(event));
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.acts.make();
    });
    this.root.addEventListener("input", () => this.onInput());
    this.root.addEventListener("change", (event) => this.onChange(event));
    this.root.addEventListener("emptied", () => this.part("[data-choose]")?.focus());
    this.root.addEventListener("close", () => this.acts.closed());
  }

  get isOpen(): boolean {
    return this.root.open;
  }

  /** The number that the next round would have; 0 before the form was ever here. */
  get number(): number {
    return Number(this.form?.dataset.number ?? 0);
  }

  /** The round whose files may be replaced. */
  get before(): string {
    return this.form?.dataset.before ?? "";
  }

  get needsReason(): boolean {
    return this.draft.as === "new" && this.part("[name=reason]") !== null;
  }

  /** Asks for the form as it is now, and shows it. False when it is not to be had. */
  async open(): Promise<boolean> {
    this.opening ??= this.refresh().finally(() => (this.opening = null));
    if (!(await this.opening) && !this.form) return false;
    if (!this.root.open) this.root.showModal();
    this.part("[data-choose]")?.focus();
    this.acts.redraw();
    return true;
  }

  /** The form anew, with what was typed. */
  async refresh(): Promise<boolean> {
    const text = await this.ask();
    if (text === null) return false;
    this.root.innerHTML = text;
    this.form = this.root.querySelector("form");
    if (!this.form) return false;
    if (this.draft.as === "replace" && !this.before) this.draft.as = "new";
    fill(this.form, this.draft);
    this.part("[data-files]")?.append(this.rows.root, this.total);
    this.showOnly();
    return true;
  }

  close(): void {
    this.root.close();
  }

  draw(isWanted: boolean): void {
    if (!this.form || !this.isOpen) return;
    this.rows.draw();
    const { items, sum } = this.queue;
    const make = this.part<HTMLButtonElement>("[data-make]");
    const coming = items.filter((one) => !isRefused(one)).length;
    const all = sum.here === coming;
    const name = (this.draft.as === "replace" ? make?.dataset.replace : make?.dataset.new) ?? "";
    this.root.classList.toggle("has-files", items.length > 0);
    if (make) {
      make.disabled = !coming;
      make.textContent = isWanted && !all ? "Do not add it yet" : all ? name : `${name} when ${coming === 1 ? "it is" : "they are"} here`;
      make.classList.toggle("btn-primary", !isWanted);
    }
    const foot = isWanted && !all ? this.promise() : items.length ? arrived(sum.here, items.length) : "";
    this.say("[data-sum]", foot);
    this.drawTotal();
  }

  focusOnAdding(): void {
    this.part<HTMLElement>("[data-make]")?.focus();
  }

  /** Read out, not shown. */
  announce(text: string): void {
    this.say("[data-said]", text);
  }

  /** A message above the files; empty takes it away. */
  notice(text: string, tone: "warn" | "danger" | "info" = "danger", answers: HTMLElement[] = []): void {
    const place = this.part("[data-notice]");
    if (!place) return;
    place.replaceChildren();
    if (!text) return;
    const box = element("div", `notice notice-${tone} round-notice`);
    box.setAttribute("role", "alert");
    const said = element("div", "stack");
    said.append(element("p", "", text));
    if (answers.length) {
      const row = element("p", "row");
      row.append(...answers);
      said.append(row);
    }
    box.append(tone === "danger" ? icon("octagon-alert") : tone === "warn" ? icon("triangle-alert") : icon("info"), said);
    place.append(box);
    place.scrollIntoView({ block: "nearest" });
  }

  /** What is wrong with a field, at the field. False when the form does not have it. */
  wrong(name: string, text: string): boolean {
    const field = this.part<HTMLInputElement>(`[name=${name}]`);
    const place = this.part(`[data-error=${name}]`);
    if (!field || !place) return false;
    place.replaceChildren();
    field.toggleAttribute("aria-invalid", Boolean(text));
    if (!text) return true;
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", `round-${name}-note`);
    const words = element("span", "field-error");
    words.id = `round-${name}-note`;
    words.setAttribute("role", "alert");
    words.append(icon("octagon-alert", "icon-sm"), element("span", "", text));
    place.append(words);
    field.focus();
    return true;
  }

  private promise(): string {
    if (this.draft.as === "replace") return "The files are replaced as soon as the new ones are here";
    return `Round ${this.number} is made as soon as the files are here`;
  }

  private drawTotal(): void {
    const { sum, items, isRunning } = this.queue;
    this.total.hidden = items.length < 2;
    setMeter(this.totalBar, percent(sum.sent, sum.size));
    const speed = sum.rate > 0 ? `${size(sum.rate)}/s` : "";
    const parts = [`${size(sum.sent)} of ${size(sum.size)}`, speed, isRunning ? left(sum.size - sum.sent, sum.rate) : ""];
    this.totalWords.textContent = parts.filter(Boolean).join(" · ");
    const canGoOn = items.some((one) => one.state === "paused");
    this.everything.hidden = !isRunning && !canGoOn;
    this.everything.textContent = isRunning ? "Pause all" : "Go on with all";
  }

  private switchAll(): void {
    const { items, isRunning } = this.queue;
    for (const item of items) {
      if (isRunning && isActive(item)) this.queue.pause(item);
      else if (!isRunning && item.state === "paused") this.queue.goOn(item);
    }
  }

  private onClick(event: MouseEvent): void {
    const target = event.target as Element;
    if (target === this.root || target.closest("[data-close]")) this.close();
    else if (target.closest("[data-choose]")) this.part<HTMLInputElement>("[data-input]")?.click();
  }

  private onInput(): void {
    if (!this.form) return;
    read(this.form, this.draft);
    this.acts.typed();
    if (this.draft.reason.trim() && this.part("[data-error=reason]")?.childElementCount) this.wrong("reason", "");
  }

  private onChange(event: Event): void {
    const field = event.target as HTMLInputElement;
    if (field.matches("[data-input]")) {
      const files = [...(field.files ?? [])];
      field.value = "";
      if (files.length) this.acts.take(files);
    }
    this.showOnly();
    this.acts.redraw();
  }

  /** Replacing asks for less than a new round. */
  private showOnly(): void {
    for (const part of this.root.querySelectorAll<HTMLElement>("[data-only]")) part.hidden = part.dataset.only !== this.draft.as;
  }

  private async ask(): Promise<string | null> {
    try {
      const answer = await fetch(this.address, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
      const text = await answer.text();
      if (answer.ok && !answer.redirected) return text;
      throw new ApiError(answer.status, "refused", refusalIn(text));
    } catch (error) {
      const words = error instanceof ApiError ? error.detail : "The server does not answer. Files that are on their way go on by themselves.";
      toast({ title: "The dialog cannot be opened", text: words, tone: "error" });
      return null;
    }
  }

  private say(place: string, text: string): void {
    const part = this.part(place);
    if (part && part.textContent !== text) part.textContent = text;
  }

  private part<E extends HTMLElement = HTMLElement>(selector: string): E | null {
    return this.root.querySelector<E>(selector);
  }
}

function refusalIn(text: string): string {
  const page = new DOMParser().parseFromString(text, "text/html");
  return page.querySelector(".toast-item b")?.textContent ?? "Reload the page and try again.";
}
