/** Keys in the grid. They belong to it only while it has the focus, not while a field or list is open. */
import { shortcut } from "../../keys";
import { openAssignee, openCell, type Host } from "./cells";
import { moved } from "./cursor";

export interface KeyHost extends Host {
  pageSize: () => number;
  moveTo: (cursor: Host["state"]["cursor"]) => void;
  pick: () => void;
  pickAll: () => void;
  clear: () => void;
  escape: () => void;
  undo: () => void;
  fold: (line: number) => void;
  startNew: () => void;
  find: () => void;
}

export function onKey(event: KeyboardEvent, host: KeyHost): void {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  const far = event.ctrlKey || event.metaKey;
  const { state } = host;
  const bounds = { lines: state.lines.length, columns: state.columns.length, page: host.pageSize() };
  const next = moved(state.cursor, event.key, event.shiftKey, far, bounds);
  if (next) host.moveTo(next);
  else if (far) return withModifier(event, host);
  else if (!plainKey(event, host)) return;
  event.preventDefault();
}

function withModifier(event: KeyboardEvent, host: KeyHost): void {
  const key = event.key.toLowerCase();
  if (key === "z" && !event.shiftKey) host.undo();
  else if (key === "a") host.pickAll();
  else return;
  event.preventDefault();
}

function plainKey(event: KeyboardEvent, host: KeyHost): boolean {
  const line = host.state.lines.at(host.state.cursor.active.line);
  switch (event.key) {
    case "Enter":
    case "F2":
      if (line?.group) host.fold(host.state.cursor.active.line);
      else if (line && !line.row) host.startNew();
      else openCell(host);
      return true;
    case " ":
      if (line?.group) host.fold(host.state.cursor.active.line);
      else host.pick();
      return true;
    case "Tab":
      return false;
    case "Delete":
    case "Backspace":
      host.clear();
      return true;
    case "Escape":
      host.escape();
      return true;
    case "/":
      host.find();
      return true;
    case "a":
      openAssignee(host);
      return true;
    case "n":
      host.startNew();
      return true;
    default:
      return false;
  }
}

/** Listed in the dialog that `?` opens; only `/` also works outside of the grid. */
export function listShortcuts(find: () => void): void {
  const group = "Grid";
  const listed: [string, string][] = [
    ["enter", "Change the cell"], ["escape", "Back, or clear the selection"], ["shift+arrowdown", "Extend the range"], ["space", "Select the row"],
    ["mod+a", "Select all rows"], ["a", "Assign somebody"], ["mod+c", "Copy the range"], ["mod+v", "Paste from a spreadsheet"],
    ["delete", "Empty the cells"], ["n", "New deliverable"],
  ];
  shortcut({ keys: "/", label: "Find in this project", group, run: find });
  for (const [keys, label] of listed) shortcut({ keys, label, group });
}
