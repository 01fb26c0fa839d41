import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { mountDrawing } from "./drawing";
import { markOf } from "./marks_fixture";
import { RoomStore } from "./store";
import { commentOf, fileOf, propsOf, ServerStandIn } from "./store_fixture";
import type { Place, Surface } from "./types";

let place: Place;
let store: RoomStore;
let picture: HTMLElement;
let paused = 0;
let moved: () => void;
let end: () => void;

const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  paused = 0;
  place = { file: "f1" };
  vi.stubGlobal("fetch", new ServerStandIn().fetch);
  document.body.innerHTML = '<div class="view"><div class="view-picture"></div></div>';
  picture = document.querySelector(".view-picture")!;
  picture.getBoundingClientRect = () => ({ left: 100, top: 100, width: 800, height: 450 }) as DOMRect;
});
afterEach(() => end?.());

async function mount(more: Parameters<typeof propsOf>[0] = {}): Promise<void> {
  store = new RoomStore(propsOf({ files: [fileOf(), fileOf({ id: "film", kind: "video", frames: 100 })], ...more }));
  const surface: Surface = {
    picture, size: { width: 1_600, height: 900 }, place: () => place, go: () => Promise.resolve(), destroy: () => undefined,
    onMove: (listener) => ((moved = listener), () => undefined), pause: () => (paused += 1),
  };
  end = mountDrawing(surface, store);
  await frame();
}

const paper = (): SVGElement => document.querySelector(".marks")!;

function pointer(name: string, x: number, y: number, more: PointerEventInit = {}): void {
  const event = new PointerEvent(name, { clientX: x, clientY: y, button: 0, pointerId: 1, isPrimary: true, bubbles: true, pressure: 0.5, ...more });
  (paper() as unknown as { setPointerCapture: () => void }).setPointerCapture = () => undefined;
  paper().dispatchEvent(event);
}

async function drag(from: [number, number], to: [number, number], more: PointerEventInit = {}): Promise<void> {
  pointer("pointerdown", ...from, more);
  pointer("pointermove", ...to, more);
  pointer("pointerup", ...to, more);
  await frame();
}

test("a rectangle is drawn from one corner to the other, in fractions of the picture", async () => {
  await mount();
  store.take("rect");
  await drag([180, 145], [500, 325]);
  expect(store.draft.marks.map((mark) => [mark.kind, mark.geometry.points])).toEqual([["rect", [[0.1, 0.1], [0.5, 0.5]]]]);
  expect(paper().getAttribute("viewBox")).toBe("0 0 1600 900");
  expect(document.querySelectorAll(".marks-own [data-mark]").length).toBe(1);
});

test("Shift makes it a square", async () => {
  await mount();
  store.take("rect");
  await drag([100, 100], [200, 120], { shiftKey: true });
  expect(store.draft.marks[0]?.geometry.points[1]).toEqual([0.125, 0.22222]);
});

test("a stroke keeps the points of the hand, and its pressure when a pen gives one", async () => {
  await mount();
  store.take("pen");
  pointer("pointerdown", 200, 200, { pointerType: "pen", pressure: 0.2 });
  pointer("pointermove", 300, 250, { pointerType: "pen", pressure: 0.9 });
  pointer("pointermove", 400, 200, { pointerType: "pen", pressure: 0.4 });
  await frame();
  expect(document.querySelector(".marks > g:last-child > path")?.getAttribute("d")).toMatch(/^M/);
  pointer("pointerup", 400, 200);
  await frame();
  const [mark] = store.draft.marks;
  expect(mark?.geometry).toEqual({ points: [[0.125, 0.22222], [0.25, 0.33333], [0.375, 0.22222]], pressures: [0.2, 0.9, 0.4] });
});

test("drawing pauses a film and opens a draft at this frame", async () => {
  place = { file: "film", frame_in: 12 };
  await mount();
  store.take("arrow");
  await drag([200, 200], [300, 300]);
  expect(paused).toBe(1);
  expect(store.draft).toMatchObject({ file: "film", frame_in: 12 });
});

