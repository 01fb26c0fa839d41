/** The keyboard of the review page. Plain arrows belong to what is shown, those with Alt to the files of the round. */
import { shortcut, type Shortcut } from "../../keys";
import { PagesSurface } from "./document";
import type { Player } from "./player";
import type { Shown } from "./surface";

/** What there is at the moment; it changes with the file. */
export interface Room {
  readonly surface: Shown | null;
  readonly player: Player | null;
  step(files: 1 | -1): void;
  /** To the comment above or below in the list, where there is one. */
  turn?(comments: 1 | -1): void;
  toggleFull(): void;
  leaveFull(): boolean;
}

type Key = [keys: string, label: string, run: (room: Room) => unknown];

const PLAYER: [string, string, (player: Player) => unknown][] = [
  ["space", "Play or pause", (player) => player.toggle()],
  ["k", "Pause, play", (player) => player.toggle()],
  ["j", "Backwards; again is faster", (player) => player.shuttle(-1)],
  ["l", "Forwards; again is faster", (player) => player.shuttle(1)],
  ["arrowleft", "Back one frame", (player) => player.step(-1)],
  ["arrowright", "Forward one frame", (player) => player.step(1)],
  ["shift+arrowleft", "Back ten frames", (player) => player.step(-10)],
  ["shift+arrowright", "Forward ten frames", (player) => player.step(10)],
  ["home", "To the beginning", (player) => player.end(false)],
  ["end", "To the end", (player) => player.end(true)],
  ["i", "In point here", (player) => player.mark("in")],
  ["o", "Out point here", (player) => player.mark("out")],
  ["x", "Clear in and out", (player) => player.clearRange()],
  ["shift+l", "Loop", (player) => player.loop()],
  [",", "Previous comment", (player) => player.jump(-1)],
  [".", "Next comment", (player) => player.jump(1)],
  ["m", "Mute", (player) => player.mute()],
];

const PAGES: [string, string, (pages: PagesSurface) => unknown][] = [
  ["arrowleft", "Previous page", (pages) => pages.turn(pages.page - 1)],
  ["arrowright", "Next page", (pages) => pages.turn(pages.page + 1)],
  ["pageup", "Previous page", (pages) => pages.turn(pages.page - 1)],
  ["pagedown", "Next page", (pages) => pages.turn(pages.page + 1)],
  ["home", "First page", (pages) => pages.turn(1)],
  ["end", "Last page", (pages) => pages.turn(pages.pages)],
];

const VIEW: Key[] = [
  ["+", "Zoom in", (room) => room.surface?.view?.zoom(1)],
  ["=", "Zoom in", (room) => room.surface?.view?.zoom(1)],
  ["-", "Zoom out", (room) => room.surface?.view?.zoom(-1)],
  ["shift+1", "Fit", (room) => room.surface?.view?.fit()],
  ["!", "Fit", (room) => room.surface?.view?.fit()],
  ["shift+0", "100 %", (room) => room.surface?.view?.actual()],
  [")", "100 %", (room) => room.surface?.view?.actual()],
];
const UNLISTED = new Set(["=", "!", ")"]); // the same key, as some keyboards name it

/** Where a player runs, its own keys go by time. */
const STILL: Key[] = [
  [",", "Previous comment", (room) => room.turn?.(-1)],
  [".", "Next comment", (room) => room.turn?.(1)],
];

const EVERY: Key[] = [
  ["f", "Full screen", (room) => room.toggleFull()],
  ["alt+arrowup", "Previous file of the round", (room) => room.step(-1)],
  ["alt+arrowdown", "Next file of the round", (room) => room.step(1)],
];

/** Registered for good: what does not fit the file that is open neither runs nor is listed. */
export function listenToRoomKeys(room: Room): void {
  const add = (group: string, [keys, label, run]: Key, when: () => boolean): void => {
    const made: Shortcut = { keys, label, group, run: () => run(room), when: (event) => when() && (!event || isFree(event)) };
    if (UNLISTED.has(keys)) made.isHidden = true;
    shortcut(made);
  };
  for (const [keys, label, run] of PLAYER) add("Player", [keys, label, () => room.player && run(room.player)], () => room.player !== null);
  for (const [keys, label, run] of PAGES) {
    add("Pages", [keys, label, () => room.surface instanceof PagesSurface && run(room.surface)], () => room.surface instanceof PagesSurface);
  }
  for (const key of VIEW) add("The picture", key, () => Boolean(room.surface?.view));
  for (const key of STILL) add("Comments", key, () => room.turn !== undefined && room.player === null);
  for (const key of EVERY) add("The picture", key, () => true);
  shortcut({ keys: "escape", label: "Leave the full screen", group: "The picture", run: () => room.leaveFull(), when: () => document.fullscreenElement !== null });
}

/** Where keys mean something of their own, they keep it: menus, lists, dialogs; Space and Enter on what is pressed. */
export function isFree(event: KeyboardEvent): boolean {
  if (document.querySelector("dialog[open]")) return false;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest("[role=textbox], [role=combobox], [role=listbox], [role=menu], [role=grid], [role=dialog], .menu-pop")) return false;
  if (event.key.startsWith("Arrow") && target?.closest("[role=radiogroup]")) return false; // from one to the next
  const isPress = event.key === " " || event.key === "Enter";
  return !(isPress && target?.closest("button, a[href], summary, input, [role=button]"));
}
