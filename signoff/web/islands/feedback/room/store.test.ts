import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { receive } from "../../live";
import { makeStore, type RoomStore, type StoreProps } from "./store";
import { commentOf, propsOf, ServerStandIn } from "./store_fixture";

let server: ServerStandIn;

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  sessionStorage.clear();
  server = new ServerStandIn();
  vi.stubGlobal("fetch", server.fetch);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function open(more: Partial<StoreProps> = {}): Promise<RoomStore> {
  const store = makeStore(propsOf(more));
  await vi.advanceTimersByTimeAsync(1);
  return store;
}

const wait = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

test("what is written is kept in the browser at once and on the server shortly after", async () => {
  const store = await open();
  store.write({ text: "Hold on the figure" });
  expect(store.kept).toBe("here");
  expect(Object.keys(localStorage).length).toBe(1);
  expect(server.draft).toBe(null);
  await wait(1_000);
  expect(server.draft?.text).toBe("Hold on the figure");
  expect(store.kept).toBe("saved");
});

test("a closed page opens with what was written", async () => {
  (await open()).write({ text: "Hold on" });
  expect((await open()).draft.text).toBe("Hold on");
});

test("the newer one of browser and server is opened, and the other one offered", async () => {
  const first = await open();
  first.write({ text: "From this browser" });
  sessionStorage.clear();
  const elsewhere = { ...first.draft, sent_as: "0190aaaa-0000-4000-8000-000000000001", text: "From the train", at: Date.now() + 60_000 };
  const store = await open({ draft: elsewhere });
  expect(store.draft.text).toBe("From the train");
  expect(store.waiting.map((one) => one.text)).toEqual(["From this browser"]);
});

test("a draft that was sent meanwhile is not opened again", async () => {
  (await open()).write({ text: "Sent by the phone" });
  const [key] = Object.keys(localStorage);
  const kept = JSON.parse(localStorage.getItem(key!)!) as { sent_as: string };
  const store = await open({ comments: [commentOf({ sent_as: kept.sent_as, text: "Sent by the phone" })] });
  expect(store.draft.text).toBe("");
  expect(store.waiting).toEqual([]);
});

test("what is sent leaves the composer and comes into the list once", async () => {
  const store = await open();
  store.write({ text: "Warmer skin" });
  const { sent_as } = store.draft;
  store.send();
  expect(store.draft.text).toBe("");
  await wait(1);
  expect(store.comments.map((one) => one.text)).toEqual(["Warmer skin"]);
  expect(server.bodies[0]).toMatchObject({ sent_as, text: "Warmer skin", audience: "internal", marks: [], parent: null });
  await wait(60_000);
  expect(server.posts).toBe(1);
  expect(Object.keys(localStorage)).toEqual([]);
});

test("without a network it waits and is sent once when the network is back", async () => {
  const store = await open();
  server.isOff = true;
  store.write({ text: "One" });
  store.send();
  await wait(1);
  store.write({ text: "Two" });
  store.send();
  await wait(20_000);
  expect(store.outbox.list.map((one) => [one.draft.text, one.state])).toEqual([["One", "waiting"], ["Two", "waiting"]]);
  server.isOff = false;
  window.dispatchEvent(new Event("online"));
  await wait(1);
  expect(server.comments.map((one) => one.text)).toEqual(["One", "Two"]);
  expect(store.outbox.list).toEqual([]);
});

test("an answer that was lost does not make two of it", async () => {
  const store = await open();
  server.losesAnswers = true;
  store.write({ text: "Once" });
  store.send();
  await wait(1);
  server.losesAnswers = false;
  await wait(3_000);
  expect(server.posts).toBe(2);
  expect(server.comments.map((one) => one.text)).toEqual(["Once"]);
  expect(store.comments.map((one) => one.text)).toEqual(["Once"]);
});

test("what one has said is chosen when it arrives, and leads nobody who has gone on back to it", async () => {
  const store = await open({ comments: [commentOf({ id: "c1" })] });
  store.write({ text: "Here" });
  store.send();
  await wait(10);
  expect([store.selected === null, store.leads]).toEqual([false, false]);
  store.select("c1");
  expect(store.leads).toBe(true);
});

test("what was changed after its answer was lost arrives as it is now", async () => {
  const store = await open();
  server.losesAnswers = true;
  store.write({ text: "Colder" });
  store.send();
  await wait(1);
  store.takeBack(store.outbox.list[0]!.sent_as);
  store.write({ text: "Warmer" });
  server.losesAnswers = false;
  store.send();
  await wait(10);
  expect(server.comments.map((one) => one.text)).toEqual(["Warmer"]);
});

test("a page that is closed without a network sends when it is opened again", async () => {
  const first = await open();
  server.isOff = true;
  first.write({ text: "From the train" });
  first.send();
  await wait(1);
  server.isOff = false;
  const again = await open();
  await wait(1);
  expect(server.comments.map((one) => one.text)).toEqual(["From the train"]);
  expect(again.comments.map((one) => one.text)).toEqual(["From the train"]);
});

