import { beforeEach, expect, test } from "vitest";
import { listenToPanels } from "./panels";

Element.prototype.scrollIntoView = (): void => undefined;
listenToPanels(document.body);

beforeEach(() => {
  delete document.body.dataset.panel;
  document.body.innerHTML = `<nav class="room-tabs"><a href="#room-notes" data-panel="notes">Notes</a></nav><section id="room-notes"><button>One</button></section><a id="away" href="#away">Away</a>`;
});

function press(selector: string): boolean {
  return document.querySelector<HTMLElement>(selector)!.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
}

test("a tab opens its panel", () => {
  press("[data-panel]");
  expect([document.body.dataset.panel, document.querySelector("a")?.getAttribute("aria-current"), document.activeElement?.textContent]).toEqual(["notes", "true", "One"]);
});

test("with a panel open, links elsewhere still lead where they lead", () => {
  press("[data-panel]");
  expect(press("#away")).toBe(true);
});
