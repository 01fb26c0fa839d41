/** The views over the grid: four that are always there, and those that people saved. */
import { ApiError, del, get, post } from "../../api";
import { toast } from "../../toast";
import { openLayer } from "./layer";
import { icon } from "./render";
import type { State } from "./state";
import { filterOf, filterRows, readView, writeView, type View } from "./view";
import { esc } from "./words";

interface Saved {
  id: string;
  name: string;
  query: string;
  is_shared?: boolean;
  is_mine?: boolean;
}

interface Tab {
  key: string;
  name: string;
  query: string;
  saved?: Saved;
}

const ALWAYS: Tab[] = [
  { key: "all", name: "All deliverables", query: "" },
  { key: "waiting", name: "Waiting for client", query: "waiting=1" },
  { key: "late", name: "Late", query: "late=1" },
  { key: "over", name: "Over allowance", query: "over=1" },
];

export class Tabs {
  private saved: Saved[] = [];
  private shown = "";

  constructor(private readonly root: HTMLElement, private readonly place: HTMLElement, private readonly state: State, private readonly changed: () => void) {
    place.addEventListener("click", (event) => this.onClick(event));
    place.addEventListener("keydown", (event) => this.onKey(event));
  }

  async load(): Promise<void> {
    try {
      const answer = await get<Saved[] | { views?: Saved[]; items?: Saved[] }>("/views", { page: "grid", project: this.state.props.project });
      this.saved = Array.isArray(answer) ? answer : (answer.views ?? answer.items ?? []);
    } catch {
      this.saved = [];
    }
    this.draw();
  }

  draw(): void {
    const { state } = this;
    const tabs = this.tabs();
    const now = tabs.find((tab) => this.isShown(tab));
    const html = tabs.map((tab) => this.tabHtml(tab, tab === (now ?? tabs[0]), tab === now)).join("");
    const others = `${now?.saved?.is_mine ? removeButton(now.name) : ""}${state.props.may.save && !now ? saveButton(true) : state.props.may.save ? saveButton(false) : ""}`;
    const whole = `<div class="view-tabs" role="tablist" aria-label="Saved views">${html}</div>${others}`;
    if (whole === this.shown) return;
    const focused = (document.activeElement as HTMLElement | null)?.dataset.view;
    this.shown = whole;
    const scrolled = this.place.firstElementChild?.scrollLeft ?? 0;
    this.place.innerHTML = whole;
    this.comeIntoView(scrolled);
    if (focused !== undefined) this.place.querySelector<HTMLElement>(`[data-view="${CSS.escape(focused)}"]`)?.focus();
  }

  /** Many views scroll: the row stays where it was, unless the one that is shown would be out of sight. */
  private comeIntoView(scrolled: number): void {
    const list = this.place.firstElementChild!;
    list.scrollLeft = scrolled;
    const now = list.querySelector<HTMLElement>("[aria-selected=true]");
    if (!now) return;
    const end = now.offsetLeft + now.offsetWidth - (list as HTMLElement).offsetLeft;
    if (end > scrolled + list.clientWidth || end - now.offsetWidth < scrolled) list.scrollLeft = end - list.clientWidth / 2;
  }

  private tabs(): Tab[] {
    return [...ALWAYS, ...this.saved.map((saved) => ({ key: saved.id, name: saved.name, query: saved.query, saved }))];
  }

  private isShown(tab: Tab): boolean {
    const wanted = readView(tab.query);
    const now = this.state.view;
    if (!tab.saved) return filterOf(wanted) === filterOf(now);
    return writeView({ ...wanted, columns: [] }) === writeView({ ...now, columns: [] });
  }

  private tabHtml(tab: Tab, isFirst: boolean, isNow: boolean): string {
    const { state } = this;
    const count = tab.key === "all" ? state.sheet.rows.length : filterRows(state.sheet, readView(tab.query), state.today).length;
    const shared = tab.saved?.is_shared ? `${icon("users", "icon-xs")}<span class="sr">shared</span>` : "";
    return `<button role="tab" type="button" data-view="${esc(tab.key)}" aria-selected="${isNow}" tabindex="${isFirst ? 0 : -1}">${esc(tab.name)}${shared}<span class="badge-count">${count}</span></button>`;
  }

