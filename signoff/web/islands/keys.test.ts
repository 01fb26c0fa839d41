import { beforeAll, beforeEach, expect, test } from "vitest";
import { keyName, listenToKeys, printed, shortcut, showShortcuts } from "./keys";

const pressed: string[] = [];

function press(key: string, options: KeyboardEventInit = {}, target: Element = document.body): void {
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options }));
}

beforeAll(() => listenToKeys());
beforeEach(() => {
  document.body.innerHTML = '<input id="field">';
  pressed.length = 0;
});

test("names keys as shortcuts are written", () => {
  const name = (key: string, options: KeyboardEventInit = {}): string => keyName(new KeyboardEvent("keydown", { key, ...options }));
  expect(name("K", { ctrlKey: true, shiftKey: true })).toBe("mod+shift+k");
  expect(name("k", { metaKey: true })).toBe("mod+k");
  expect(name("?", { shiftKey: true })).toBe("?");
  expect(name(" ")).toBe("space");
});

test("runs a shortcut until it is taken away", () => {
  const remove = shortcut({ keys: "mod+k", label: "Palette", run: () => pressed.push("palette") });
  press("k", { ctrlKey: true });
  remove();
  press("k", { ctrlKey: true });
  expect(pressed).toEqual(["palette"]);
});

test("letters typed into a field are letters, unless the shortcut says otherwise", () => {
  const field = document.getElementById("field") as Element;
  const off = [
    shortcut({ keys: "n", label: "New", run: () => pressed.push("new") }),
    shortcut({ keys: "mod+k", label: "Palette", whileTyping: true, run: () => pressed.push("palette") }),
  ];
  press("n", {}, field);
  press("k", { ctrlKey: true }, field);
  off.forEach((remove) => remove());
  expect(pressed).toEqual(["palette"]);
});

test("two keys in turn", () => {
  const remove = shortcut({ keys: "g p", label: "Projects", run: () => pressed.push("projects") });
  press("p");
  press("g");
  press("p");
  remove();
  expect(pressed).toEqual(["projects"]);
});

test("? lists the shortcuts of this page by group, those of everywhere last", () => {
  const remove = shortcut({ keys: "mod+enter", label: "Approve", group: "Stage" });
  press("?", { shiftKey: true });
  remove();
  const dialog = document.getElementById("shortcuts");
  expect([...(dialog?.querySelectorAll("h3") ?? [])].map((one) => one.textContent)).toEqual(["Stage", "Everywhere"]);
  expect([...(dialog?.querySelectorAll("dt") ?? [])].map((one) => one.textContent)).toEqual(["Approve", "Show the shortcuts of this page"]);
  showShortcuts();
  expect(document.querySelectorAll("dialog")).toHaveLength(1);
});

test("a control's key presses it while it is there, and is listed", () => {
  document.body.innerHTML = '<button data-key="a" data-key-label="Approve">✓</button><button data-key="s" disabled>Send</button>';
  document.querySelector("button")?.addEventListener("click", () => pressed.push("approve"));
  press("a");
  press("s");
  showShortcuts();
  const terms = [...document.querySelectorAll("dt")].map((one) => one.textContent);
  document.body.innerHTML = "";
  press("a");
  expect(pressed).toEqual(["approve"]);
  expect(terms).toEqual(["Approve", "Show the shortcuts of this page"]);
});

test("a key is what is printed on it, and where it lies when that is no Latin letter", () => {
  const names = [
    { key: "j", code: "KeyJ" }, { key: "о", code: "KeyJ" }, { key: "∆", code: "KeyJ", altKey: true }, { key: "z", code: "KeyY" }, { key: "ö", code: "Semicolon" }, { key: "Home", code: "Home" },
  ].map((one) => keyName(new KeyboardEvent("keydown", one)));
  expect(names).toEqual(["j", "j", "alt+j", "z", "ö", "home"]);
});

test("AltGr writes a sign and means no shortcut", () => {
  const remove = shortcut({ keys: "mod+alt+q", label: "Never", run: () => pressed.push("never") });
  press("q", { ctrlKey: true, altKey: true });
  remove();
  expect(pressed).toEqual([]);
});

test("a key that is held down repeats only where it moves", () => {
  const stops = ["m", "arrowright"].map((keys) => shortcut({ keys, label: keys, run: () => pressed.push(keys) }));
  for (const repeat of [false, true, true]) {
    press("m", { repeat });
    press("ArrowRight", { repeat });
  }
  for (const stop of stops) stop();
  expect(pressed).toEqual(["m", "arrowright", "arrowright", "arrowright"]);
});

test("what does not fit the moment is neither pressed nor listed, and leaves the key to who had it before", () => {
  let isOpen = true;
  const stops = [
    shortcut({ keys: "escape", label: "Leave", run: () => pressed.push("leave") }),
    shortcut({ keys: "escape", label: "Close", run: () => pressed.push("close"), when: () => isOpen }),
  ];
  press("Escape");
  isOpen = false;
  press("Escape");
  showShortcuts();
  const terms = [...document.querySelectorAll("dt")].map((one) => one.textContent);
  for (const stop of stops) stop();
  expect([pressed, terms]).toEqual([["close", "leave"], ["Leave", "Show the shortcuts of this page"]]);
});

test("prints keys as they stand on the keyboard", () => {
  expect(printed("mod+shift+arrowdown")).toEqual(["Ctrl", "⇧", "↓"]);
  expect(printed("g p")).toEqual(["G", "P"]);
  expect(printed("+")).toEqual(["+"]);
  expect(printed("mod++")).toEqual(["Ctrl", "+"]);
});
