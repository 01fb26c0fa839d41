import { beforeEach, expect, test, vi } from "vitest";
import { mountChecklist } from "./checklist";
import { RoomStore } from "./store";
import { commentOf, propsOf } from "./store_fixture";
import type { Comment, Note } from "./types";

const asked: { url: string; body: unknown }[] = [];
let root: HTMLElement;
let store: RoomStore;

function mount(comments: Comment[]): void {
  store = new RoomStore(propsOf({ comments }));
  mountChecklist(root, store);
}

function note(id: string, more: Partial<Note>): Comment {
  const made = commentOf({ id, text: id });
  return { ...made, note: { ...made.note!, id: `n-${id}`, ...more } };
}

const rows = (): (string | undefined)[] => [...root.querySelectorAll(".checklist-text")].map((row) => row.textContent ?? "");
const box = (at: number): HTMLInputElement => root.querySelectorAll<HTMLInputElement>(".checkbox")[at]!;

beforeEach(() => {
  localStorage.clear();
  asked.length = 0;
  document.body.innerHTML = "<section></section>";
  root = document.querySelector("section")!;
  vi.stubGlobal("fetch", (url: string, request: RequestInit) => {
    const body = JSON.parse(String(request.body ?? "{}")) as Record<string, unknown>;
    asked.push({ url, body });
    return Promise.resolve(new Response(JSON.stringify({ ...store.comments[0]!.note, ...body, version: 2 })));
  });
});

test("what is open comes first, of it what must be done, and what asks for nothing is not there", () => {
  mount([note("done", { state: "verified" }), note("open", {}), note("must", { is_must_fix: true }), note("half", { state: "addressed" }), note("praise", { kind: "praise" }), note("no", { state: "wont_fix" })]);
  expect(rows()).toEqual(["must", "open", "half", "done"]);
  expect([0, 2, 3].map((at) => [box(at).checked, box(at).indeterminate])).toEqual([[false, false], [false, true], [true, false]]);
  expect(root.querySelector("header")?.textContent).toBe("Checklist1 of 4 verified");
  expect([...root.querySelectorAll<HTMLElement>(".meter > span")].map((part) => part.style.getPropertyValue("--v"))).toEqual(["25%", "25%"]);
});

test("a check verifies the note as it was seen", async () => {
  mount([note("open", { may: ["verify"], version: 1 })]);
  box(0).click();
  await vi.waitFor(() => expect(store.comments[0]?.note?.state).toBe("verified"));
  expect(asked.at(-1)).toEqual({ url: "/api/v1/feedback/n-open", body: { version: 1, state: "verified" } });
  expect(root.querySelector("header")?.textContent).toBe("Checklist1 of 1 verified");
});

test("who may not verify has no box to check", () => {
  mount([note("open", { may: ["address"] })]);
  expect(box(0).disabled).toBe(true);
});

test("a row leads to its note", () => {
  mount([note("open", {})]);
  root.querySelector<HTMLElement>(".checklist-text")!.click();
  expect(store.selected).toBe("open");
  expect(root.querySelector("li")?.getAttribute("aria-current")).toBe("true");
});

test("many are folded until they are asked for", () => {
  mount(Array.from({ length: 60 }, (_, at) => note(`c${at}`, {})));
  expect(rows().length).toBe(50);
  const more = root.querySelector<HTMLElement>(".checklist-more")!;
  expect(more.textContent).toBe("All 60 notes");
  more.click();
  expect(rows().length).toBe(60);
  expect(more.hidden).toBe(true);
});
