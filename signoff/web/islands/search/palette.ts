/** The command palette (Ctrl/Cmd K): go to, create, and act on what is open. `>` keeps to commands. */
import { ApiError, get, thumbnailUrl } from "../api";
import { type Command, commandsHere, marked, matching } from "../commands";
import { icon } from "../icon";
import { showShortcuts } from "../keys";
import { modKey } from "../toast";
import { switchTheme } from "../preferences";

export interface Props {
  commands: Command[];
  /** [word, symbol] of each status. */
  statuses: Record<string, [string, string]>;
}

interface Found {
  kind: "project" | "deliverable";
  id: string;
  title: string;
  subtitle: string;
  url: string;
  status: string;
  cover: string | null;
}

interface Choice {
  group: string;
  element: HTMLElement;
  url?: string;
  run?: () => unknown;
}

const WAIT = 120;
const MOST_COMMANDS = 7;

export function mount(root: HTMLElement, props: Props): void {
  const palette = new Palette(props);
  root.append(palette.dialog);
  document.body.addEventListener("palette.open", () => palette.open());
  if (document.body.dataset.palette === "wanted") palette.open();
}

export class Palette {
  readonly dialog = document.createElement("dialog");
  private readonly input = document.createElement("input");
  private readonly list = make("div", "palette-list");
  private choices: Choice[] = [];
  private chosen = 0;
  private timer = 0;
  private asking: AbortController | null = null;

  constructor(private readonly props: Props) {
    this.dialog.className = "palette";
    this.dialog.setAttribute("aria-label", "Command palette");
    this.list.id = "palette-list";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "What was found");
    this.dialog.append(this.head(), this.list, foot());
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
    this.dialog.addEventListener("close", () => this.stopAsking());
  }

  open(): void {
    delete document.body.dataset.palette;
    if (this.dialog.open) return;
    this.input.value = "";
    this.dialog.showModal();
    this.typed();
    this.input.focus();
  }

  private head(): HTMLElement {
    const head = make("div", "palette-find");
    const attributes = {
      id: "palette-input", type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "palette-list",
      "aria-autocomplete": "list", "aria-label": "Search or command", autocomplete: "off", spellcheck: "false",
      placeholder: "Search, or type > for commands only",
    };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    const escape = make("kbd", "kbd", "Esc");
    head.append(icon("search"), this.input, escape);
    return head;
  }

  private typed(): void {
    this.stopAsking();
    const text = this.input.value.trim();
    const onlyCommands = text.startsWith(">");
    const words = text.replace(/^>\s*/, "");
    const commands = this.commandChoices(words);
    this.show(commands, words);
    if (!onlyCommands && words.length > 1) this.timer = window.setTimeout(() => void this.ask(words, commands), WAIT);
  }

  private commandChoices(words: string): Choice[] {
    const all = [...commandsHere(), ...this.props.commands, ...OWN];
    const found = matching(all, words);
    const shown = words ? found.slice(0, MOST_COMMANDS) : found;
    return shown.map((command) => this.ofCommand(command, words));
  }

  private async ask(words: string, commands: Choice[]): Promise<void> {
    const asking = (this.asking = new AbortController());
    try {
      const { results } = await get<{ results: Found[] }>("/search", { q: words }, asking.signal);
      if (asking.signal.aborted) return;
      this.show([...commands.filter((one) => one.group === "Do"), ...results.map((one) => this.ofFound(one, words)), ...commands.filter((one) => one.group !== "Do")], words);
    } catch (error) {
      if (error instanceof ApiError) this.list.append(make("p", "menu-pop-head", `The search does not answer: ${error.detail}`));
    }
  }

  private stopAsking(): void {
    window.clearTimeout(this.timer);
    this.asking?.abort();
  }

  private show(choices: Choice[], words: string): void {
    this.choices = inGroups(choices);
    this.list.replaceChildren();
    let group = "";
    this.choices.forEach((choice, index) => {
      if (choice.group !== group) this.list.append(make("p", "menu-pop-head", (group = choice.group)));
      choice.element.id = `palette-${index}`;
      choice.element.onclick = (event) => this.act(index, event.ctrlKey || event.metaKey);
      choice.element.onpointermove = () => this.choose(index);
      this.list.append(choice.element);
    });
    if (!choices.length) this.list.append(make("p", "palette-none", words ? `Nothing is called “${words}”.` : "Nothing here."));
    this.choose(0);
  }

  private choose(index: number): void {
    this.chosen = Math.max(0, Math.min(index, this.choices.length - 1));
    this.choices.forEach(({ element }, at) => element.setAttribute("aria-selected", String(at === this.chosen)));
    const element = this.choices[this.chosen]?.element;
    this.input.setAttribute("aria-activedescendant", element?.id ?? "");
    element?.scrollIntoView({ block: "nearest" });
  }

  private key(event: KeyboardEvent): void {
    const count = this.choices.length;
    const moves: Record<string, number> = {
      ArrowDown: (this.chosen + 1) % Math.max(count, 1),
      ArrowUp: (this.chosen - 1 + count) % Math.max(count, 1),
      PageDown: this.chosen + 8,
      PageUp: this.chosen - 8,
    };
    if (event.key in moves) {
      event.preventDefault();
      this.choose(moves[event.key] ?? 0);
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      this.act(this.chosen, event.ctrlKey || event.metaKey);
    }
  }

  private act(index: number, inNewTab: boolean): void {
    const choice = this.choices[index];
    if (!choice) return;
    this.dialog.close();
    if (!choice.url) void choice.run?.();
    else if (inNewTab) window.open(choice.url, "_blank", "noopener");
    else window.location.assign(choice.url);
  }

  private ofCommand(command: Command, words: string): Choice {
    const element = option(icon(command.icon), command.title, words);
    if (command.hint) element.append(make("span", "muted xs push", command.hint));
    const choice: Choice = { group: command.group, element };
    if (command.url) choice.url = command.url;
    if (command.run) choice.run = command.run;
    return choice;
  }

  private ofFound(found: Found, words: string): Choice {
    const [word, glyph] = this.props.statuses[found.status] ?? ["", ""];
    const element = option(signOf(found), found.title, words);
    if (word) {
      const status = make("span", "status");
      status.dataset.status = found.status;
      const sign = icon(glyph, "icon-glyph");
      status.append(sign, make("span", "", word));
      element.append(status);
    }
    element.append(make("span", "push xs muted truncate", found.subtitle));
    return { group: "Go to", element, url: found.url };
  }
}

