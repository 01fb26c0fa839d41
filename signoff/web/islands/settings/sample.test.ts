import { expect, test } from "vitest";
import { mount } from "./sample";

test("a sample has the colours it names, and nothing else", () => {
  const root = document.createElement("div");
  root.dataset.colours = "--so-accent: #112233; --so-accent-text: #445566;";
  mount(root);
  expect(root.style.cssText).toBe("--so-accent: #112233; --so-accent-text: #445566;");
});
