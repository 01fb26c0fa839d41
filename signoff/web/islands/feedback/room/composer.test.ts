import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Composer } from "./composer";
import { matching, typedName } from "./composer_mentions";
import { RoomStore } from "./store";
import { commentOf, fileOf, propsOf, ServerStandIn } from "./store_fixture";
import type { Place, Surface } from "./types";

const PEOPLE = [{ id: "u2", name: "Zoë Þór", initials: "ZÞ", hue: 1 }, { id: "u3", name: "Art Maker", initials: "AM", hue: 2 }, { id: "u4", name: "Sofie Karlsen", initials: "SK", hue: 3, is_client: true }];
const film = { isPlaying: true, paused: 0, played: 0, place: (): Place => ({ file: "f1", frame_in: 12 }), pause: () => void ((film.paused += 1), (film.isPlaying = false)), play: () => void (film.played += 1) };
let store: RoomStore;
let composer: Composer;

const field = (): HTMLTextAreaElement => document.querySelector("#new-comment")!;
const wait = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve));

function type(text: string): void {
  field().value = text;
  field().setSelectionRange(text.length, text.length);
  field().dispatchEvent(new Event("input", { bubbles: true }));
}

function key(name: string): void {
  field().dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  Object.assign(film, { isPlaying: true, paused: 0, played: 0 });
  vi.stubGlobal("fetch", new ServerStandIn().fetch);
  store = new RoomStore(propsOf({ people: PEOPLE, client: "Kolibri", files: [fileOf({ kind: "video", fps_num: 25, fps_den: 1 })] }));
  composer = new Composer(store, () => film as unknown as Surface);
  document.body.replaceChildren(composer.root);
});
afterEach(() => vi.unstubAllGlobals());

test("typing stops a film that plays, is about this frame, and sending lets it run on", () => {
  type("Hold");
  expect([film.paused, store.draft.frame_in]).toEqual([1, 12]);
  composer.root.requestSubmit();
  expect(film.played).toBe(1);
  expect(field().value).toBe("");
});

test("a film that stood stays where it is", () => {
  film.isPlaying = false;
  type("Hold");
  composer.root.requestSubmit();
  expect([film.paused, film.played]).toEqual([0, 0]);
});

test("nothing is not sent", () => {
  composer.root.requestSubmit();
  expect(store.outbox.list).toEqual([]);
  expect(document.querySelector<HTMLButtonElement>("[type=submit]")?.disabled).toBe(true);
});

test("who reads it is said, and who is chosen last is remembered", () => {
  expect(document.querySelector(".composer-hint")?.textContent).toBe("Kolibri will not see internal notes.");
  document.querySelector<HTMLElement>('[data-kind="client"]')!.click();
  expect(document.querySelector(".composer-hint")?.textContent).toBe("Visible to: Kolibri.");
  expect(store.usualAudience).toBe("client");
});

test("an answer to an internal note cannot be for the client", () => {
  store.write({ audience: "client" });
  const head = commentOf({ audience: "internal" });
  store.took(head);
  store.answer(head);
  expect(document.querySelector<HTMLButtonElement>('[data-kind="client"]')?.disabled).toBe(true);
  expect(store.draft.audience).toBe("internal");
  expect(document.querySelector(".composer-anchor")?.textContent).toContain("Answer to Sofie Karlsen");
});

test("the anchor is taken away, and put here again", () => {
  type("Hold");
  document.querySelector<HTMLElement>('[aria-label="Remove the anchor"]')!.click();
  expect([store.draft.file, store.draft.text]).toEqual([null, "Hold"]);
  type("Hold on");
  expect(store.draft.file).toBe(null);
  document.querySelector<HTMLElement>(".composer-anchor .link")!.click();
  expect(store.draft.frame_in).toBe(12);
});

test("an @ lists who may read it, and Enter takes the first", () => {
  type("Look @z");
  expect([...document.querySelectorAll("[role=option]")].map((one) => one.textContent)).toEqual(["ZÞZoë Þór"]);
  key("Enter");
  expect(field().value).toBe("Look @Zoë Þór ");
  expect(store.draft.mentions).toEqual(["u2"]);
  type("Look @s");
  expect(document.querySelector<HTMLElement>(".mention-list")?.hidden).toBe(true);
});

test("a name that is taken out again is not told", () => {
  type("@Art Maker please");
  expect(store.draft.mentions).toEqual(["u3"]);
  type("please");
  expect(store.draft.mentions).toEqual([]);
});

test.each([["@", ""], ["see @an", "an"], ["see @Ann Le", "Ann Le"], ["me@example", null], ["none", null], ["@@", null]])("after %s", (text, typed) => {
  expect(typedName(text, text.length)).toBe(typed);
});

test("a person is found by any of their names, without accents", () => {
  expect(matching(PEOPLE, "zoe").map((one) => one.name)).toEqual(["Zoë Þór"]);
  expect(matching(PEOPLE, "mak").map((one) => one.name)).toEqual(["Art Maker"]);
});

test("what does not arrive stays above the composer, is tried again and can be written on", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  type("From the train");
  composer.root.requestSubmit();
  await wait();
  const row = document.querySelector<HTMLElement>(".waiting-row.is-unsent")!;
  expect(row.textContent).toContain("From the train");
  row.querySelector<HTMLElement>('[aria-label="Back into the composer"]')!.click();
  expect(field().value).toBe("From the train");
  expect(document.querySelector(".waiting-row")).toBe(null);
});

test("a refusal is said where one writes", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify({ code: "old_round", detail: "There is a newer round." }), { status: 409 })));
  type("Late");
  composer.root.requestSubmit();
  await wait();
  await wait();
  expect(field().value).toBe("Late");
  expect(document.querySelector(".composer-trouble")?.textContent).toBe("There is a newer round.");
});
