/** The line below the grid: totals at the left, the last change with its Undo at the right. */
import { icon } from "./render";
import type { State } from "./state";
import { isLate, isOver } from "./view";
import { esc, plural } from "./words";

export function drawFoot(element: HTMLElement, state: State, last: string): void {
  const { rows } = state.sheet;
  const count = { delivered: 0, approved: 0, late: 0, over: 0 };
  for (const row of rows) {
    if (row.status === "delivered") count.delivered += 1;
    if (row.status === "approved") count.approved += 1;
    if (isLate(row, state.today)) count.late += 1;
    if (isOver(row)) count.over += 1;
  }
  const some = (number: number, words: string, tone = ""): string => (number ? `<span${tone ? ` class="${tone}"` : ""}>${number} ${words}</span>` : "");
  const shown = state.shownRows === rows.length ? `<strong>${rows.length}</strong> ${plural(rows.length, "deliverable").replace(/^\d+ /, "")}` : `<strong>${state.shownRows}</strong> of ${plural(rows.length, "deliverable")}`;
  const undo = last ? `<span class="row foot-last">${icon("undo-2", "icon-sm")}<span class="truncate">${esc(last)}</span><button class="link" type="button" data-undo-last>Undo</button></span>` : "";
  const html =
    `<span>${shown}</span>${some(count.delivered, "delivered")}${some(count.approved, "approved")}${some(count.late, "late", "tone-danger")}${some(count.over, "over round allowance")}` +
    `<span class="push">${undo}</span><button class="row foot-keys" type="button" data-act="shortcuts"><kbd class="kbd">?</kbd>Shortcuts</button>`;
  if (element.innerHTML !== html) element.innerHTML = html;
}
