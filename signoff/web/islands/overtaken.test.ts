import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { remember, sayOvertaken } from "./overtaken";

const heard: string[] = [];
const answers = (name: string, xhr: object, verb = "get"): boolean =>
  document.body.dispatchEvent(new CustomEvent(name, { detail: { xhr, requestConfig: { verb } } }));

beforeAll(() => {
  sayOvertaken();
  for (const name of ["changed.d1", "changed.d2"]) document.body.addEventListener(name, () => heard.push(name));
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "performance"] });
  heard.length = 0;
});

function after(ms: number, act: () => void): void {
  vi.advanceTimersByTime(ms);
  act();
}

test("what came while an answer was on its way is said again, once, when it is there", () => {
  const [early, late] = [{}, {}];
  after(10, () => remember("changed.d2", null));
  after(10, () => answers("htmx:beforeSend", early));
  after(10, () => remember("changed.d1", null));
  after(10, () => remember("changed.d1", null));
  after(10, () => answers("htmx:afterRequest", early));
  after(10, () => remember("changed.d1", null)); // what has come does not listen yet
  expect(heard).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(heard).toEqual(["changed.d1"]);

  after(10, () => answers("htmx:beforeSend", late));
  after(10, () => answers("htmx:afterRequest", late));
  vi.advanceTimersByTime(100);
  expect(heard).toEqual(["changed.d1"]);
});

test("an answer to one's own change knows of it", () => {
  const own = {};
  after(10, () => answers("htmx:beforeSend", own, "post"));
  after(10, () => remember("changed.d1", null));
  after(10, () => answers("htmx:afterRequest", own, "post"));
  vi.advanceTimersByTime(100);
  expect(heard).toEqual([]);
});
