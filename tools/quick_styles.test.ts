import { expect, test } from "vitest";
import { withoutWrappers } from "./quick_styles";

test("placeholders are greyed by their field's own state, not by asking its wrapper", () => {
  const said = ':is(.input:has(> input[disabled]), .input:is(:disabled, [disabled]), fieldset:disabled .input)::placeholder';
  expect(withoutWrappers(said)).toBe(":is(.input:is(:disabled, [disabled]), fieldset:disabled .input)::placeholder");
  expect(withoutWrappers(said.replaceAll(", ", ",").replace("> ", ">"))).toBe(":is(.input:is(:disabled,[disabled]),fieldset:disabled .input)::placeholder");
});

test("what is about an element itself stays", () => {
  expect(withoutWrappers(".input:has(> input[disabled]), .input:disabled")).toBe(".input:has(> input[disabled]), .input:disabled");
});
