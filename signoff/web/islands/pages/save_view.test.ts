import { expect, test } from "vitest";
import { filters } from "./save_view";

test.each([
  ["?q=poster&status=&page=2&late=1", "q=poster&late=1"],
  ["", ""],
  ["?q=%E9%94%AE%20%26", "q=%E9%94%AE+%26"],
])("of %s the filters are kept: %s", (search, kept) => {
  expect(filters(search)).toBe(kept);
});
