import { beforeEach, describe, expect, it } from "vitest";
import { mount } from "./pipeline";

const row = (id: string): string =>
  `<li class="pipe-stage" data-stage="${id}" data-name="Stage ${id}"><input type="hidden" name="stage" value="${id}"><span data-number></span>
   <input type="radio" name="approval-${id}" value="none" checked><input name="days-${id}" value="">
   <button name="up" value="${id}">up</button><button name="down" value="${id}">down</button><button name="remove" value="${id}">x</button></li>`;

let form: HTMLFormElement;

function order(): string[] {
  return [...form.querySelectorAll<HTMLInputElement>('[data-stages] input[name="stage"]')].map((one) => one.value);
}

function press(name: string, id: string): void {
  form.querySelector<HTMLButtonElement>(`button[name="${name}"][value="${id}"]`)!.click();
}

function isShown(what: string): boolean {
  return !form.querySelector<HTMLElement>(`[data-${what}]`)!.hidden;
}

beforeEach(() => {
  document.body.innerHTML = `<form data-unsaved=""><p data-changes hidden></p><input name="name" value="Campaign">
    <ol data-stages>${row("a")}${row("b")}</ol><p data-none hidden></p><p data-said></p>
    <ul data-library><li data-add="a" hidden></li><li data-add="b" hidden></li><li data-add="c"><button name="add" value="c">c</button><template>${row("c")}</template></li></ul>
    <p data-library-empty hidden></p></form>`;
  form = document.querySelector("form")!;
  mount(form);
});

describe("the pipeline editor", () => {
  it("moves a stage by its buttons, says so, and keeps the focus on the button", () => {
    press("down", "a");
    expect(order()).toEqual(["b", "a"]);
    expect(form.querySelector("[data-said]")!.textContent).toBe("Stage a is now 2 of 2.");
    expect((document.activeElement as HTMLButtonElement).value).toBe("a");
    press("down", "a");
    expect(order()).toEqual(["b", "a"]);
  });

  it("moves a stage with Alt and an arrow", () => {
    const field = form.querySelector<HTMLInputElement>('input[name="days-b"]')!;
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowUp", altKey: true, bubbles: true }));
    expect(order()).toEqual(["b", "a"]);
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));
    expect(order()).toEqual(["b", "a"]);
  });

  it("adds from the library once and numbers the rows", () => {
    press("add", "c");
    press("add", "c");
    expect(order()).toEqual(["a", "b", "c"]);
    expect([...form.querySelectorAll("[data-number]")].map((one) => one.textContent)).toEqual(["1", "2", "3"]);
    expect(isShown("library-empty")).toBe(true);
  });

  it("takes a stage out and brings it back as it was", () => {
    form.querySelector<HTMLInputElement>('input[name="days-b"]')!.value = "4";
    press("remove", "b");
    expect(order()).toEqual(["a"]);
    const entry = form.querySelector<HTMLElement>('[data-add="b"]')!;
    expect(entry.hidden).toBe(false);
    entry.insertAdjacentHTML("beforeend", '<button name="add" value="b">b</button>');
    press("add", "b");
    expect(order()).toEqual(["a", "b"]);
    expect(form.querySelector<HTMLInputElement>('input[name="days-b"]')!.value).toBe("4");
  });

  it("says that changes are not saved until they are undone", () => {
    expect(isShown("changes")).toBe(false);
    press("down", "a");
    expect(isShown("changes")).toBe(true);
    press("up", "a");
    expect(isShown("changes")).toBe(false);
  });

  it("says that a pipeline without stages has none", () => {
    press("remove", "a");
    press("remove", "b");
    expect(isShown("none")).toBe(true);
  });
});