test("a click with a shape draws nothing; with a pin it sets one", async () => {
  await mount();
  store.take("ellipse");
  await drag([200, 200], [201, 201]);
  expect(store.draft.marks).toEqual([]);
  store.take("pin");
  await drag([200, 200], [200, 200]);
  expect(store.draft.region).toEqual({ x: 0.125, y: 0.22222, w: 0, h: 0 });
});

test("a second finger takes the drawing away", async () => {
  await mount();
  store.take("pen");
  pointer("pointerdown", 200, 200, { pointerType: "touch" });
  pointer("pointermove", 300, 200, { pointerType: "touch" });
  paper().dispatchEvent(new PointerEvent("lostpointercapture", { pointerId: 1 }));
  await frame();
  expect(store.draft.marks).toEqual([]);
});

test("the eraser takes what it touches, and undo brings it back", async () => {
  await mount();
  store.take("line");
  await drag([200, 200], [400, 200]);
  store.take("eraser");
  await drag([300, 150], [300, 200]);
  expect(store.draft.marks).toEqual([]);
  document.querySelector<HTMLElement>('[aria-label="Undo"]')!.click();
  expect(store.draft.marks.length).toBe(1);
});

test("what is selected is moved", async () => {
  await mount();
  store.take("rect");
  await drag([180, 145], [340, 190]);
  store.take("select");
  await drag([180, 160], [260, 160]);
  expect(store.draft.marks[0]?.geometry.points).toEqual([[0.2, 0.1], [0.4, 0.2]]);
  expect(document.querySelector<HTMLElement>(".draw-box")?.hidden).toBe(false);
});

test("the marks of the chosen comment and the pins of all are shown, on this page only", async () => {
  const here = { file: "f1", region: { x: 0.1, y: 0.2, w: 0.2, h: 0.2 } };
  const marks = [markOf("rect", [[0.1, 0.2], [0.3, 0.4]])];
  await mount({ comments: [commentOf({ id: "a", ...here, marks }), commentOf({ id: "b", ...here }), commentOf({ id: "c", ...here, file: "film" })] });
  const pins = (): (string | undefined)[] => [...document.querySelectorAll<HTMLElement>("[data-pin]")].map((pin) => pin.dataset.pin);
  expect(pins()).toEqual(["a", "b"]);
  expect(document.querySelectorAll("[data-mark]").length).toBe(0);
  document.querySelector<HTMLElement>('[data-pin="a"]')!.click();
  await frame();
  expect(store.selected).toBe("a");
  expect(document.querySelectorAll("[data-mark]").length).toBe(1);
});

test("on a film marks are of their frame, pins are near it", async () => {
  place = { file: "film", frame_in: 50 };
  const at = { file: "film", frame_in: 50, frame_out: 52, region: { x: 0.1, y: 0.2, w: 0.2, h: 0.2 } };
  await mount({ comments: [commentOf({ id: "a", ...at, marks: [markOf("rect", [[0, 0], [1, 1]], { frame: 51 })] })] });
  store.select("a");
  const marks = async (frame_in: number): Promise<number[]> => {
    place = { file: "film", frame_in };
    moved();
    await frame();
    return [document.querySelectorAll("[data-mark]").length, document.querySelectorAll("[data-pin]").length];
  };
  expect(await marks(50)).toEqual([0, 1]);
  expect(await marks(51)).toEqual([1, 1]);
  expect(await marks(64)).toEqual([0, 1]);
  expect(await marks(65)).toEqual([0, 0]);
});

test("who may not write here has no tools", async () => {
  await mount({ round: { id: "r1", round: 1, is_latest: false, is_locked: false } });
  expect(document.querySelector(".toolbox")).toBe(null);
});

test("nothing is left when the file changes, and the tool is put down", async () => {
  await mount();
  store.take("pen");
  end();
  expect(document.querySelector(".drawing, .toolbox")).toBe(null);
  expect(store.tool).toBe("select");
});
