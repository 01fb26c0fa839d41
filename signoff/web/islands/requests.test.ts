import { beforeEach, expect, test } from "vitest";
import { judge, startRequests } from "./requests";

function detail(status: number, retarget: string | null): Parameters<typeof judge>[0] {
  const xhr = { status, getResponseHeader: () => retarget } as unknown as XMLHttpRequest;
  return { xhr, shouldSwap: false, isError: true };
}

beforeEach(() => {
  document.body.innerHTML = '<div id="toasts"></div>';
});

test("a form with errors and a refusal with its place are swapped in", () => {
  const [form, refusal] = [detail(422, null), detail(409, "#toasts")];
  judge(form);
  judge(refusal);
  expect([form.shouldSwap, refusal.shouldSwap]).toEqual([true, true]);
  expect(document.querySelectorAll(".toast-item")).toHaveLength(0);
});

test("any other error leaves the page as it is and says so", () => {
  const broken = detail(500, null);
  judge(broken);
  expect(broken.shouldSwap).toBe(false);
  expect(document.querySelector(".toast-item[role=alert] p")?.textContent).toContain("(500)");
});

test("a toast event of the server is shown", () => {
  startRequests();
  document.body.dispatchEvent(new CustomEvent("toast", { detail: { title: "Approved", tone: "ok", undo: "/changes/1" } }));
  expect(document.querySelector(".toast-item b")?.textContent).toBe("Approved");
  expect(document.querySelectorAll("[data-undo]")).toHaveLength(1);
});
