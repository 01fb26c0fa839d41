import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError, get, patch, post } from "./api";

const answers: { url: string; request: RequestInit }[] = [];

function answer(status: number, body: unknown): void {
  vi.stubGlobal("fetch", (url: string, request: RequestInit) => {
    answers.push({ url, request });
    const text = status === 204 ? null : typeof body === "string" ? body : JSON.stringify(body);
    return Promise.resolve(new Response(text, { status }));
  });
}

beforeEach(() => {
  answers.length = 0;
  document.head.innerHTML = '<meta name="base-path" content="/studio"><meta name="csrf-token" content="token">';
});
afterEach(() => vi.unstubAllGlobals());

test("asks below the base path, with what was said only", async () => {
  answer(200, { results: [] });
  expect(await get("/search", { q: "key visual", kind: "", page: null, limit: 5 })).toEqual({ results: [] });
  expect(answers[0]?.url).toBe("/studio/api/v1/search?q=key+visual&limit=5");
});

test("sends JSON with the page's token", async () => {
  answer(200, {});
  await patch("/stages/1", { status: "approved" });
  expect(answers[0]?.request.method).toBe("PATCH");
  expect(answers[0]?.request.body).toBe('{"status":"approved"}');
  expect(answers[0]?.request.headers).toEqual({
    Accept: "application/json",
    "Content-Type": "application/json",
    "X-CSRFToken": "token",
  });
});

test("says which organisation the page was made for", async () => {
  answer(200, {});
  document.head.insertAdjacentHTML("beforeend", '<meta name="organization" content="fieldhouse">');
  await get("/me");
  expect(answers[0]?.request.headers).toMatchObject({ "X-Signoff-Organization": "fieldhouse" });
});

test("an answer without content is undefined", async () => {
  answer(204, "");
  expect(await post("/stages/1/approval")).toBeUndefined();
});

test("a problem becomes an ApiError with its code, words and field", async () => {
  answer(422, { title: "Invalid", detail: "Give it a name.", code: "bad_text", field: "name", status: 422 });
  const error = (await post("/projects", {}).catch((one: unknown) => one)) as ApiError;
  expect(error).toBeInstanceOf(ApiError);
  expect([error.status, error.code, error.detail, error.field]).toEqual([422, "bad_text", "Give it a name.", "name"]);
});

test("an answer that is no JSON is a refusal with its status", async () => {
  answer(502, "<h1>Bad gateway</h1>");
  const error = (await get("/me").catch((one: unknown) => one)) as ApiError;
  expect([error.status, error.code, error.field]).toEqual([502, "error", null]);
  expect(error.detail).toContain("502");
});

test("no answer is code offline", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed")));
  const error = (await get("/me").catch((one: unknown) => one)) as ApiError;
  expect([error.status, error.code]).toEqual([0, "offline"]);
});
