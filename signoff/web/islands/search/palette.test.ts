import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Palette, type Props } from "./palette";

const props: Props = {
  commands: [
    { title: "Dashboard", group: "Go to", icon: "layout-dashboard", url: "/dashboard" },
    { title: "New project", group: "Create", icon: "plus", url: "/projects?new=1" },
  ],
  statuses: { in_review: ["In review", "st-in-review"] },
};
let palette: Palette;

const options = (): string[] => [...document.querySelectorAll('[role="option"] > span:first-of-type')].map((one) => one.textContent);
const selected = (): string => document.querySelector('[aria-selected="true"] > span')?.textContent ?? "";
const input = (): HTMLInputElement => document.querySelector("#palette-input") as HTMLInputElement;

function type(text: string): void {
  input().value = text;
  input().dispatchEvent(new Event("input"));
}

function press(key: string): void {
  input().dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

function found(...results: object[]): void {
  vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(new Response(JSON.stringify({ results })))));
}

beforeEach(() => {
  vi.useFakeTimers();
  HTMLElement.prototype.scrollIntoView = () => undefined;
  document.body.innerHTML = "";
  palette = new Palette(props);
  document.body.append(palette.dialog);
  palette.open();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("opens with everything there is to do here", () => {
  expect(options()).toEqual(["Dashboard", "New project", "Switch between light and dark", "Show the shortcuts of this page"]);
  expect(input().getAttribute("aria-activedescendant")).toBe("palette-0");
});

test("arrows choose, round the ends", () => {
  press("ArrowUp");
  expect(selected()).toBe("Show the shortcuts of this page");
  press("ArrowDown");
  press("ArrowDown");
  expect(selected()).toBe("New project");
  expect(input().getAttribute("aria-activedescendant")).toBe("palette-1");
});

test("a deliverable is found with its cover, and without one with a sign", async () => {
  const plain = { kind: "deliverable", subtitle: "First light", url: "/d", status: "" };
  found({ ...plain, id: "1", title: "Key visual", cover: "0190" }, { ...plain, id: "2", title: "Key art", cover: null });
  type("key");
  await vi.advanceTimersByTimeAsync(200);
  const signs = [...document.querySelectorAll('[role="option"]')].slice(0, 2).map((one) => one.firstElementChild?.outerHTML ?? "");
  expect([signs[0]?.includes("/thumbnails/0190"), signs[1]?.includes("#i-file-image")]).toEqual([true, true]);
});

test("what is found stands with its status, and what was typed is marked", async () => {
  found({ kind: "deliverable", id: "1", title: "Key visual", subtitle: "First light", url: "/deliverables/1", status: "in_review" });
  type("key");
  expect(fetch).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(200);
  expect(options()).toEqual(["Key visual"]);
  expect(document.querySelector(".status")?.textContent).toBe("In review");
  expect(document.querySelector('[role="option"] b')?.textContent).toBe("Key");
});

test("typing on asks once, for the last words", async () => {
  found();
  type("ke");
  await vi.advanceTimersByTimeAsync(50);
  type("key");
  await vi.advanceTimersByTimeAsync(200);
  expect(vi.mocked(fetch).mock.calls.map(([url]) => url)).toEqual(["/api/v1/search?q=key"]);
});

test("behind > the server is not asked", async () => {
  found();
  type("> new");
  await vi.advanceTimersByTimeAsync(500);
  expect(fetch).not.toHaveBeenCalled();
  expect(options()).toEqual(["New project"]);
});

test("nothing found says so", async () => {
  found();
  type("zzzz");
  await vi.advanceTimersByTimeAsync(500);
  expect(document.querySelector(".palette-none")?.textContent).toBe("Nothing is called “zzzz”.");
});

test("a search that fails says so and leaves the commands", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("down")));
  type("dash");
  await vi.advanceTimersByTimeAsync(500);
  expect(options()).toEqual(["Dashboard"]);
  expect(palette.dialog.textContent).toContain("The search does not answer");
});

test("names are text, whatever they look like", async () => {
  found({ kind: "project", id: "1", title: "<img src=x>", subtitle: "<script>", url: "/projects/1", status: "" });
  type("img");
  await vi.advanceTimersByTimeAsync(200);
  expect(options()).toEqual(["<img src=x>"]);
  expect(palette.dialog.querySelector("img, script")).toBeNull();
});
