import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { inWords, listenToWaiting } from "./waiting";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a time is said as the server says it", () => {
  expect([1, 59, 60, 61, 240].map(inWords)).toEqual(["1 second", "59 seconds", "1 minute", "2 minutes", "4 minutes"]);
});

test("a note counts down and says when it is over", () => {
  document.body.innerHTML =
    '<p data-wait="61" data-over="You can try again now."><span>Too many tries. Try again in 2 minutes.</span></p>';
  const said = (): string => document.querySelector("span")?.textContent ?? "";
  listenToWaiting(document);
  vi.advanceTimersByTime(1000);
  expect(said()).toBe("Too many tries. Try again in 1 minute.");
  vi.advanceTimersByTime(58_000);
  expect(said()).toBe("Too many tries. Try again in 2 seconds.");
  vi.advanceTimersByTime(2000);
  expect(said()).toBe("You can try again now.");
});
