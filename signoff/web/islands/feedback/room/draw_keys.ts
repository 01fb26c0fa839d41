/** Keys of the drawing: leave, undo, delete, nudge; copy and paste through the clipboard, also to another tab. */
import { isTyping, shortcut, type Shortcut } from "../../keys";
import { undoLast } from "../../toast";
import type { Desk } from "./draw_desk";
import { marksFrom } from "./draw_desk";
import { isFree } from "./keys";

export const TYPE = "application/x-signoff-marks";

export interface Held { desk: Desk; leave: () => boolean; show: () => void }

/** Call the answer when the surface goes. */
export function listenToDrawKeys(held: Held): () => void {
  const { desk } = held;
  const hasPicked = (): boolean => desk.picked.size > 0;
  const canLeave = (): boolean => desk.store.tool !== "select" || hasPicked();
  const key = (keys: string, label: string, run: () => unknown, when: () => boolean = () => true): Shortcut => ({
    keys, label, group: "Drawing", run: () => { run(); held.show(); }, when: (event) => when() && (!event || isFree(event)),
  });
  const nudges = Object.entries({ arrowleft: [-1, 0], arrowright: [1, 0], arrowup: [0, -1], arrowdown: [0, 1] }).flatMap(([arrow, [x = 0, y = 0]]) =>
    [["", 1], ["shift+", 10]].map(([mod, by]) => ({ ...key(`${mod}${arrow}`, "Move it", () => desk.nudge(x * Number(by), y * Number(by)), hasPicked), isHidden: true })));
  const ends = [
    key("escape", "Leave the tool", held.leave, canLeave),
    key("mod+z", "Undo the last mark", () => desk.undo() || undoLast()),
    key("mod+shift+z", "Draw it again", () => desk.redo(), () => desk.canRedo),
    { ...key("mod+y", "Draw it again", () => desk.redo(), () => desk.canRedo), isHidden: true },
    key("delete", "Delete what is selected", () => desk.remove(desk.picked), hasPicked),
    { ...key("backspace", "Delete what is selected", () => desk.remove(desk.picked), hasPicked), isHidden: true },
    ...nudges,
  ].map(shortcut);
  const over = new AbortController();
  for (const name of ["copy", "cut"] as const) document.addEventListener(name, (event) => copy(held, event, name === "cut"), { signal: over.signal });
  document.addEventListener("paste", (event) => paste(held, event), { signal: over.signal });
  return () => {
    over.abort();
    for (const end of ends) end();
  };
}

function copy({ desk, show }: Held, event: ClipboardEvent, isCut: boolean): void {
  const hasWords = isTyping(event.target) || document.getSelection()?.isCollapsed === false;
  if (hasWords || !desk.picked.size || !event.clipboardData) return;
  event.preventDefault();
  event.clipboardData.setData(TYPE, JSON.stringify(desk.copied()));
  event.clipboardData.setData("text/plain", `${desk.picked.size} marks`);
  if (!isCut) return;
  desk.remove(desk.picked);
  show();
}

function paste({ desk, show }: Held, event: ClipboardEvent): void {
  const marks = isTyping(event.target) ? [] : marksFrom(event.clipboardData?.getData(TYPE) ?? "");
  if (!marks.length) return;
  event.preventDefault();
  desk.paste(marks);
  show();
}
