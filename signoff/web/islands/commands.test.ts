import { expect, test } from "vitest";
import { type Command, commandsHere, marked, matching, offer } from "./commands";

const named = (...titles: string[]): Command[] => titles.map((title) => ({ title, group: "Do", icon: "x" }));

test("finds what has a word that begins so, the beginning first", () => {
  const commands = named("New project", "My projects", "Projectors", "Reproject the map");
  expect(matching(commands, "proj").map((one) => one.title)).toEqual(["Projectors", "New project", "My projects"]);
  expect(matching(commands, "project new").map((one) => one.title)).toEqual(["New project"]);
  expect(matching(commands, "").map((one) => one.title)).toEqual(commands.map((one) => one.title));
});

test("accents and capitals need not be typed", () => {
  expect(matching(named("Tomás Reyes"), "TOMAS")).toHaveLength(1);
});

test("signs that mean something in patterns are signs", () => {
  expect(matching(named("Shelf (4 languages)"), "(4")).toHaveLength(1);
  expect(marked("a.b", ".")).toEqual([["a", false], [".", true], ["b", false]]);
});

test("marks what was typed", () => {
  expect(marked("Key visual, landscape", "vis land")).toEqual([
    ["Key ", false], ["vis", true], ["ual, ", false], ["land", true], ["scape", false],
  ]);
});

test("controls of the page are commands while they can be used", () => {
  document.body.innerHTML = `
    <button data-command="Approve Design"><svg><use href="#i-check"></use></svg></button>
    <button data-command="Closed" disabled></button>
    <div hidden><button data-command="Hidden"></button></div>`;
  const clicked: string[] = [];
  document.querySelector("button")?.addEventListener("click", () => clicked.push("approve"));
  const here = commandsHere();
  here[0]?.run?.();
  expect(here.map((one) => [one.title, one.icon])).toEqual([["Approve Design", "check"]]);
  expect(clicked).toEqual(["approve"]);
});

test("what an island offers goes with it", () => {
  document.body.innerHTML = "";
  const [command] = named("Select all rows") as [Command];
  const withdraw = offer(command);
  expect(commandsHere()).toEqual([command]);
  withdraw();
  expect(commandsHere()).toEqual([]);
});
