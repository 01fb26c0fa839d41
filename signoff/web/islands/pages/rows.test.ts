import { beforeEach, expect, test, vi } from "vitest";
import { listenToKeys } from "../keys";
import { mount } from "./rows";

listenToKeys();
const approved = vi.fn();

beforeEach(() => {
  approved.mockReset();
  document.body.innerHTML = `<div data-acts><ul>
    <li data-row><a data-open href="#one">One</a></li>
    <li data-row><a data-open href="#two">Two</a><button data-press="a">Approve</button></li></ul></div>`;
  document.querySelector("button")?.addEventListener("click", () => approved());
  mount(document.querySelector("div") as HTMLElement);
});

function press(key: string): void {
  document.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

function chosen(): string[] {
  return [...document.querySelectorAll("[data-chosen]")].map((row) => row.querySelector("a")?.textContent ?? "");
}

test("J and K choose a row and stop at the ends", () => {
  press("k");
  expect(chosen()).toEqual(["One"]);
  press("j");
  press("j");
  expect(chosen()).toEqual(["Two"]);
  expect(document.activeElement?.textContent).toBe("Two");
});

test("a key presses the control of the chosen row, and nothing before one is chosen", () => {
  press("a");
  expect(approved).not.toHaveBeenCalled();
  press("j");
  press("a");
  expect(approved).not.toHaveBeenCalled();
  press("j");
  press("a");
  expect(approved).toHaveBeenCalledOnce();
});

test("the chosen row is found again when the list is drawn anew", () => {
  press("j");
  press("j");
  const list = document.querySelector("ul") as HTMLElement;
  list.innerHTML = `<li data-row><a data-open href="#two">Two</a></li>`;
  document.querySelector("div")?.dispatchEvent(new CustomEvent("htmx:afterSettle"));
  expect(chosen()).toEqual(["Two"]);
});

test("the focus stays in the list when what had it goes with its row", () => {
  document.querySelector("button")?.focus();
  const list = document.querySelector("ul") as HTMLElement;
  list.innerHTML = `<li data-row><a data-open href="#one">One</a></li><li data-row><a data-open href="#three">Three</a></li>`;
  document.querySelector("div")?.dispatchEvent(new CustomEvent("htmx:afterSettle"));
  expect(document.activeElement?.textContent).toBe("Three");
});

test("the focus is left alone where it is elsewhere by then", () => {
  document.querySelector("button")?.focus();
  document.body.append(Object.assign(document.createElement("input"), { id: "elsewhere" }));
  document.querySelector("input")?.focus();
  const list = document.querySelector("ul") as HTMLElement;
  list.innerHTML = `<li data-row><a data-open href="#one">One</a></li>`;
  document.querySelector("div")?.dispatchEvent(new CustomEvent("htmx:afterSettle"));
  expect(document.activeElement?.id).toBe("elsewhere");
});
