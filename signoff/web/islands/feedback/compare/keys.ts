/** The keyboard of a comparison: the shared one of all rooms, ways to compare, and the work through the notes. */
import { shortcut } from "../../keys";
import type { CompareRoom } from "../compare";
import { isFree, listenToRoomKeys } from "../room/keys";
import type { Mode } from "./address";

type Key = [keys: string, label: string, run: () => unknown, when?: () => boolean];

export function listenToCompareKeys(room: CompareRoom): void {
  listenToRoomKeys(room);
  const to = (mode: Mode) => (): void => room.change({ mode });
  const ways: Key[] = [
    ["s", "Side by side", to("side")],
    ["w", "Wipe", to("wipe")],
    ["`", "Flip, then from one to the other", () => room.flip()],
    ["b", "Overlay", to("overlay")],
    ["d", "Difference", to("difference")],
    ["h", "Hear the other one", () => room.hear(), () => room.isHeard],
    ["shift+arrowup", "The second round later", () => room.nudge(1), () => room.unit !== null],
    ["shift+arrowdown", "The second round earlier", () => room.nudge(-1), () => room.unit !== null],
  ];
  const hasNotes = (): boolean => room.work.panel.all.length > 0;
  const hasOne = (): boolean => room.work.panel.current !== null;
  const notes: Key[] = [
    ["n", "Next carried note", () => room.work.panel.step(1), hasNotes],
    ["p", "Previous carried note", () => room.work.panel.step(-1), hasNotes],
    ["v", "Verify it", () => room.work.panel.current?.move("verify"), hasOne],
    ["a", "Mark it addressed", () => room.work.panel.current?.move("address"), hasOne],
    ["r", "Reopen it", () => room.work.panel.current?.move("reopen"), hasOne],
    ["t", "Say where it is now", () => room.work.panel.current?.place(), hasOne],
  ];
  add("Compare", ways);
  add("Carried notes", notes);
  shortcut({ keys: "escape", label: "Keep the place", group: "Carried notes", run: () => room.work.placing?.end(), when: () => room.work.placing !== null, isHidden: true });
}

function add(group: string, keys: Key[]): void {
  for (const [name, label, run, when = () => true] of keys) {
    shortcut({ keys: name, label, group, run, when: (event) => when() && (!event || isFree(event)) });
  }
}
