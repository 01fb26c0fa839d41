/** The bar over the grid: saved views, find, filter, group, sort, columns. */
import { openColumns } from "./chooser";
import { openMenu, type Option } from "./menu";
import { avatar, icon, status } from "./render";
import type { State } from "./state";
import { GROUPS, countFilters, emptyView } from "./view";
import { PRIORITIES, STAGE_STATUSES, STATUS, esc } from "./words";

type Pick = "late" | "over" | "waiting";

export class Bar {
  readonly element = document.createElement("section");
  readonly tabs = document.createElement("div");
  private readonly tools = document.createElement("div");
  readonly find = document.createElement("input");
  private timer = 0;

  constructor(private readonly root: HTMLElement, private readonly state: State, private readonly changed: () => void) {
    this.element.className = "filter-bar";
    this.element.setAttribute("aria-label", "Views and filters");
    const row = document.createElement("div");
    row.className = "row";
    this.tabs.className = "view-tabs";
    this.tools.className = "row push";
    row.append(this.tabs, this.tools);
    this.element.append(row);
    this.tools.append(this.finder());
    for (const [act, label] of [["filter", "Filter"], ["group", "Group"], ["sort", "Sort"], ["columns", "Columns"]] as const) this.tools.append(this.button(act, label));
    this.draw();
  }

  /** The buttons say what is so. */
  draw(): void {
    const { view } = this.state;
    const filters = countFilters(view);
    const sorted = [...this.state.columns, ...this.state.all].find((column) => column.key === view.sort);
    const group = GROUPS.find(([key]) => key === view.group)?.[1] ?? "None";
    const words: Record<string, string> = {
      filter: `${icon("list-filter", "icon-sm")}Filter${filters ? `<span class="badge-count">${filters}</span>` : ""}`,
      group: `${icon("rows-3", "icon-sm")}Group: ${group}`,
      sort: `${icon("arrow-up-down", "icon-sm")}Sort${sorted ? `: ${esc(sorted.title)}` : ""}`,
      columns: `${icon("columns-3", "icon-sm")}Columns`,
    };
    for (const button of this.tools.querySelectorAll<HTMLElement>("[data-tool]")) button.innerHTML = words[button.dataset.tool!]!;
    if (document.activeElement !== this.find) this.find.value = view.find;
  }

  private finder(): HTMLElement {
    const label = document.createElement("label");
    label.className = "input input-sm filter-find";
    label.innerHTML = `${icon("search", "icon-sm")}<span class="sr">Find in this project</span><kbd class="kbd">/</kbd>`;
    Object.assign(this.find, { type: "search", placeholder: "Find", autocomplete: "off" });
    this.find.addEventListener("input", () => {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => {
        this.state.view.find = this.find.value.trim();
        this.changed();
      }, 120);
    });
    label.insertBefore(this.find, label.lastElementChild);
    return label;
  }

  private button(act: string, label: string): HTMLButtonElement {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "btn btn-sm btn-ghost" });
    button.dataset.tool = act;
    button.setAttribute("aria-haspopup", act === "columns" ? "dialog" : "listbox");
    button.title = label;
    button.addEventListener("click", () => this.open(act, button));
    return button;
  }

  private open(act: string, button: HTMLElement): void {
    const { state } = this;
    const anchor = (): Element => button;
    if (act === "columns") return openColumns(this.root, state, anchor, () => this.changed());
    if (act === "filter") {
      openMenu(this.root, { title: "Show only", find: "Find a filter", className: "menu-wide", anchor, options: () => filterOptions(state), pick: (value) => this.filter(value) });
    } else if (act === "group") {
      const options = (): Option[] => GROUPS.map(([value, text], index) => ({ value, text, key: String(index + 1), checked: state.view.group === value }));
      openMenu(this.root, { title: "Group rows by", anchor, options, pick: (value) => this.set({ group: value }) });
    } else {
      openMenu(this.root, { title: "Sort by; again to turn it round", anchor, find: "Find a column", options: () => sortOptions(state), pick: (value) => this.sort(value) });
    }
  }

  private set(part: Partial<State["view"]>): void {
    Object.assign(this.state.view, part);
    this.changed();
  }

  sort(key: string): void {
    const { view } = this.state;
    if (!key) return this.set({ sort: "", down: false });
    this.set(view.sort !== key ? { sort: key, down: false } : view.down ? { sort: "", down: false } : { down: true });
  }

  private filter(value: string): boolean {
    const { view } = this.state;
    const [name = "", ...rest] = value.split("=");
    const one = rest.join("=");
    if (name === "none") Object.assign(view, { ...emptyView(), find: view.find, sort: view.sort, down: view.down, group: view.group, columns: view.columns });
    else if (name === "late" || name === "over" || name === "waiting") view[name as Pick] = !view[name as Pick];
    else {
      const list = view[name as "status" | "priority" | "kind" | "who" | "stage"];
      view[name as "status"] = list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
    }
    this.changed();
    return true;
  }
}

