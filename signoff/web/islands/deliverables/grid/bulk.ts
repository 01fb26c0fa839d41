/** What can be done with all picked rows at once: the bar at the bottom. */
import { ApiError, del } from "../../api";
import { toast } from "../../toast";
import type { Change } from "./changes";
import { heldOptions, peopleOptions, valueOptions } from "./choices";
import type { Column } from "./columns";
import { openField } from "./field";
import { openMenu, type Option } from "./menu";
import type { Value } from "./model";
import { icon, status } from "./render";
import type { State } from "./state";
import { PRIORITIES, STAGE_STATUSES, STATUS, plural } from "./words";

export interface BulkHost {
  root: HTMLElement;
  state: State;
  run: (changes: Change[]) => void;
  cleared: () => void;
  /** `acts` are what undoes it. */
  removed: (ids: string[], acts: string[]) => void;
}

const ACTS: [act: string, label: string, needs: "edit" | "work"][] = [
  ["status", "Status", "work"],
  ["assign", "Assign", "edit"],
  ["due", "Due date", "edit"],
  ["priority", "Priority", "edit"],
  ["held", "On hold", "edit"],
];

export class Bulk {
  readonly element = document.createElement("div");
  private count = -1;

  constructor(private readonly host: BulkHost) {
    this.element.className = "bulk-bar";
    this.element.setAttribute("role", "toolbar");
    this.element.setAttribute("aria-label", "With the selection");
    this.element.hidden = true;
    this.element.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("[data-bulk]");
      if (button) this.open(button.dataset.bulk!, button);
    });
  }

  draw(): void {
    const count = this.host.state.picked.size;
    if (count === this.count) return;
    this.count = count;
    this.element.hidden = count === 0;
    const { may } = this.host.state.props;
    const icons: Record<string, string> = { status: icon("circle-dot", "icon-sm"), assign: icon("user-plus", "icon-sm"), due: icon("calendar", "icon-sm"), priority: icon("flag", "icon-sm"), held: icon("circle-pause", "icon-sm") };
    const acts = ACTS.filter(([, , needs]) => may[needs]).map(([act, label]) => `<button type="button" data-bulk="${act}" aria-haspopup="listbox">${icons[act]}${label}</button>`);
    const more = may.edit ? `<button type="button" data-bulk="more" aria-label="More" title="More" aria-haspopup="listbox">${icon("ellipsis", "icon-sm")}</button>` : "";
    this.element.innerHTML = `<strong>${count} selected</strong><span class="sep"></span>${acts.join("")}${more}<span class="sep"></span><button type="button" data-bulk="clear">Clear <kbd class="kbd">Esc</kbd></button>`;
  }

  private open(act: string, button: HTMLElement): void {
    const { state, root } = this.host;
    const anchor = (): Element => button;
    const title = plural(state.picked.size, "deliverable");
    if (act === "clear") return this.host.cleared();
    if (act === "due") {
      openField(root, { label: `Due date of ${title}`, type: "date", value: "", anchor, keep: (value) => value && this.set("due", value) });
    } else if (act === "assign") openMenu(root, { title: `Owner of ${title}`, find: "Find a person", anchor, options: () => peopleOptions(state.sheet, "-", null), pick: (value) => this.set("assignee", value || null) });
    else if (act === "priority") openMenu(root, { title: `Priority of ${title}`, anchor, options: () => valueOptions(PRIORITIES, "", false), pick: (value) => this.set("priority", value) });
    else if (act === "held") openMenu(root, { title: `Stop or take up ${title}`, anchor, options: () => heldOptions("-"), pick: (value) => this.set("status", value) });
    else if (act === "status") this.openStages(anchor, "status");
    else this.openMore(anchor);
  }

  private openStages(anchor: () => Element, part: "status" | "assignee"): void {
    const { state, root } = this.host;
    const options = (): Option[] => state.sheet.stages.map((stage) => ({ value: stage.id, text: stage.name }));
    openMenu(root, {
      title: part === "status" ? "Status of which stage?" : "Who does which stage?",
      anchor,
      options,
      pick: (stage) => queueMicrotask(() => (part === "status" ? this.openStatuses(anchor, stage) : this.openMakers(anchor, stage))),
    });
  }

  private openStatuses(anchor: () => Element, stage: string): void {
    const name = this.column(`s:${stage}`)?.title ?? "";
    const options = (): Option[] => STAGE_STATUSES.map((key, index) => ({ value: key, text: STATUS[key]!.word, html: status(key, false), key: String(index + 1) }));
    openMenu(this.host.root, { title: `${name} of ${plural(this.host.state.picked.size, "deliverable")}`, anchor, options, pick: (value) => this.set(`s:${stage}`, value, "status") });
  }

  private openMakers(anchor: () => Element, stage: string): void {
    const { state, root } = this.host;
    openMenu(root, { title: `Who does ${this.column(`s:${stage}`)?.title ?? "it"}?`, find: "Find a person", anchor, options: () => peopleOptions(state.sheet, "-", null), pick: (value) => this.set(`s:${stage}`, value || null, "assignee") });
  }

  private openMore(anchor: () => Element): void {
    const count = this.host.state.picked.size;
    const options = (): Option[] => [
      { value: "assignee", text: "Assign a stage", html: `${icon("user-plus", "icon-sm")}<span>Assign a stage</span>` },
      { value: "no-due", text: "No due date", html: `${icon("calendar-x", "icon-sm")}<span>No due date</span>` },
      { value: "remove", text: "Remove", apart: true, html: `${icon("trash-2", "icon-sm tone-danger")}<span class="tone-danger">Remove ${plural(count, "deliverable")}</span>` },
    ];
    const pick = (value: string): void => {
      if (value === "assignee") queueMicrotask(() => this.openStages(anchor, "assignee"));
      else if (value === "no-due") this.set("due", null);
      else void this.remove();
    };
    openMenu(this.host.root, { title: "More", anchor, options, pick });
  }

  private column(key: string): Column | undefined {
    return [...this.host.state.columns, ...this.host.state.all].find((column) => column.key === key);
  }

  private set(key: string, value: Value, part?: Change["part"]): void {
    const column = this.column(key);
    if (!column) return;
    this.host.run(this.host.state.pickedRows.map((row) => ({ row, column, value, ...(part ? { part } : {}) })));
  }

  /** Removing gives the act back, with which it is undone. */
  private async remove(): Promise<void> {
    const rows = this.host.state.pickedRows;
    const removed: string[] = [];
    const acts: string[] = [];
    const refused: string[] = [];
    for (const row of rows) {
      try {
        const answer = await del<{ act?: string } | undefined>(`/deliverables/${row.id}`);
        if (answer?.act) acts.push(answer.act);
        removed.push(row.id);
      } catch (error) {
        refused.push(`${row.name}: ${error instanceof ApiError ? error.detail : "not removed"}`);
      }
    }
    this.host.removed(removed, acts);
    if (refused.length) toast({ title: `${plural(refused.length, "deliverable")} not removed`, text: refused.slice(0, 3).join(" "), tone: "error" });
  }
}
