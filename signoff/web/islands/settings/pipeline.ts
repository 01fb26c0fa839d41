/** The pipeline editor: stages are dragged, moved with Alt and arrows, added and taken out. The form holds everything;
 * without this island the same buttons send it and get it back changed. */
import Sortable from "sortablejs";

type Direction = -1 | 1;

export function mount(root: HTMLFormElement): void {
  const editor = new Editor(root);
  editor.start();
}

class Editor {
  private readonly list: HTMLElement;
  private readonly library: HTMLElement | null;
  private readonly before: string;
  private isSaving = false;

  constructor(private readonly root: HTMLFormElement) {
    this.list = root.querySelector<HTMLElement>("[data-stages]")!;
    this.library = root.querySelector<HTMLElement>("[data-library]");
    this.before = root.dataset.unsaved ? "" : this.said();
  }

  start(): void {
    this.makeSortable();
    this.root.addEventListener("click", (event) => this.click(event));
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.root.addEventListener("input", () => this.changed());
    this.root.addEventListener("submit", () => (this.isSaving = true));
    window.addEventListener("beforeunload", (event) => {
      if (!this.isSaving && this.isChanged()) event.preventDefault();
    });
    this.changed();
  }

  private makeSortable(): void {
    Sortable.create(this.list, {
      group: { name: "stages", put: true },
      handle: "[data-drag]",
      draggable: ".pipe-stage",
      animation: 160,
      ghostClass: "is-dragged",
      onUpdate: (event) => this.moved(event.item),
      onAdd: (event) => this.dropped(event.item),
    });
    if (!this.library) return;
    const group = { name: "stages", pull: "clone" as const, put: false };
    Sortable.create(this.library, { group, sort: false, draggable: "[data-add]", animation: 160, ghostClass: "pipe-drop" });
  }

  private click(event: MouseEvent): void {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[name]");
    const act = button?.name ?? "";
    if (!button || !["up", "down", "remove", "add"].includes(act)) return;
    event.preventDefault();
    if (act === "add") this.add(button.value, null);
    else if (act === "remove") this.remove(this.row(button.value));
    else this.move(this.row(button.value), act === "up" ? -1 : 1, button);
  }

  private key(event: KeyboardEvent): void {
    const row = (event.target as Element).closest<HTMLElement>(".pipe-stage");
    if (!row || !event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    this.move(row, event.key === "ArrowUp" ? -1 : 1, event.target as HTMLElement);
  }

  /** The focus stays on the control that moved the row, so that it can be pressed again. */
  private move(row: HTMLElement | null, by: Direction, focus: HTMLElement): void {
    const other = by < 0 ? row?.previousElementSibling : row?.nextElementSibling;
    if (!row || !other) return;
    if (by < 0) other.before(row);
    else other.after(row);
    focus.focus();
    this.moved(row);
  }

  private moved(row: HTMLElement): void {
    this.changed();
    const rows = this.rows();
    this.say(`${row.dataset.name} is now ${rows.indexOf(row) + 1} of ${rows.length}.`);
  }

  /** A library item fell into the list: its clone went back to the library, here the row takes its place. */
  private dropped(item: HTMLElement): void {
    const id = item.dataset.add ?? "";
    const next = item.nextElementSibling;
    item.remove();
    this.add(id, next);
  }

  private add(id: string, next: Element | null): void {
    const entry = this.entry(id);
    const row = entry?.querySelector("template")?.content.querySelector(".pipe-stage")?.cloneNode(true);
    if (!entry || !(row instanceof HTMLElement) || this.row(id)) return;
    this.list.insertBefore(row, next);
    entry.hidden = true;
    row.querySelector<HTMLInputElement>('input[type="radio"]:checked')?.focus();
    this.changed();
    this.say(`${row.dataset.name} is added.`);
  }

  /** The row waits in the library as it was, so that adding it again brings back what was set. */
  private remove(row: HTMLElement | null): void {
    if (!row) return;
    const near = (row.nextElementSibling ?? row.previousElementSibling) as HTMLElement | null;
    const entry = this.entry(row.dataset.stage ?? "");
    row.remove();
    if (entry) {
      const holder = entry.querySelector("template") ?? entry.appendChild(document.createElement("template"));
      holder.content.replaceChildren(row);
      entry.hidden = false;
    }
    near?.querySelector<HTMLButtonElement>('button[name="remove"]')?.focus();
    this.changed();
    this.say(`${row.dataset.name} is taken out.`);
  }

  private changed(): void {
    this.rows().forEach((row, index) => {
      const number = row.querySelector("[data-number]");
      if (number) number.textContent = String(index + 1);
    });
    show(this.root.querySelector("[data-none]"), this.rows().length === 0);
    show(this.root.querySelector("[data-changes]"), this.isChanged());
    const left = this.library?.querySelectorAll("[data-add]:not([hidden])").length ?? 0;
    show(this.root.querySelector("[data-library-empty]"), left === 0);
  }

  private isChanged(): boolean {
    return this.said() !== this.before;
  }

  /** The whole form as text, without what is not the person's. */
  private said(): string {
    const fields = [...new FormData(this.root)].filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "version");
    return JSON.stringify(fields);
  }

  private rows(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>(".pipe-stage")];
  }

  private row(id: string): HTMLElement | null {
    return this.rows().find((row) => row.dataset.stage === id) ?? null;
  }

  private entry(id: string): HTMLElement | null {
    const entries = [...(this.library?.querySelectorAll<HTMLElement>("[data-add]") ?? [])];
    return entries.find((entry) => entry.dataset.add === id) ?? null;
  }

  private say(words: string): void {
    const place = this.root.querySelector("[data-said]");
    if (place) place.textContent = words;
  }
}

function show(element: Element | null, isShown: boolean): void {
  if (element instanceof HTMLElement) element.hidden = !isShown;
}
