import { beforeEach, expect, test, vi } from "vitest";
import { Desk, marksFrom, MOST_MARKS } from "./draw_desk";
import { markOf } from "./marks_fixture";
import { RoomStore } from "./store";
import { fileOf, propsOf, ServerStandIn } from "./store_fixture";
import type { Place, Surface } from "./types";

let place: Place;
let store: RoomStore;
let desk: Desk;

function surface(): Surface {
  return {
    picture: document.createElement("div"), size: { width: 1_600, height: 900 }, place: () => place, go: () => Promise.resolve(),
    onMove: () => () => undefined, pause: () => undefined, destroy: () => undefined,
  };
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  vi.stubGlobal("fetch", new ServerStandIn().fetch);
  place = { file: "f1" };
  store = new RoomStore(propsOf({ files: [fileOf(), fileOf({ id: "f2", kind: "video", frames: 100 })] }));
  desk = new Desk(store, surface());
});

const rect = (): ReturnType<typeof markOf> => desk.make("rect", [[0.2, 0.2], [0.4, 0.5]]);

test("what is drawn stands in the draft, at this place and with its region", () => {
  desk.add([rect()]);
  expect(store.draft).toMatchObject({ file: "f1", page: null, region: { x: 0.2, y: 0.2, w: 0.2, h: 0.3 } });
  expect(store.draft.marks.map((mark) => [mark.kind, mark.frame])).toEqual([["rect", null]]);
});

test("what is begun on one frame is a note on that one, also when the film comes to another meanwhile", () => {
  place = { file: "f2", frame_in: 0 };
  const mark = rect();
  place = { file: "f2", frame_in: 37 };
  desk.add([mark]);
  expect([store.draft.frame_in, store.draft.frame_out, store.draft.marks[0]?.frame]).toEqual([0, null, 0]);
});

test("on a film a mark is of one frame, and drawing on another one makes a range of it", () => {
  place = { file: "f2", frame_in: 40 };
  desk.add([rect()]);
  expect([store.draft.frame_in, store.draft.frame_out]).toEqual([40, null]);
  place = { file: "f2", frame_in: 20 };
  expect(desk.marks).toEqual([]);
  desk.add([rect()]);
  expect([store.draft.frame_in, store.draft.frame_out]).toEqual([20, 40]);
  expect(desk.marks.map((mark) => mark.frame)).toEqual([20]);
});

test("a range that was chosen before stays", () => {
  place = { file: "f2", frame_in: 40 };
  store.write({ file: "f2", frame_in: 30, frame_out: 60 });
  desk.add([rect()]);
  expect([store.draft.frame_in, store.draft.frame_out]).toEqual([30, 60]);
});

test("going to another frame keeps what was drawn", () => {
  place = { file: "f2", frame_in: 40 };
  desk.add([rect()]);
  place = { file: "f2", frame_in: 41 };
  expect(desk.marks).toEqual([]);
  place = { file: "f2", frame_in: 40 };
  expect(desk.marks.length).toBe(1);
});

test("drawing on another file begins another note, and the first one waits", async () => {
  desk.add([rect()]);
  place = { file: "f2", frame_in: 3 };
  desk.add([rect()]);
  await new Promise((resolve) => setTimeout(resolve));
  expect(store.draft).toMatchObject({ file: "f2", frame_in: 3 });
  expect(store.waiting.map((one) => one.file)).toEqual(["f1"]);
});

test("words that were written first get the place where one draws", () => {
  store.write({ text: "Here" });
  desk.add([rect()]);
  expect(store.draft).toMatchObject({ text: "Here", file: "f1" });
  expect(store.waiting).toEqual([]);
});

test("each step is undone and done again", () => {
  desk.add([rect()]);
  desk.add([rect()]);
  expect(desk.undo()).toBe(true);
  expect(store.draft.marks.length).toBe(1);
  expect(desk.undo()).toBe(true);
  expect([store.draft.marks, store.draft.region]).toEqual([[], null]);
  expect(desk.undo()).toBe(false);
  desk.redo();
  desk.redo();
  expect(store.draft.marks.length).toBe(2);
  expect(desk.redo()).toBe(false);
});

test("after something new there is nothing to do again", () => {
  desk.add([rect()]);
  desk.undo();
  desk.add([rect()]);
  expect(desk.canRedo).toBe(false);
});

test("what was sent is not undone", () => {
  desk.add([rect()]);
  store.send();
  expect(desk.canUndo).toBe(false);
  expect(desk.undo()).toBe(false);
});

test("marks are copied to another frame, at the same place of the picture", () => {
  place = { file: "f2", frame_in: 10 };
  const made = rect();
  desk.add([made]);
  desk.pick([made.id]);
  const copied = marksFrom(JSON.stringify(desk.copied()));
  place = { file: "f2", frame_in: 12 };
  desk.paste(copied);
  expect(desk.marks.map((mark) => [mark.frame, mark.geometry.points])).toEqual([[12, made.geometry.points]]);
  expect(desk.marks[0]?.id).not.toBe(made.id);
});

test("on the same frame a copy lies beside", () => {
  const made = rect();
  desk.add([made]);
  desk.pick([made.id]);
  desk.paste(desk.copied());
  expect(desk.marks[1]?.geometry.points).toEqual([[0.22, 0.22], [0.42, 0.52]]);
});

test.each(["", "no json", "{}", '[{"kind":"rect"}]', '[{"id":"a","kind":"script","geometry":{"points":[[0,0]]},"style":{"colour":"red","width":1}}]',
  '[{"id":"a","kind":"pin","geometry":{"points":[[null,0]]},"style":{"colour":"red","width":1}}]'])("a clipboard with something else pastes nothing: %s", (said) => {
  expect(marksFrom(said)).toEqual([]);
});

test("a note has a limit of marks", () => {
  desk.add(Array.from({ length: MOST_MARKS }, rect));
  desk.add([rect()]);
  expect(store.draft.marks.length).toBe(MOST_MARKS);
});

test("pins are numbered", () => {
  desk.add([desk.make("pin", [[0.1, 0.1]])]);
  desk.add([desk.make("pin", [[0.2, 0.2]])]);
  expect(store.draft.marks.map((mark) => mark.geometry.number)).toEqual([1, 2]);
});
