import { beforeEach, expect, test, vi } from "vitest";
import { region, toast, undoLast, watchToasts } from "./toast";

const titles = (): string[] => [...document.querySelectorAll(".toast-item b")].map((one) => one.textContent);

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = '<div id="toasts"></div>';
});

test("leaves after a while, but stays while somebody points at it", () => {
  const item = toast({ title: "Saved", tone: "ok" });
  item.dispatchEvent(new Event("pointerenter"));
  vi.advanceTimersByTime(60_000);
  expect(titles()).toEqual(["Saved"]);
  item.dispatchEvent(new Event("pointerleave"));
  vi.advanceTimersByTime(60_000);
  expect(titles()).toEqual([]);
});

test("errors stay and are announced as alerts", () => {
  const item = toast({ title: "Not saved", tone: "error" });
  vi.advanceTimersByTime(600_000);
  expect(item.getAttribute("role")).toBe("alert");
  expect(titles()).toEqual(["Not saved"]);
});

test("four at most: the oldest goes, an error last", () => {
  toast({ title: "error", tone: "error" });
  for (const title of ["1", "2", "3", "4"]) toast({ title });
  expect(titles()).toEqual(["error", "2", "3", "4"]);
});

test("undoes the newest first, each once", () => {
  const undone: string[] = [];
  toast({ title: "first", undo: () => undone.push("first") });
  toast({ title: "second", undo: () => undone.push("second") });
  expect([undoLast(), undoLast(), undoLast()]).toEqual([true, true, false]);
  expect(undone).toEqual(["second", "first"]);
});

test("text is text, whatever it looks like", () => {
  toast({ title: "<img src=x>", text: "<script>" });
  expect(region().querySelector("img, script")).toBeNull();
  expect(titles()).toEqual(["<img src=x>"]);
});

test("a toast from the server gets its time and its close button", async () => {
  vi.useRealTimers();
  watchToasts();
  region().insertAdjacentHTML("beforeend", '<div class="toast-item" role="alert"><b>Refused</b></div>');
  await new Promise((resolve) => setTimeout(resolve, 10));
  document.querySelector<HTMLButtonElement>(".toast-close")?.click();
  expect(titles()).toEqual([]);
});
