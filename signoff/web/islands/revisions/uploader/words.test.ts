import { expect, test } from "vitest";
import { fingerprintOf, itemLeft, newItem, type Item } from "./item";
import { missing, range } from "./parts";
import { Speed } from "./speed";
import { wordsOf } from "./tray";
import { delayOf, verdictOf, whyWaiting } from "./trouble";
import { ApiError } from "../../api";
import { arrived, left, percent, size, stateOf } from "./words";

const upload = { id: "1", name: "hero.tif", size: 100, received: 42, is_finished: false, fingerprint: "", method: "tus" as const, address: "", part_size: 0 };

test.each([[0, "0 B"], [999, "999 B"], [12_345, "12 kB"], [4_200_000, "4.2 MB"], [999_700_000, "1.0 GB"], [5_368_709_120, "5.4 GB"]])("%i bytes are %s", (bytes, words) => {
  expect(size(bytes)).toBe(words);
});

test.each([[100, 0, ""], [100, 100, "a few seconds left"], [1000, 30, "35 s left"], [60_000, 100, "10 min left"], [20_000_000, 1000, "6 h left"]])("%i bytes at %i a second: %s", (bytes, rate, words) => {
  expect(left(bytes, rate)).toBe(words);
});

test.each([[0, 0, 0], [0, 10, 0], [999, 1000, 99], [9999, 10_000, 99], [1000, 1000, 100]])("%i of %i is %i percent: all of it or not a hundred", (sent, all, whole) => {
  expect(percent(sent, all)).toBe(whole);
});

test.each([[0, 1, "0 of 1 file is here"], [1, 3, "1 of 3 files are here"], [1, 1, "The file is here"], [3, 3, "All 3 files are here"]])("%i of %i", (here, all, words) => {
  expect(arrived(here, all)).toBe(words);
});

test("the rate is that of the last seconds", () => {
  const speed = new Speed();
  speed.push(0, 0);
  expect(speed.rate(0)).toBe(0);
  speed.push(1000, 1000);
  expect(speed.rate(1000)).toBe(1000);
  for (let second = 2; second <= 12; second += 1) speed.push(1000 + (second - 1) * 100, second * 1000);
  expect(Math.round(speed.rate(12_000))).toBe(100);
  expect(speed.rate(30_000)).toBe(0);
});

test("fewer bytes than before begin a new measure", () => {
  const speed = new Speed();
  speed.push(5000, 0);
  speed.push(0, 1000);
  speed.push(500, 2000);
  expect(speed.rate(2000)).toBe(500);
});

test("tries come later and later, up to half a minute", () => {
  expect([1, 2, 3, 7, 99].map((tries) => delayOf(tries, 0.5))).toEqual([500, 1000, 2000, 30_000, 30_000]);
  expect([delayOf(1, 0), delayOf(1, 1)]).toEqual([400, 600]);
});

test.each([
  [0, "offline", "again"], [423, "bytes", "again"], [409, "bytes", "again"], [503, "storage_unavailable", "again"], [500, "bytes", "again"], [460, "bytes", "again"],
  [410, "bytes", "anew"], [404, "upload_gone", "anew"], [507, "bytes", "full"], [503, "storage_full", "full"],
  [409, "deliverable_stopped", "refused"], [422, "file_too_large", "refused"], [403, "not_allowed", "refused"], [404, "not_found", "refused"], [413, "bytes", "refused"],
])("%i %s: %s", (status, code, verdict) => {
  expect(verdictOf(new ApiError(status, code, ""))).toBe(verdict);
});

test("a file that cannot be read is refused", () => {
  expect(verdictOf(new DOMException("", "NotReadableError"))).toBe("refused");
});

test("an item says where it stands", () => {
  expect(stateOf(itemLeft(upload), 0)).toBe("42 % is here. Choose the file again, only the rest is sent");
  expect(stateOf({ ...newItem(new File(["x"], "a")), state: "sending", sent: 50, size: 100 }, 10)).toBe("50 % · 10 B/s · 5 s left");
  expect(stateOf({ ...itemLeft(upload), state: "stuck", words: whyWaiting(null) }, 0)).toBe("Waiting for the network; it goes on by itself");
});

test("a fingerprint is the same for the same file and fits", () => {
  const file = { name: "n".repeat(400), size: 2 ** 40, lastModified: 1_700_000_000_000 };
  expect(fingerprintOf(file)).toBe(fingerprintOf({ ...file }));
  expect(fingerprintOf(file)).not.toBe(fingerprintOf({ ...file, lastModified: 1 }));
  expect(fingerprintOf(file).length).toBeLessThanOrEqual(300);
});

test("parts that are there are not sent again; the last one is shorter", () => {
  const direct = { ...upload, size: 25, part_size: 10, method: "parts" as const };
  expect(missing(direct, new Set())).toEqual([1, 2, 3]);
  expect(missing(direct, new Set([2]))).toEqual([1, 3]);
  expect([range(direct, 1), range(direct, 3)]).toEqual([[0, 10], [20, 25]]);
});

test("the tray says what matters most", () => {
  const sending: Item = { ...itemLeft(upload), state: "sending", name: "a.mov" };
  const sum = { sent: 42, size: 100, rate: 10, here: 0 };
  expect(wordsOf([sending], sum, false, 5)).toEqual({ title: "0 of 1 file is here", text: "42 % · 10 s left", tone: "" });
  expect(wordsOf([sending], sum, true, 5).title).toBe("Round 5 is made as soon as the files are here");
  expect(wordsOf([sending, { ...sending, state: "failed" }], sum, false, 5)).toMatchObject({ title: "a.mov did not get through", tone: "danger" });
  expect(wordsOf([{ ...sending, state: "stuck", words: whyWaiting(null) }], sum, false, 5)).toMatchObject({ title: "Waiting for the network", tone: "warn" });
  expect(wordsOf([itemLeft(upload)], sum, false, 5)).toEqual({ title: "1 file of a round that was not finished", text: "hero.tif 42 %", tone: "warn" });
});