const OWN: Command[] = [
  { title: "Switch between light and dark", group: "Do", icon: "moon", run: switchTheme },
  { title: "Show the shortcuts of this page", group: "Do", icon: "circle-help", hint: "?", run: showShortcuts },
];

/** The groups in the order in which they first come, each in one piece. */
function inGroups(choices: Choice[]): Choice[] {
  const names = [...new Set(choices.map((choice) => choice.group))];
  return names.flatMap((name) => choices.filter((choice) => choice.group === name));
}

function signOf(found: Found): Element {
  if (!found.cover) return icon(found.kind === "project" ? "folder-kanban" : "file-image");
  const picture = document.createElement("img");
  Object.assign(picture, { className: "thumb", src: thumbnailUrl(found.cover), alt: "", width: 30, height: 20, decoding: "async" });
  return picture;
}

function option(sign: Element, title: string, words: string): HTMLElement {
  const element = make("div", "");
  element.setAttribute("role", "option");
  const text = make("span", "truncate");
  for (const [part, isTyped] of marked(title, words)) text.append(isTyped ? make("b", "", part) : part);
  element.append(sign, text);
  return element;
}

function foot(): HTMLElement {
  const line = make("footer", "palette-foot xs muted");
  const keys: [string, string][] = [["↑ ↓", "Choose"], ["↵", "Do"], [`${modKey()} ↵`, "In a new tab"], [">", "only commands"]];
  keys.forEach(([key, words], index) => {
    const part = make("span", index === keys.length - 1 ? "push row" : "row");
    part.append(...key.split(" ").map((one) => make("kbd", "kbd", one)), words);
    line.append(part);
  });
  return line;
}

function make(tag: string, className: string, text = ""): HTMLElement {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}
