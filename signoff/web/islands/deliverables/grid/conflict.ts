/** Two people changed one cell: shows both values and asks which stays. What was typed is not lost. */
import type { Conflict } from "./edits";
import { openLayer } from "./layer";
import type { Sheet, Value } from "./model";
import { STATUS, esc, shortDate } from "./words";

export function openConflict(root: HTMLElement, conflict: Conflict, sheet: Sheet, today: string, anchor: () => Element | undefined, keepMine: () => void): void {
  const { change } = conflict;
  const words = (value: Value): string => wordsOf(value, change.part ?? "", change.column.kind, sheet, today);
  const element = document.createElement("div");
  element.className = "menu-pop conflict";
  element.setAttribute("role", "alertdialog");
  element.setAttribute("aria-labelledby", "conflict-title");
  element.innerHTML =
    `<p class="menu-pop-head" id="conflict-title">${esc(change.column.title)}, ${esc(change.row.name)}: somebody changed this meanwhile</p>` +
    `<dl><div><dt>Theirs</dt><dd>${words(conflict.theirs)}</dd></div><div><dt>Yours</dt><dd>${words(change.value)}</dd></div></dl>` +
    `<div class="row"><button class="btn btn-sm" type="button" data-take="theirs">Leave theirs</button><button class="btn btn-sm btn-primary" type="button" data-take="mine">Set mine</button></div>`;
  const layer = openLayer(root, element, { anchor });
  element.addEventListener("click", (event) => {
    const take = (event.target as Element).closest<HTMLElement>("[data-take]")?.dataset.take;
    if (!take) return;
    layer.close();
    if (take === "mine") keepMine();
  });
  element.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") layer.close();
  });
  element.querySelector<HTMLElement>("[data-take=mine]")?.focus({ preventScroll: true });
}

function wordsOf(value: Value, part: string, kind: string, sheet: Sheet, today: string): string {
  if (value === null || value === "") return '<span class="muted">Nothing</span>';
  const text = String(value);
  if (part === "assignee" || kind === "person") return esc(sheet.people.get(text)?.name ?? "Somebody");
  if (part === "status" || kind === "status" || (kind === "stage" && part === "")) return esc(STATUS[text]?.word ?? text);
  if (part === "due_on" || kind === "due" || kind === "date") return shortDate(text, today);
  return esc(text);
}