test("a refusal comes back into the composer with its words", async () => {
  const store = await open();
  server.refuses = { status: 409, code: "old_round", detail: "There is a newer round." };
  store.write({ text: "Too late" });
  store.send();
  await wait(60_000);
  expect(server.posts).toBe(1);
  expect(store.draft.text).toBe("Too late");
  expect(store.refusal).toBe("There is a newer round.");
  server.refuses = null;
  store.send();
  await wait(1);
  expect(server.comments.map((one) => one.text)).toEqual(["Too late"]);
});

test("a refusal does not push away what is being written", async () => {
  const store = await open();
  server.refuses = { status: 409, code: "old_round", detail: "There is a newer round." };
  store.write({ text: "Too late" });
  store.send();
  store.write({ text: "The next one" });
  await wait(1);
  expect(store.draft.text).toBe("The next one");
  expect(store.outbox.list.map((one) => one.state)).toEqual(["refused"]);
});

test("what others say comes in and leaves the draft alone", async () => {
  const store = await open();
  store.write({ text: "I am wri" });
  const { draft } = store;
  server.comments.push(commentOf({ id: "c9", text: "Mine is there" }));
  receive('{"v":"comment.added","d":"d1","s":"c9","a":"u2"}');
  await wait(500);
  expect(store.comments.map((one) => one.id)).toEqual(["c9"]);
  expect(store.draft).toBe(draft);
});

test("what is said about another deliverable is not asked for", async () => {
  await open();
  server.asked = [];
  receive('{"v":"comment.added","d":"d2","s":"c9"}');
  await wait(500);
  expect(server.asked).toEqual([]);
});

test("what was heard while the network was away is read when it is back", async () => {
  const store = await open();
  server.comments.push(commentOf({ id: "c9" }));
  server.isOff = true;
  receive('{"v":"comment.added","d":"d1","s":"c9","a":"u2"}');
  await wait(1_000);
  expect(store.comments).toEqual([]);
  server.isOff = false;
  window.dispatchEvent(new Event("online"));
  await wait(500);
  expect(store.comments.map((one) => one.id)).toEqual(["c9"]);
});

test("an older answer does not undo a newer state", async () => {
  const old = commentOf({ id: "c1" });
  const store = await open({ comments: [old] });
  store.took({ ...old, note: { ...old.note!, version: 3, state: "verified" } });
  store.took({ ...old, note: { ...old.note!, version: 2, state: "addressed" } });
  expect(store.comments[0]?.note?.state).toBe("verified");
});

test("a list that was asked for before one's own comment was there keeps it", async () => {
  const store = await open();
  server.slow = 50;
  receive('{"v":"comment.added","d":"d1","s":"unknown","many":true}');
  await wait(130);
  store.took(commentOf({ id: "mine", text: "Mine" }));
  await wait(500);
  expect(store.comments.map((one) => one.id)).toEqual(["mine"]);
});

test("a comment that is gone is gone with its answers", async () => {
  const head = commentOf({ id: "c1" });
  const store = await open({ comments: [head, commentOf({ id: "c2", parent: "c1", note: null })] });
  store.select("c2");
  receive('{"v":"comment.changed","d":"d1","s":"c1"}');
  await wait(500);
  expect(store.comments).toEqual([]);
  expect(store.selected).toBe(null);
});

test("answering puts what one was writing aside, and offers it", async () => {
  const head = commentOf({ id: "c1", audience: "internal" });
  const store = await open({ comments: [head] });
  store.write({ text: "Half a thought" });
  store.answer(head);
  await wait(1);
  expect(store.draft.parent).toBe("c1");
  expect(store.waiting.map((one) => one.text)).toEqual(["Half a thought"]);
  store.write({ text: "Yes" });
  store.send();
  await wait(1);
  expect(server.bodies.at(-1)).toEqual({ sent_as: expect.any(String), text: "Yes", audience: "internal", kind: "action", is_must_fix: false, mentions: [], parent: "c1" });
});

test("saying something anew is a change of it", async () => {
  const own = commentOf({ id: "c1", text: "Tpyo", may: ["change"], version: 4 });
  server.comments.push(own);
  const store = await open({ comments: [own] });
  store.change(own);
  store.write({ text: "Typo" });
  store.send();
  await wait(1);
  expect(server.bodies.at(-1)).toMatchObject({ version: 4, text: "Typo" });
  expect(store.comments.map((one) => one.text)).toEqual(["Typo"]);
});

test("the audience that was chosen last is the next one's", async () => {
  const store = await open();
  store.write({ audience: "client", text: "For them" });
  store.send();
  expect(store.draft.audience).toBe("client");
});

test("a draft that is thrown away is thrown away on the server as well", async () => {
  const store = await open();
  store.write({ text: "No" });
  await wait(1_000);
  store.discard();
  await wait(1_000);
  expect(server.draft).toBe(null);
  expect(Object.keys(localStorage)).toEqual([]);
});
