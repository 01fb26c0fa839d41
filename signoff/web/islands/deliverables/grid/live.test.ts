import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { gridData } from "./fixture";
import { Live } from "./live";
import type { Loader } from "./load";
import { Sheet } from "./model";

const asked: string[] = [];
const took: string[][] = [];
let sheet: Sheet;

function say(verb: string, detail: Record<string, unknown>): Promise<unknown> {
  document.body.dispatchEvent(new CustomEvent(verb, { detail: { many: false, ...detail } }));
  return vi.advanceTimersByTimeAsync(100);
}

/** The grid as the server has it: one row has got another cover. */
function later(): ReturnType<typeof gridData> {
  const data = gridData();
  data.rows[1]![data.columns.indexOf("cover")] = "new";
  return data;
}

beforeEach(() => {
  vi.useFakeTimers();
  document.body.replaceWith(document.createElement("body")); // with the ears of the test before
  asked.length = took.length = 0;
  sheet = new Sheet();
  sheet.replace(gridData());
  const row = (id: string): Promise<unknown> => (asked.push(id), Promise.resolve({ ...later(), rows: later().rows.filter(([one]) => one === id) }));
  const whole = (): Promise<unknown> => (asked.push("all"), Promise.resolve(later()));
  new Live({
    project: "p",
    sheet,
    loader: { row, whole } as unknown as Loader,
    isHeld: () => false,
    isBusy: () => false,
    took: (changed) => took.push([...changed]),
  });
});
afterEach(() => vi.useRealTimers());

test("a thumbnail that is made brings its row anew, and the row differs", async () => {
  await say("file.progress", { project: "p", deliverable: "b" });
  expect([asked, took, sheet.byId.get("b")?.cover]).toEqual([["b"], [["b"]], "new"]);
});

test("what is said of other projects is not ours", async () => {
  await say("file.rendered", { project: "other", deliverable: "b" });
  expect(asked).toEqual([]);
});

test("one message for many changes brings the whole", async () => {
  await say("deliverable.changed", { project: "p", deliverable: null, many: true });
  expect([asked, took]).toEqual([["all"], [["b"]]]);
});
