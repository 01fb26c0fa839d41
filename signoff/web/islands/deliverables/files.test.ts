import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Files, takeOver } from "./files";

const tile = (id: string, state: string, inside = ""): string =>
  `<article class="file-tile" id="file-${id}" data-state="${state}"><a class="file-art"><img src="/thumbnails/${id}"></a><div class="file-name"><a href="/d">${id}</a></div><div class="file-state">${inside}</div></article>`;
const group = (id: string, ...tiles: string[]): string => `<section class="file-group" id="round-${id}" aria-label="${id}"><div class="file-tiles">${tiles.join("")}</div></section>`;
const page = (groups: string, foot = "1 file"): string =>
  `<nav id="files-kinds"><a href="?">All</a></nav><div id="files" data-view="gallery"><div id="files-groups">${groups}</div><footer id="files-foot">${foot}</footer></div>`;
const switches = `<a data-files-view="gallery" aria-pressed="true"></a><a data-files-view="list" aria-pressed="false"></a>`;
const drawn = (html: string): Document => new DOMParser().parseFromString(html, "text/html");
const at = (selector: string): HTMLElement => document.querySelector(selector)!;
const ids = (): string[] => [...document.querySelectorAll(".file-group, .file-tile")].map((one) => one.id);
let root: HTMLElement;

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = `<div id="root">${switches}${page(group("a", tile("1", "working", "10 %"), tile("2", "ready")) + group("b", tile("3", "ready")))}</div>`;
  root = at("#root");
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("only the part of a tile that differs is put in, so that its picture stays", () => {
  const [picture, other] = [at("#file-1 img"), at("#round-b")];
  takeOver(root, drawn(page(group("a", tile("1", "working", "20 %"), tile("2", "ready")) + group("b", tile("3", "ready")), "3 files")));
  expect([at("#file-1 img") === picture, at("#round-b") === other, at("#file-1 .file-state").textContent, at("#files-foot").textContent]).toEqual([true, true, "20 %", "3 files"]);
  expect(at("#file-1").classList.contains("is-fresh")).toBe(false);
});

test("a file that is done shines for a moment", () => {
  takeOver(root, drawn(page(group("a", tile("1", "ready"), tile("2", "ready")) + group("b", tile("3", "ready")))));
  expect([at("#file-1").dataset.state, at("#file-1").classList.contains("is-fresh")]).toEqual(["ready", true]);
  vi.advanceTimersByTime(2_000);
  expect(at("#file-1").className).toBe("file-tile");
});

test("rounds and files come, go and change places", () => {
  const kept = at("#file-3");
  takeOver(root, drawn(page(group("c", tile("9", "working")) + group("b", tile("3", "ready"), tile("4", "ready")) + group("a", tile("2", "ready")))));
  expect(ids()).toEqual(["round-c", "file-9", "round-b", "file-3", "file-4", "round-a", "file-2"]);
  expect(at("#file-3")).toBe(kept);
});

test("the focus stays where somebody is", () => {
  at("#file-3 .file-name a").focus();
  takeOver(root, drawn(page(group("c", tile("9", "working")) + group("b", tile("3", "ready")))));
  expect(document.activeElement).toBe(at("#file-3 .file-name a"));
});

test("an empty place becomes a list, and the other way round", () => {
  takeOver(root, drawn(`<nav id="files-kinds"></nav><div id="files" data-view="gallery"><p>Where is the work?</p></div>`));
  expect([at("#files").textContent, ids()]).toEqual(["Where is the work?", []]);
  takeOver(root, drawn(page(group("a", tile("1", "ready")))));
  expect(ids()).toEqual(["round-a", "file-1"]);
});

test("asks once for many messages of its project, for as many groups as are shown, and not for other projects'", async () => {
  const fetched = vi.fn((..._said: unknown[]) => Promise.resolve(new Response(page(group("a", tile("1", "ready"))))));
  vi.stubGlobal("fetch", fetched);
  new Files(root, "p").start();
  const say = (verb: string, project: string | null): boolean => document.body.dispatchEvent(new CustomEvent(verb, { detail: { project } }));
  say("file.rendered", "other");
  await vi.advanceTimersByTimeAsync(3_000);
  expect(fetched).not.toHaveBeenCalled();
  for (let n = 0; n < 5; n++) say("file.progress", "p");
  await vi.advanceTimersByTimeAsync(300);
  expect(fetched.mock.calls.map(([address]) => (address as URL).searchParams.get("groups"))).toEqual(["2"]);
  expect(ids()).toEqual(["round-a", "file-1"]);
  say("file.progress", "p");
  await vi.advanceTimersByTimeAsync(500);
  expect(fetched).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(600);
  expect(fetched).toHaveBeenCalledTimes(2);
});

test("a page that could not be read changes nothing", async () => {
  vi.stubGlobal("fetch", vi.fn(() => Promise.reject(new TypeError("gone"))));
  const before = root.innerHTML;
  await new Files(root, "p").redraw();
  expect(root.innerHTML).toBe(before);
});

test("gallery and list are one click apart, remembered, and stay when the server draws anew", () => {
  const fetched = vi.fn((..._said: unknown[]) => Promise.resolve(new Response(null, { status: 204 })));
  vi.stubGlobal("fetch", fetched);
  document.body.dataset.live = "";
  new Files(root, "p").start();
  at('[data-files-view="list"]').click();
  expect([at("#files").dataset.view, at('[data-files-view="list"]').getAttribute("aria-pressed"), at('[data-files-view="gallery"]').getAttribute("aria-pressed")]).toEqual(["list", "true", "false"]);
  const [address, said] = fetched.mock.calls[0] as [string, RequestInit];
  expect([address, String(said.body)]).toEqual(["/preferences", "files=list"]);
  at("#files").dataset.view = "gallery";
  root.dispatchEvent(new CustomEvent("htmx:afterSwap", { bubbles: true }));
  expect(at("#files").dataset.view).toBe("list");
});
