/** New deliverables: one by its name, or many rows of a spreadsheet, shown before they are added. */
import { ApiError, post } from "../../api";
import { toast } from "../../toast";
import { fromTsv, newRows } from "./clipboard";
import { FROZEN, type Column } from "./columns";
import type { Value } from "./model";
import type { State } from "./state";
import { esc, plural } from "./words";

/** Adds them and answers their ids, in order; nothing when the server refused (it said why). */
export async function addRows(project: string, rows: Record<string, Value>[]): Promise<string[]> {
  try {
    const path = `/projects/${project}/deliverables`;
    if (rows.length === 1) return [(await post<{ id: string }>(path, rows[0])).id];
    const answer = await post<{ id: string }[] | { deliverables?: { id: string }[]; items?: { id: string }[] }>(path, { deliverables: rows });
    const made = Array.isArray(answer) ? answer : (answer.deliverables ?? answer.items ?? []);
    return made.map(({ id }) => id);
  } catch (error) {
    const text = error instanceof ApiError ? error.detail : "Try again.";
    toast({ title: `Not added: ${String(rows[0]?.name ?? "")}`, text, tone: "error" });
    return [];
  }
}

/** A dialog with a place to paste into; says what will come of it, and adds it. */
export function openPasteRows(state: State, first: string, add: (rows: Record<string, Value>[]) => Promise<boolean>): void {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog paste-dialog";
  dialog.setAttribute("aria-labelledby", "paste-title");
  dialog.innerHTML =
    `<form method="dialog" class="dialog-head"><h2 id="paste-title">Paste rows from a spreadsheet</h2><button class="btn btn-sm btn-ghost push">Close</button></form>` +
    `<div class="dialog-body"><p class="sm soft">One line is one deliverable, its name first. With a line of headings (Deliverable, Type, Specification, Due, Priority …) the columns may stand in any order.</p>` +
    `<label class="sr" for="paste-text">Rows</label><textarea class="textarea" id="paste-text" rows="6" placeholder="Poster, A1&#9;Print&#9;594 × 841 mm&#9;2026-12-04"></textarea><div class="paste-preview" aria-live="polite"></div></div>` +
    `<div class="dialog-foot row"><button class="btn btn-primary" type="button" disabled>Add</button></div>`;
  const field = dialog.querySelector("textarea")!;
  const button = dialog.querySelector<HTMLButtonElement>(".btn-primary")!;
  let rows: Record<string, Value>[] = [];
  const read = (): void => {
    const found = newRows(fromTsv(field.value), state.all, state.sheet, state.today);
    rows = found.rows;
    button.disabled = rows.length === 0;
    button.textContent = rows.length ? `Add ${plural(rows.length, "deliverable")}` : "Add";
    dialog.querySelector(".paste-preview")!.innerHTML = preview(rows, found.refused, state.all);
  };
  field.value = first;
  field.addEventListener("input", read);
  button.addEventListener("click", () => {
    button.disabled = true;
    void add(rows).then((added) => {
      if (added) dialog.close();
      else button.disabled = false;
    });
  });
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  document.body.append(dialog);
  dialog.showModal();
  field.focus();
  read();
}

function preview(rows: Record<string, Value>[], refused: string[], columns: Column[]): string {
  if (!rows.length) return "";
  const used = [...FROZEN, ...columns].filter((column) => column.field && rows.some((row) => row[column.field!] !== undefined));
  const cells = (row: Record<string, Value>): string => used.map((column) => `<td class="truncate">${esc(String(row[column.field!] ?? ""))}</td>`).join("");
  const head = used.map((column) => `<th scope="col">${esc(column.title)}</th>`).join("");
  const more = rows.length > 5 ? `<p class="xs muted">and ${rows.length - 5} more</p>` : "";
  const left = refused.length ? `<p class="field-error">${esc(`Left out: ${refused.slice(0, 3).join("; ")}${refused.length > 3 ? ` and ${refused.length - 3} more` : ""}`)}</p>` : "";
  return `<table class="list-table"><thead><tr>${head}</tr></thead><tbody>${rows.slice(0, 5).map((row) => `<tr>${cells(row)}</tr>`).join("")}</tbody></table>${more}${left}`;
}
