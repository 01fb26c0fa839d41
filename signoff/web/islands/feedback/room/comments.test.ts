import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { mountComments, type CommentList } from "./comments";
import { RoomStore } from "./store";
import { commentOf, fileOf, propsOf, ServerStandIn } from "./store_fixture";
import type { Comment, Surface } from "./types";

let store: RoomStore;
let list: CommentList;
let server: ServerStandIn;
let went: unknown[];

const surface = { place: () => ({ file: "f1" }), go: (place: unknown) => (went.push(place), Promise.resolve()), pause: () => undefined } as unknown as Surface;
const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
const cards = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(".comment")];
const shown = (): string[] => cards().filter((card) => !card.hidden).map((card) => card.querySelector(".comment-text")?.textContent ?? "");
const press = (label: string): void => [...document.querySelectorAll<HTMLElement>("button")].find((one) => one.textContent.trim() === label)!.click();

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  went = [];
  server = new ServerStandIn();
  vi.stubGlobal("fetch", server.fetch);
  document.body.innerHTML = "<aside></aside>";
});
afterEach(() => vi.unstubAllGlobals());

function mount(comments: Comment[], more: Parameters<typeof propsOf>[0] = {}): void {
  store = new RoomStore(propsOf({ comments, files: [fileOf()], ...more }));
  list = mountComments(document.querySelector("aside")!, store, () => surface);
}

test("what was said is text, with its author, its number and its state", () => {
  mount([commentOf({ text: "<b>Hold</b> on" })]);
  const [card] = cards();
  expect(card?.querySelector(".comment-text")?.innerHTML).toBe("&lt;b&gt;Hold&lt;/b&gt; on");
  expect(card?.querySelector(".pin")?.textContent).toBe("1");
  expect(card?.querySelector(".item-state")?.textContent).toBe("Open");
  expect(card?.getAttribute("aria-label")).toBe("Note 1 by Sofie Karlsen");
});

test("only the chosen card has acts, and only those that one may do", () => {
  const note = { ...commentOf().note!, may: ["address" as const] };
  mount([commentOf({ note, may: ["reply"] })]);
  expect(document.querySelectorAll(".comment-actions button").length).toBe(0);
  cards()[0]!.click();
  expect(store.selected).toBe("c1");
  expect([...document.querySelectorAll(".comment-actions button:not(.menu-item)")].map((one) => one.textContent)).toEqual(["Mark addressed", "Reply"]);
});

test("a change of one is a change of one card, and what is written in it stays", async () => {
  const note = { ...commentOf().note!, may: ["refuse" as const] };
  mount([commentOf({ note }), commentOf({ id: "c2", text: "Another" })]);
  store.select("c1");
  press("Won’t fix…");
  const field = document.querySelector<HTMLTextAreaElement>(".comment-ask textarea")!;
  field.value = "The client wants";
  const [first, second] = cards();
  const before = second!.firstElementChild;
  store.took(commentOf({ note: { ...note, version: 2, is_must_fix: true } }));
  await frame();
  expect(cards()).toEqual([first, second]);
  expect(second!.firstElementChild).toBe(before);
  expect(first!.querySelector(".chip-danger")?.textContent).toBe("Must fix");
  expect(field.isConnected).toBe(true);
  expect(field.value).toBe("The client wants");
});

test("answers stand below what they answer, also those that come later", async () => {
  mount([commentOf()]);
  store.took(commentOf({ id: "c2", parent: "c1", text: "40 is good", note: null, audience: "internal" }));
  await frame();
  expect(cards().length).toBe(1);
  expect(document.querySelector(".comment-reply")?.textContent).toContain("40 is good");
  expect(document.querySelector(".comment-reply .chip-internal")).not.toBe(null);
});

test("filters leave out, and say when nothing is left", () => {
  const must = commentOf({ id: "c2", text: "Must", audience: "internal" });
  must.note = { ...must.note!, is_must_fix: true };
  mount([commentOf(), must]);
  document.querySelector<HTMLElement>('[data-filter="must"]')!.click();
  expect(shown()).toEqual(["Must"]);
  document.querySelector<HTMLElement>('[data-filter="mine"]')!.click();
  expect(shown()).toEqual([]);
  expect(document.querySelector<HTMLElement>(".comment-nothing")?.hidden).toBe(false);
});

test("clients have no audiences: no filter, no chip, no switch", () => {
  mount([commentOf()], { is_client: true });
  expect(document.querySelector('[data-filter="client"]')).toBe(null);
  expect(document.querySelector(".chip-client, .chip-internal")).toBe(null);
  expect(document.querySelector<HTMLElement>(".audience-switch")?.hidden).toBe(true);
  expect(store.draft.audience).toBe("client");
});

test("the chosen one, chosen again, is gone to again", () => {
  mount([commentOf({ file: "f1" })]);
  cards()[0]!.click();
  expect(went).toEqual([]);
  cards()[0]!.click();
  expect(went.length).toBe(1);
});

test("an old round is read only", () => {
  mount([commentOf()], { round: { id: "r1", round: 1, is_latest: false, is_locked: false } });
  expect(list.composer).toBe(null);
  expect(document.querySelector(".composer")?.textContent).toBe("What is said now belongs to the newest round.");
});

test("of many, the first ones are there at once and all of them soon", async () => {
  const many = Array.from({ length: 200 }, (_, at) => commentOf({ id: `c${at}`, at: `2025-11-20T10:${String(at % 60).padStart(2, "0")}:00Z` }));
  mount(many);
  expect(cards().length).toBe(40);
  store.select("c199");
  expect(document.getElementById("c-c199")?.getAttribute("aria-current")).toBe("true");
  for (let turn = 0; turn < 400 && cards().length < 200; turn++) await frame();
  expect(cards().length).toBe(200);
  expect(cards().map((card) => card.id)).toEqual([...new Set(cards().map((card) => card.id))]);
});