  private onClick(event: Event): void {
    const target = event.target as Element;
    const key = target.closest<HTMLElement>("[data-view]")?.dataset.view;
    const tab = key === undefined ? undefined : this.tabs().find((one) => one.key === key);
    if (tab) this.take(tab);
    else if (target.closest("[data-save]")) this.ask(target.closest<HTMLElement>("[data-save]")!);
    else if (target.closest("[data-remove]")) void this.remove();
  }

  private take(tab: Tab): void {
    const { view } = this.state;
    const wanted = readView(tab.query);
    const kept: Partial<View> = tab.saved ? { columns: wanted.columns.length ? wanted.columns : view.columns } : { sort: view.sort, down: view.down, group: view.group, columns: view.columns };
    this.state.view = { ...wanted, ...kept };
    this.changed();
  }

  private onKey(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const now = (event.target as Element).closest<HTMLElement>("[role=tab]");
    if (!step || !now) return;
    const all = [...this.place.querySelectorAll<HTMLElement>("[role=tab]")];
    const next = all[(all.indexOf(now) + step + all.length) % all.length];
    event.preventDefault();
    next?.focus();
    next?.click();
  }

  private ask(button: HTMLElement): void {
    const form = document.createElement("form");
    form.className = "menu-pop view-form";
    const share = this.state.props.may.share ? `<label class="row sm"><input class="checkbox" type="checkbox" name="shared">Everyone in the studio sees it</label>` : "";
    form.innerHTML = `<label class="field"><span class="field-label">Name of this view</span><input class="input input-sm" name="name" maxlength="80" required placeholder="Retouch this week"></label>${share}<button class="btn btn-sm btn-primary" type="submit">Save view</button>`;
    const layer = openLayer(this.root, form, { anchor: () => (button.isConnected ? button : this.place) });
    form.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape") layer.close();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const said = new FormData(form);
      layer.close();
      void this.save(String(said.get("name")).trim(), said.get("shared") === "on");
    });
    form.querySelector("input")?.focus();
  }

  private async save(name: string, isShared: boolean): Promise<void> {
    const query = writeView(this.state.view);
    try {
      const made = await post<Saved>("/views", { name, page: "grid", query, project: this.state.props.project, is_shared: isShared });
      this.saved = [...this.saved, { ...made, is_mine: true }];
      toast({ title: `View “${name}” saved`, tone: "ok" });
    } catch (error) {
      toast({ title: "The view is not saved", text: error instanceof ApiError ? error.detail : "", tone: "error" });
    }
    this.draw();
  }

  private async remove(): Promise<void> {
    const tab = this.tabs().find((one) => one.saved && this.isShown(one));
    if (!tab?.saved) return;
    try {
      await del(`/views/${tab.saved.id}`);
      this.saved = this.saved.filter((one) => one !== tab.saved);
      const { name, query, is_shared } = tab.saved;
      toast({ title: `View “${name}” removed`, undo: () => this.saveAgain(name, query, is_shared ?? false) });
    } catch (error) {
      toast({ title: "The view is still there", text: error instanceof ApiError ? error.detail : "", tone: "error" });
    }
    this.draw();
  }

  private async saveAgain(name: string, query: string, isShared: boolean): Promise<void> {
    this.state.view = readView(query);
    this.changed();
    await this.save(name, isShared);
  }
}

function saveButton(isWanted: boolean): string {
  return `<button class="btn btn-sm btn-ghost${isWanted ? "" : " btn-icon"}" type="button" data-save aria-label="Save this view" title="Save this view">${icon("plus", "icon-sm")}${isWanted ? "Save view" : ""}</button>`;
}

function removeButton(name: string): string {
  return `<button class="btn btn-sm btn-icon btn-ghost" type="button" data-remove aria-label="Remove the view ${esc(name)}" title="Remove this view">${icon("x", "icon-sm")}</button>`;
}
