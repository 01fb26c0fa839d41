/** Who is meant: the list that opens at an @ in a field. */
import { avatar } from "./comments_parts";
import { make } from "./dom";
import type { Person } from "./types";

const MOST = 6;

/** What was typed after the @ that one stands behind; null behind none. */
export function typedName(text: string, caret: number): string | null {
  const found = /(?:^|[\s(])@([^\s@][^@\n]{0,30}|)$/u.exec(text.slice(0, caret));
  return found ? (found[1] ?? "") : null;
}

/** Those whose name, or a part of it, begins like that. */
export function matching(people: Person[], typed: string): Person[] {
  const wanted = plain(typed);
  const begins = (name: string): boolean => plain(name).startsWith(wanted) || plain(name).split(" ").some((part) => part.startsWith(wanted));
  return people.filter((one) => one.id !== null && begins(one.name)).slice(0, MOST);
}

export class Mentions {
  readonly root = make("div", "menu-pop mention-list", { role: "listbox", id: "mentions", "aria-label": "People", hidden: "" });
  private found: Person[] = [];
  private at = 0;
  private left: string | null = null; // by Esc, until something else is typed

  constructor(private readonly field: HTMLTextAreaElement, private readonly people: () => Person[], private readonly chosen: () => void) {
    field.setAttribute("aria-controls", "mentions");
    field.addEventListener("input", () => this.look());
    field.addEventListener("click", () => this.look());
    field.addEventListener("blur", () => window.setTimeout(() => this.close(), 150));
    this.root.addEventListener("pointerdown", (event) => this.press(event));
  }

  /** True when the key was for the list. */
  key(event: KeyboardEvent): boolean {
    if (this.root.hidden) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.show((this.at + step + this.found.length) % this.found.length);
    else if (event.key === "Enter" || event.key === "Tab") this.take(this.found[this.at]);
    else if (event.key === "Escape") {
      this.left = typedName(this.field.value, this.field.selectionStart);
      this.close();
    } else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  private look(): void {
    const typed = typedName(this.field.value, this.field.selectionStart);
    if (typed !== this.left) this.left = null;
    this.found = typed === null || this.left !== null ? [] : matching(this.people(), typed);
    if (this.found.length) this.show(0);
    else this.close();
  }

  private show(at: number): void {
    this.at = at;
    this.root.replaceChildren(...this.found.map((person, index) => this.option(person, index)));
    this.root.hidden = false;
    this.field.setAttribute("aria-activedescendant", `mention-${at}`);
  }

  private option(person: Person, index: number): HTMLElement {
    return make("div", "", { role: "option", id: `mention-${index}`, "aria-selected": String(index === this.at), "data-at": String(index) }, avatar(person), person.name);
  }

  private press(event: Event): void {
    event.preventDefault(); // the field keeps the focus
    const at = (event.target as Element).closest<HTMLElement>("[data-at]")?.dataset.at;
    if (at) this.take(this.found[Number(at)]);
  }

  private take(person: Person | undefined): void {
    if (!person) return;
    const { value, selectionStart } = this.field;
    const from = value.slice(0, selectionStart).lastIndexOf("@");
    this.field.setRangeText(`@${person.name} `, from, selectionStart, "end");
    this.close();
    this.chosen();
  }

  private close(): void {
    this.root.hidden = true;
    this.field.removeAttribute("aria-activedescendant");
  }
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
