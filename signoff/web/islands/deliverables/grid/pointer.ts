/** The mouse and the finger in the grid: choose, draw out a range, open, pick, fold, sort. */
import type { Host } from "./cells";
import { openAssignee, openCell } from "./cells";
import { at } from "./cursor";
import type { Table } from "./table";

export interface PointerHost extends Host {
  table: Table;
  moveTo: (cursor: Host["state"]["cursor"]) => void;
  pickTo: (line: number, extend: boolean) => void;
  pickAll: () => void;
  fold: (line: number) => void;
  sort: (key: string) => void;
  startNew: () => void;
}

export function listenToPointer(host: PointerHost): void {
  const { table } = host;
  let from: { line: number; column: number } | undefined;
  table.element.addEventListener("pointerdown", (event) => {
    const target = event.target as Element;
    const place = table.placeOf(target);
    from = undefined;
    if (!place || event.button !== 0 || target.closest("a, input")) return;
    from = place;
    if (event.pointerType === "touch") return;
    event.preventDefault();
    table.element.focus({ preventScroll: true });
    if (event.shiftKey) host.moveTo({ active: place, anchor: host.state.cursor.anchor });
  });
  table.element.addEventListener("pointermove", (event) => {
    if (!from || !(event.buttons & 1) || event.pointerType === "touch") return;
    const place = table.placeOf(event.target as Element);
    const { active } = host.state.cursor;
    if (place && (place.line !== active.line || place.column !== active.column)) host.moveTo({ active: place, anchor: from });
  });
  table.element.addEventListener("click", (event) => onClick(event, host));
  table.element.addEventListener("dblclick", (event) => {
    if (table.placeOf(event.target as Element) && !(event.target as Element).closest("a, input, button")) openCell(host);
  });
}

function onClick(event: MouseEvent, host: PointerHost): void {
  const target = event.target as Element;
  const sort = target.closest<HTMLElement>("[data-sort]");
  if (sort) return host.sort(sort.dataset.sort!);
  const place = host.table.placeOf(target);
  if (!place) return target.matches("thead input") ? host.pickAll() : undefined;
  const line = host.state.lines.at(place.line);
  if (target.matches("input.checkbox")) return host.pickTo(place.line, event.shiftKey);
  if (target.closest("a") || event.shiftKey) return;
  const was = host.state.cursor.active;
  const isAgain = was.line === place.line && was.column === place.column;
  const drawn = host.state.cursor.anchor;
  if (drawn.line !== was.line || drawn.column !== was.column) {
    if (isAgain) return; // the end of drawing out a range
  }
  host.moveTo(at(place.line, Math.max(1, place.column)));
  if (line?.group) return host.fold(place.line);
  if (line && !line.row) return host.startNew();
  if (target.closest(".stage-cell > .avatar-mark")) openAssignee(host);
  else if (target.closest(".stage-cell > .status")) openCell(host);
  else if (isAgain && event.detail === 1) openCell(host);
}
