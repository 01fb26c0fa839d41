/** A file with a comment. */
import { ApiError, basePath, get, pageHeaders } from "../../api";
import type { Comment } from "./types";

export const MOST_BYTES = 25 * 1024 * 1024;

/** The comment with the file; one that is there already, because an answer was lost, is not sent again. */
export async function attach(comment: Comment, file: File): Promise<Comment> {
  const now = await get<Comment>(`/comments/${comment.id}`);
  if (now.attachments.some((one) => one.name === file.name && one.size === file.size)) return now;
  const attachment = await upload(`/comments/${comment.id}/attachments`, file);
  return { ...now, attachments: [...now.attachments, attachment] };
}

async function upload(path: string, file: File): Promise<Comment["attachments"][number]> {
  const body = new FormData();
  body.set("file", file, file.name);
  const request: RequestInit = { method: "POST", headers: { Accept: "application/json", ...pageHeaders() }, body, credentials: "same-origin" };
  const answer = await fetch(`${basePath()}/api/v1${path}`, request).catch(() => {
    throw new ApiError(0, "offline", "The server does not answer.");
  });
  const said = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
  if (answer.ok) return said as unknown as Comment["attachments"][number];
  throw new ApiError(answer.status, String(said.code ?? "error"), String(said.detail ?? `${file.name} was refused (${answer.status}).`));
}
