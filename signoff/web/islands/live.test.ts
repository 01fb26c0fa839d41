import { beforeEach, expect, test } from "vitest";
import { receive, type LiveDetail } from "./live";

const heard: [string, LiveDetail][] = [];
const hear = (event: Event): void => void heard.push([event.type, (event as CustomEvent<LiveDetail>).detail]);

beforeEach(() => {
  heard.length = 0;
  for (const name of ["stage.approved", "changed.p1", "changed.d1", "changed.s1"]) {
    document.body.removeEventListener(name, hear);
    document.body.addEventListener(name, hear);
  }
});

test("a message is an event named by its verb, and one for each thing it touches", () => {
  receive('{"v":"stage.approved","p":"p1","d":"d1","s":"s1","a":"u1","u":null,"b":7}');
  expect(heard.map(([name]) => name)).toEqual(["stage.approved", "changed.p1", "changed.d1", "changed.s1"]);
  expect(heard[0]?.[1]).toEqual({
    live: true, verb: "stage.approved", project: "p1", deliverable: "d1", subject: "s1", actor: "u1", many: false, beat: 7,
  });
});

test("a thing that is its own subject changes once", () => {
  receive('{"v":"deliverable.changed","p":null,"d":"d1","s":"d1"}');
  expect(heard.map(([name]) => name)).toEqual(["changed.d1"]);
});

test.each(["", "no json", "null", "[]", '{"p":"p1"}'])("ignores what is no message: %s", (data) => {
  receive(data);
  expect(heard).toEqual([]);
});
