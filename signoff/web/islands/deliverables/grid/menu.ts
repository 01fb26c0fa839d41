/** A list to choose from: arrows, Enter, digits, typing to narrow it; what cannot be chosen says why. */
import { openLayer, type Layer } from "./layer";
import { esc } from "./words";
import { icon } from "./render";

export interface Option {
  value: string;
  /** What typing finds. */
  text: string;
  /** Markup of the option; `text` when there is none. */
  html?: string;
  /** One key that picks it. */
  key?: string;
  /** Why it cannot be picked. */
  refused?: string;
  checked?: boolean;
  /** A line above it. */
  apart?: boolean;
  /** A head above it. */
  head?: string;
}

export interface MenuSaid {
  title: string;
  options: () => Option[];
  anchor: () => Element | undefined;
  /** Answer true to keep the list open (several may be picked). */
  pick: (value: string) => boolean | void;
  /** Words in the field that narrows the list; no field without. */
  find?: string;
  className?: string;
  closed?: () => void;
}

let count = 0;

export function openMenu(root: HTMLElement, said: MenuSaid): Layer {
  return new Menu(root, said).layer;
}

class Menu {
  readonly layer: Layer;
  private readonly id = `menu-${++count}`;
  private readonly element = document.createElement("div");
  private readonly list = document.createElement("div");
  private readonly field = document.createElement("input");
  private shown: Option[] = [];
  private at = 0;

  constructor(root: HTMLElement, private readonly said: MenuSaid) {
    this.element.className = `menu-pop stage-menu ${said.className ?? ""}`;
    this.list.id = this.id;
    this.list.className = "menu-pop-list";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", said.title);
    this.element.innerHTML = `<p class="menu-pop-head">${esc(said.title)}</p>`;
    if (said.find) this.element.append(this.finder(said.find));
    this.element.append(this.list);
    this.list.tabIndex = -1;
    this.draw();
    const checked = this.shown.findIndex((option) => option.checked);
    this.at = Math.max(0, checked);
    this.layer = openLayer(root, this.element, { anchor: said.anchor, ...(said.closed ? { closed: said.closed } : {}) });
    this.draw();
    this.layer.place();
    this.element.addEventListener("keydown", (event) => this.onKey(event));
    this.list.addEventListener("click", (event) => this.onClick(event));
    this.list.addEventListener("pointermove", (event) => this.onMove(event));
    this.focused().focus({ preventScroll: true });
  }

  private finder(words: string): HTMLElement {
    const label = document.createElement("label");
    label.className = "input input-sm menu-find";
    label.innerHTML = `${icon("search", "icon-sm")}<span class="sr">${esc(words)}</span>`;
    Object.assign(this.field, { type: "text", placeholder: words, autocomplete: "off" });
    for (const [name, value] of [["role", "combobox"], ["aria-expanded", "true"], ["aria-controls", this.id], ["aria-autocomplete", "list"]] as const) this.field.setAttribute(name, value);
    this.field.addEventListener("input", () => {
      this.at = 0;
      this.draw();
      this.layer.place();
    });
    label.append(this.field);
    return label;
  }

  private focused(): HTMLElement {
    return this.said.find ? this.field : this.list;
  }

  private draw(): void {
    const words = this.field.value.toLowerCase().split(/\s+/).filter(Boolean);
    this.shown = this.said.options().filter((option) => words.every((word) => option.text.toLowerCase().includes(word)));
    this.at = Math.min(this.at, Math.max(0, this.shown.length - 1));
    this.list.innerHTML = this.shown.map((option, index) => this.optionHtml(option, index)).join("") || `<p class="menu-pop-head">Nothing of that name.</p>`;
    this.focused().setAttribute("aria-activedescendant", `${this.id}-${this.at}`);
    this.list.querySelector(`#${this.id}-${this.at}`)?.scrollIntoView({ block: "nearest" });
  }

  private optionHtml(option: Option, index: number): string {
    const above = (option.apart ? `<hr role="presentation" aria-hidden="true">` : "") + (option.head ? `<p class="menu-pop-head" role="presentation">${esc(option.head)}</p>` : "");
    const end = option.refused ? `<span class="push xs muted">${esc(option.refused)}</span>` : `<span class="push row">${option.checked ? icon("check", "icon-sm") : ""}${option.key ? `<kbd class="kbd">${esc(option.key.toUpperCase())}</kbd>` : ""}</span>`;
    const marks = `${option.checked ? ' data-checked' : ""}${option.refused ? ' aria-disabled="true"' : ""}`;
    return `${above}<div role="option" id="${this.id}-${index}" data-index="${index}" aria-selected="${index === this.at}"${marks}>${option.html ?? `<span class="truncate">${esc(option.text)}</span>`}${end}</div>`;
  }

  private onKey(event: KeyboardEvent): void {
    event.stopPropagation();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.at = (this.at + step + this.shown.length) % Math.max(1, this.shown.length);
      this.draw();
    } else if (event.key === "Enter" || (event.key === " " && !this.said.find)) this.pick(this.shown[this.at]);
    else if (event.key === "Escape" || event.key === "Tab") this.layer.close();
    else if (event.key === "Home" || event.key === "End") {
      this.at = event.key === "Home" ? 0 : this.shown.length - 1;
      this.draw();
    } else if (!this.said.find && event.key.length === 1 && !event.ctrlKey && !event.metaKey) this.pick(this.byKey(event.key));
    else return;
    event.preventDefault();
  }

  private byKey(key: string): Option | undefined {
    const wanted = key.toLowerCase();
    return this.shown.find((option) => option.key === wanted);
  }

  private onClick(event: Event): void {
    const found = (event.target as Element).closest<HTMLElement>("[data-index]");
    if (found) this.pick(this.shown[Number(found.dataset.index)]);
  }

  private onMove(event: Event): void {
    const found = (event.target as Element).closest<HTMLElement>("[data-index]");
    if (!found || Number(found.dataset.index) === this.at) return;
    this.list.querySelector('[aria-selected="true"]')?.setAttribute("aria-selected", "false");
    this.at = Number(found.dataset.index);
    found.setAttribute("aria-selected", "true");
    this.focused().setAttribute("aria-activedescendant", found.id);
  }

  private pick(option: Option | undefined): void {
    if (!option || option.refused) return;
    if (!this.said.pick(option.value)) return this.layer.close();
    this.draw();
  }
}