function filterOptions({ view, sheet }: State): Option[] {
  const option = (name: "status" | "priority" | "kind" | "who" | "stage", value: string, text: string, html?: string): Option => ({
    value: `${name}=${value}`, text, checked: view[name].includes(value), ...(html ? { html } : {}),
  });
  const flags: Option[] = [
    { value: "late", text: "Late", checked: view.late, html: `${icon("triangle-alert", "icon-sm")}<span>Late</span>` },
    { value: "over", text: "Over the round allowance", checked: view.over, html: `${icon("rotate-ccw", "icon-sm")}<span>Over the round allowance</span>` },
    { value: "waiting", text: "Waiting for client", checked: view.waiting, html: `${icon("hourglass", "icon-sm")}<span>Waiting for client</span>` },
  ];
  const statuses = Object.keys(STATUS).filter((key) => key !== "skipped").map((key) => option("status", key, STATUS[key]!.word, status(key, false)));
  const people = [...sheet.people.values()].map((one) => option("who", one.id, one.name, `${avatar(one)}<span class="truncate">${esc(one.name)}</span>`));
  const nobody = option("who", "none", "Nobody assigned", `${avatar(undefined)}<span>Nobody assigned</span>`);
  const kinds = [...new Set(sheet.rows.map((row) => row.kind))].filter(Boolean).sort().map((kind) => option("kind", kind, kind));
  const priorities = PRIORITIES.map(([key, word]) => option("priority", key, `${word} priority`));
  const stages = sheet.stages.flatMap((stage) =>
    STAGE_STATUSES.map((key) => option("stage", `${stage.id}:${key}`, `${stage.name} ${STATUS[key]!.word}`, `<span class="muted">${esc(stage.name)}</span>${status(key)}`)),
  );
  const sections: [string, Option[]][] = [["Status", statuses], ["People", [nobody, ...people]], ["Type", kinds], ["Priority", priorities], ["Stages", stages]];
  const clear: Option[] = countFilters(view) ? [{ value: "none", text: "Show all", html: `${icon("x", "icon-sm")}<span>Show all</span>` }] : [];
  return [...clear, ...flags, ...sections.flatMap(([head, options]) => options.map((one, index) => (index ? one : { ...one, head })))];
}

function sortOptions({ view, columns, all }: State): Option[] {
  const can = [...columns.slice(1), ...all.filter((column) => !columns.includes(column))];
  const arrow = icon(view.down ? "arrow-down" : "arrow-up", "icon-sm");
  const order: Option = { value: "", text: "The project’s order", checked: view.sort === "" };
  return [order, ...can.map((column) => ({
    value: column.key, text: column.title, checked: view.sort === column.key,
    ...(view.sort === column.key ? { html: `<span>${esc(column.title)}</span>${arrow}` } : {}),
  }))];
}
