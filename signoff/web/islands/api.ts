/** API v1 from a page: JSON in and out, the session's CSRF token, and refusals as ApiError. */

export type Params = Record<string, string | number | boolean | null | undefined>;

/** A refusal of the API (RFC 9457). `status` 0 means that no answer came. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly field: string | null = null,
    readonly problem: Record<string, unknown> = {},
  ) {
    super(detail);
    this.name = "ApiError";
  }
}

/** What a `<meta name>` of the page says; empty when it is not there. */
export function meta(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "";
}

/** The path prefix this installation lives under: empty, or `/studio`. */
export function basePath(): string {
  return meta("base-path");
}

/** Where the thumbnail with this id is. */
export function thumbnailUrl(id: string): string {
  return `${basePath()}/thumbnails/${id}`;
}

export function csrfToken(): string {
  return meta("csrf-token");
}

/** What every request says: the session's token, and the organisation that the page was made for. */
export function pageHeaders(): Record<string, string> {
  const organization = meta("organization");
  const token = { "X-CSRFToken": csrfToken() };
  return organization ? { ...token, "X-Signoff-Organization": organization } : token;
}

export function get<T>(path: string, params: Params = {}, signal?: AbortSignal): Promise<T> {
  return call<T>("GET", path + query(params), undefined, signal);
}

export function post<T>(path: string, body: unknown = {}): Promise<T> {
  return call<T>("POST", path, body);
}

export function patch<T>(path: string, body: unknown): Promise<T> {
  return call<T>("PATCH", path, body);
}

export function put<T>(path: string, body: unknown): Promise<T> {
  return call<T>("PUT", path, body);
}

export function del<T>(path: string, body?: unknown): Promise<T> {
  return call<T>("DELETE", path, body);
}

/** `path` is below `/api/v1`: `/projects/…`. Throws ApiError for every answer that is not 2xx, and for none. */
export async function call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json", ...pageHeaders() };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const request: RequestInit = { method, headers, credentials: "same-origin" };
  if (body !== undefined) request.body = JSON.stringify(body);
  if (signal) request.signal = signal;
  const answer = await reach(`${basePath()}/api/v1${path}`, request);
  if (!answer.ok) throw await refusal(answer);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

async function reach(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, "offline", "The server does not answer. Your change is not saved; try again.");
  }
}

async function refusal(answer: Response): Promise<ApiError> {
  const problem = await readProblem(answer);
  const text = (name: string): string => (typeof problem[name] === "string" ? (problem[name] as string) : "");
  const words = text("detail") || text("title") || `The server refused this (${answer.status}).`;
  return new ApiError(answer.status, text("code") || "error", words, text("field") || null, problem);
}

async function readProblem(answer: Response): Promise<Record<string, unknown>> {
  try {
    const read: unknown = await answer.json();
    return typeof read === "object" && read !== null ? (read as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function query(params: Params): string {
  const said = Object.entries(params).filter(([, value]) => value !== null && value !== undefined && value !== "");
  if (!said.length) return "";
  return `?${new URLSearchParams(said.map(([name, value]) => [name, String(value)]))}`;
}
