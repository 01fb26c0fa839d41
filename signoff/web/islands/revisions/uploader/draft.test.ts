import { beforeEach, expect, test } from "vitest";
import { draftOf, fill, keep, read } from "./draft";

beforeEach(() => localStorage.clear());

function form(inner: string): HTMLFormElement {
  document.body.innerHTML = `<form>${inner}</form>`;
  return document.querySelector("form") as HTMLFormElement;
}

test("note and order are found again, for their deliverable alone", () => {
  keep("one", { ...draftOf("one"), note: "New sun", order: ["b", "a"] });
  expect([draftOf("one").note, draftOf("one").order, draftOf("two").note]).toEqual(["New sun", ["b", "a"], ""]);
  keep("one", { ...draftOf("one"), note: "", order: [] });
  expect(localStorage.length).toBe(0);
});

test("a form says what the draft says, and back", () => {
  const draft = { note: "A", reason: "B", isChargeable: false, isHandedIn: true, as: "replace" as const, order: [] };
  const shown = form(`<textarea name="note"></textarea><input name="reason"><input type="checkbox" name="is_chargeable" checked>
    <input type="checkbox" name="is_handed_in"><input type="radio" name="as" value="new" checked><input type="radio" name="as" value="replace">`);
  fill(shown, draft);
  const back = draftOf("one");
  read(shown, back);
  expect(back).toEqual(draft);
});

test("what the form does not ask stays as it was", () => {
  const draft = { note: "A", reason: "B", isChargeable: false, isHandedIn: true, as: "new" as const, order: [] };
  read(form(`<textarea name="note">C</textarea>`), draft);
  expect(draft).toEqual({ note: "C", reason: "B", isChargeable: false, isHandedIn: true, as: "new", order: [] });
});
