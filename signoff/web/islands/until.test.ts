import { afterEach, expect, test } from "vitest";
import { countDown } from "./until";

afterEach(() => document.body.replaceChildren());

test("the time that is left counts down", () => {
  document.body.innerHTML = '<b data-until="2026-11-23T12:10:00Z">10:00</b>';
  countDown(document, Date.parse("2026-11-23T12:03:48Z"));
  expect(document.body.textContent).toBe("6:12");
});

test("when it is over the card is asked for anew, once", () => {
  let asked = 0;
  document.body.addEventListener("resync", () => (asked += 1));
  document.body.innerHTML = '<b data-until="2026-11-23T12:10:00Z">0:00</b>';
  countDown(document, Date.parse("2026-11-23T12:10:02Z"));
  countDown(document, Date.parse("2026-11-23T12:10:03Z"));
  expect(asked).toBe(1);
});
