/** What a failed try means for the file. Pure. */
import { ApiError } from "../../api";
import { size } from "./words";

/** `again` by itself after a while, `anew` from the first byte, `full`: rest until told, `refused`: never like this. */
export type Verdict = "again" | "anew" | "full" | "refused";

const FIRST = 500;
const LONGEST = 30_000;
const WAITS = new Set([0, 408, 423, 425, 429, 460]);

export function verdictOf(error: unknown): Verdict {
  if (!(error instanceof ApiError)) return "refused";
  const { status, code } = error;
  if (status === 507 || code === "storage_full") return "full";
  if (status === 410 || code === "upload_gone" || (status === 404 && code === "bytes")) return "anew";
  if (WAITS.has(status) || status >= 500) return "again";
  return status === 409 && (code === "bytes" || code === "upload_not_finished") ? "again" : "refused";
}

/** Milliseconds before try number `tries`: 0.5 s, 1 s, 2 s ... 30 s, a little different for each. */
export function delayOf(tries: number, chance = Math.random()): number {
  return Math.round(Math.min(FIRST * 2 ** Math.max(tries - 1, 0), LONGEST) * (0.8 + 0.4 * chance));
}

/** Why a file waits, in words. */
export function whyWaiting(error: unknown): string {
  const status = error instanceof ApiError ? error.status : 0;
  if (status === 0) return "Waiting for the network; it goes on by itself";
  if (status === 423 || status === 409) return "Waiting for the last try to end; it goes on by itself";
  return "The server does not take it right now; it is tried again by itself";
}

/** Why a file was refused, in words. */
export function whyNot(error: unknown): string {
  if (!(error instanceof ApiError)) return "This file cannot be read: it was changed or moved since. Choose it again.";
  if (error.status === 401) return "You are signed out. Sign in in another tab, then try again.";
  return error.detail;
}

/** What is wrong with a file of so many bytes, where `most` may be sent; empty when nothing is. */
export function refusalBySize(bytes: number, most: number): string {
  if (!bytes) return "This file is empty (0 bytes). Export it again, then upload it.";
  return bytes > most ? `This file is larger than the ${size(most)} that may be uploaded.` : "";
}

/** The same file would be refused again. */
export function isFinal(error: unknown): boolean {
  return error instanceof ApiError && ["empty_file", "file_too_large", "bad_text", "invalid"].includes(error.code);
}
