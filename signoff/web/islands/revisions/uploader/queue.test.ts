import { beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "../../api";
import type { Item, Upload } from "./item";
import { Queue, type Door } from "./queue";

/** A server that does what the test says, when it says it. */
class Server implements Door {
  readonly begun: string[] = [];
  readonly dropped: string[] = [];
  readonly going = new Map<string, { hear: (sent: number) => void; arrive: () => void; fail: (error: unknown) => void }>();
  readonly stopped: string[] = [];
  refusal: unknown = null;
  received = 0;

  check(file: File): Promise<void> {
    return file.name.startsWith("gone") ? Promise.reject(new DOMException("", "NotReadableError")) : Promise.resolve();
  }

  begin(item: Item): Promise<Upload> {
    this.begun.push(item.name);
    if (this.refusal) return Promise.reject(this.refusal as Error);
    return Promise.resolve(upload(item.name, this.received, item.fingerprint));
  }

  send(_file: File, one: Upload, hear: (sent: number) => void): { done: Promise<void>; stop: () => void } {
    const done = new Promise<void>((arrive, fail) => this.going.set(one.name, { hear, arrive, fail }));
    return { done, stop: () => this.stopped.push(one.name) };
  }

  drop(one: Upload): Promise<void> {
    this.dropped.push(one.name);
    return Promise.resolve();
  }
}

function upload(name: string, received = 0, fingerprint = ""): Upload {
  return { id: `id-${name}`, name, size: 100, received, is_finished: received === 100, fingerprint, method: "tus", address: "", part_size: 0 };
}

function file(name: string, size = 100, lastModified = 1): File {
  return new File([new Uint8Array(size)], name, { lastModified });
}

let server: Server;
let queue: Queue;
let time = 0;

beforeEach(() => {
  vi.useFakeTimers();
  time = 0;
  server = new Server();
  queue = new Queue(server, () => undefined, 1000, () => time);
});

const settled = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
const states = (): string[] => queue.items.map((item) => item.state);
const item = (name: string): Item => queue.items.find((one) => one.name === name) as Item;

test("what was left comes back in the order it had", () => {
  queue.restore([upload("b", 100, "B"), upload("new", 0, "N"), upload("a", 10, "A")], ["A", "gone", "B"]);
  expect(queue.items.map((one) => one.name)).toEqual(["a", "b", "new"]);
});

test("two go at a time, the next when one is there", async () => {
  queue.add([file("a"), file("b"), file("c")]);
  await settled();
  expect(states()).toEqual(["sending", "sending", "waiting"]);
  server.going.get("a")?.arrive();
  await settled();
  expect(states()).toEqual(["here", "sending", "sending"]);
  expect(queue.sum).toMatchObject({ here: 1, sent: 100, size: 300 });
});

test("a file that is in the list already is not taken twice", async () => {
  expect(queue.add([file("a"), file("a")])).toBe(1);
  expect(queue.add([file("a"), file("b")])).toBe(1);
  await settled();
  expect(server.begun).toEqual(["a", "b"]);
});

test("what the server has whole already is not sent again", async () => {
  server.received = 100;
  queue.add([file("a")]);
  await settled();
  expect(states()).toEqual(["here"]);
  expect(server.going.size).toBe(0);
});

test("a pause stops the bytes and frees the place; what was sent counts", async () => {
  queue.add([file("a"), file("b"), file("c")]);
  await settled();
  server.going.get("a")?.hear(40);
  queue.pause(item("a"));
  await settled();
  expect(states()).toEqual(["paused", "sending", "sending"]);
  expect([item("a").sent, server.stopped]).toEqual([40, ["a"]]);
  queue.goOn(item("a"));
  expect(item("a").state).toBe("waiting");
  server.going.get("b")?.arrive();
  await settled();
  expect([item("a").state, server.begun.filter((name) => name === "a")]).toEqual(["sending", ["a"]]);
});

test("what comes after a pause is not heard", async () => {
  queue.add([file("a")]);
  await settled();
  const before = server.going.get("a");
  queue.pause(item("a"));
  before?.hear(90);
  before?.arrive();
  await settled();
  expect([item("a").state, item("a").sent]).toEqual(["paused", 0]);
});

test("a failed try waits and goes on by itself, without end", async () => {
  queue.add([file("a")]);
  await settled();
  for (let tries = 0; tries < 12; tries += 1) {
    server.going.get("a")?.fail(new ApiError(0, "bytes", ""));
    await settled();
    expect(states()).toEqual(["stuck"]);
    await vi.advanceTimersByTimeAsync(40_000);
    expect(states()).toEqual(["sending"]);
  }
});

test("without a network nothing is tried; it goes on the moment the network is back", async () => {
  queue.add([file("a")]);
  await settled();
  queue.offline();
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(states()).toEqual(["stuck"]);
  queue.online();
  await settled();
  expect(states()).toEqual(["sending"]);
});

test("who waits keeps its place, and the rest goes on beside it", async () => {
  queue.add([file("a"), file("b"), file("c")]);
  await settled();
  server.going.get("a")?.fail(new ApiError(503, "bytes", ""));
  server.going.get("b")?.arrive();
  await settled();
  expect(states()).toEqual(["stuck", "here", "sending"]);
});

test("an upload that is over is begun anew once, and then told of", async () => {
  queue.add([file("a")]);
  await settled();
  server.going.get("a")?.fail(new ApiError(410, "bytes", "It is over."));
  await settled();
  expect([states(), server.begun]).toEqual([["sending"], ["a", "a"]]);
  server.going.get("a")?.fail(new ApiError(410, "bytes", "It is over."));
  await settled();
  expect([states(), item("a").words]).toEqual([["failed"], "It is over."]);
});

test("a full disk rests until somebody goes on", async () => {
  queue.add([file("a")]);
  await settled();
  server.going.get("a")?.fail(new ApiError(507, "bytes", "The disk is full."));
  await vi.advanceTimersByTimeAsync(600_000);
  expect([states(), item("a").words]).toEqual([["paused"], "The disk is full."]);
  queue.goOn(item("a"));
  await settled();
  expect([states(), item("a").words]).toEqual([["sending"], ""]);
});

test("a refusal stands at its file; the others go on", async () => {
  server.refusal = new ApiError(422, "empty_file", "This file is empty.");
  queue.add([file("a")]);
  await settled();
  server.refusal = null;
  queue.add([file("b")]);
  await settled();
  expect(states()).toEqual(["failed", "sending"]);
  expect([item("a").words, item("a").mayRetry]).toEqual(["This file is empty.", false]);
});

test("what is empty or too large is refused before anybody is asked", async () => {
  queue.add([file("empty", 0), file("huge", 1001), file("a")]);
  await settled();
  expect(queue.items.map((one) => [one.state, one.mayRetry, one.words])).toEqual([
    ["failed", false, "This file is empty (0 bytes). Export it again, then upload it."],
    ["failed", false, "This file is larger than the 1 kB that may be uploaded."],
    ["sending", true, ""],
  ]);
  expect(server.begun).toEqual(["a"]);
});

test("a file that cannot be read any more is asked for again", async () => {
  queue.add([file("gone")]);
  await settled();
  expect([states(), item("gone").file]).toEqual([["left"], null]);
});

test("after a reload the same file goes on with its upload", async () => {
  const hero = file("hero");
  queue.restore([upload("hero", 42, `100-1-hero`), upload("done", 100)]);
  expect(states()).toEqual(["left", "here"]);
  expect(queue.isRunning).toBe(false);
  expect(queue.add([hero])).toBe(1);
  await settled();
  expect([queue.items.length, item("hero").state, item("hero").sent]).toEqual([2, "sending", 42]);
  expect(server.begun).toEqual([]);
});

test("another file in its place is sent from its first byte, and the old upload taken away", async () => {
  queue.restore([upload("hero", 42, "100-1-hero")]);
  queue.choose(item("hero"), file("hero", 100, 2));
  await settled();
  expect([queue.items.length, item("hero").sent, server.begun, server.dropped]).toEqual([1, 0, ["hero"], ["hero"]]);
});

test("what is taken away while it is announced is dropped when it comes", async () => {
  queue.add([file("a")]);
  queue.remove(item("a"));
  await settled();
  expect([queue.items, server.dropped, server.going.size]).toEqual([[], ["a"], 0]);
});

test("files stand in the order they were moved to", () => {
  queue.add([file("a"), file("b"), file("c")]);
  queue.move(item("c"), -1);
  queue.move(item("a"), -1);
  expect(queue.items.map((one) => one.name)).toEqual(["a", "c", "b"]);
  queue.order(queue.items.map((one) => one.key).reverse());
  expect(queue.items.map((one) => one.name)).toEqual(["b", "c", "a"]);
});

test("a line that is cut without a word is tried again after a minute", async () => {
  queue.add([file("a")]);
  await settled();
  time = 59_000;
  queue.watch();
  expect(states()).toEqual(["sending"]);
  time = 61_000;
  queue.watch();
  expect([states(), server.stopped]).toEqual([["stuck"], ["a"]]);
});

test("what the server does not have whole after all is sent", async () => {
  server.received = 100;
  queue.add([file("a")]);
  await settled();
  queue.reopen(item("a"));
  await settled();
  expect(states()).toEqual(["sending"]);
});
