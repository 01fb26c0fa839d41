/** A round for tests, and a server that keeps drafts and comments as the real one does. */
import type { StoreProps } from "./store";
import type { Comment, Draft, RoomFile } from "./types";

export function fileOf(more: Partial<RoomFile> = {}): RoomFile {
  return {
    id: "f1", position: 0, name: "hero.png", kind: "image", state: "ready", failure: "", doing: "", percent: 0, width: 1600,
    height: 900, frames: null, fps_num: null, fps_den: null, duration_ms: null, pages: [], picture: "/p", full: "/p", media: "",
    strip: null, wave: "", original: "/o", ...more,
  };
}

export function commentOf(more: Partial<Comment> = {}): Comment {
  const note = {
    id: "n1", number: 1, round: 2, kind: "action", is_must_fix: false, state: "open", state_by: "", reason: "", version: 1,
    is_approximate: false, may: [],
  } satisfies Comment["note"];
  return {
    id: "c1", parent: null, author: { id: "u2", name: "Sofie Karlsen", initials: "SK", hue: 7 }, text: "Hold on the figure",
    audience: "client", client_text: "", at: "2025-11-20T10:00:00+00:00", edited_at: null, is_removed: false, is_after_lock: false,
    version: 1, marks: [], attachments: [], note, may: [], sent_as: null, file: null, ...more,
  };
}

export function propsOf(more: Partial<StoreProps> = {}): StoreProps {
  return {
    round: { id: "r2", round: 2, is_latest: true, is_locked: false },
    deliverable: { id: "d1", name: "Key visual" },
    files: [fileOf()],
    comments: [],
    draft: null,
    me: { id: "u1", name: "Helen Brandt", initials: "HB", hue: 1 },
    is_client: false,
    may: { comment: true, address_note: true, settle_note: true, release_comment: true },
    people: [],
    ...more,
  };
}

export class ServerStandIn {
  comments: Comment[] = [];
  draft: Draft | null = null;
  bodies: Record<string, unknown>[] = [];
  asked: string[] = [];
  posts = 0;
  slow = 0;
  isOff = false;
  losesAnswers = false;
  refuses: { status: number; code: string; detail: string } | null = null;

  readonly fetch = async (url: string, request: RequestInit): Promise<Response> => {
    const path = url.replace("/api/v1", "");
    this.asked.push(`${request.method} ${path}`);
    if (this.isOff) throw new TypeError("Failed to fetch");
    const [status, body] = this.answer(request.method ?? "GET", path, JSON.parse(String(request.body ?? "{}")) as Record<string, unknown>);
    if (this.slow) await new Promise((resolve) => setTimeout(resolve, this.slow));
    if (this.losesAnswers) throw new TypeError("Failed to fetch");
    return new Response(status === 204 ? null : JSON.stringify(body), { status });
  };

  private answer(method: string, path: string, body: Record<string, unknown>): [number, unknown] {
    if (path.endsWith("/draft")) return this.keep(method, body.content as Draft | undefined);
    if (method === "GET" && path.endsWith("/comments")) return [200, { comments: [...this.comments] }];
    const found = this.comments.find((one) => path === `/comments/${one.id}`);
    if (method === "POST") return this.add(body);
    if (!found) return [404, { code: "not_found", detail: "Not found." }];
    if (method === "GET") return [200, found];
    this.bodies.push(body);
    Object.assign(found, { text: body.text, version: found.version + 1 });
    return [200, { ...found }];
  }

  private add(body: Record<string, unknown>): [number, unknown] {
    this.posts += 1;
    if (this.refuses) return [this.refuses.status, this.refuses];
    this.bodies.push(body);
    const there = this.comments.find((one) => one.sent_as === body.sent_as);
    if (there) return [200, { ...there }];
    const made = commentOf({ ...(body as Partial<Comment>), id: `new${this.posts}`, may: ["change"] });
    this.comments.push(made);
    if (this.draft?.sent_as === body.sent_as) this.draft = null;
    return [201, { ...made }];
  }

  private keep(method: string, content: Draft | undefined): [number, unknown] {
    this.draft = method === "PUT" ? (content ?? null) : null;
    return method === "DELETE" ? [204, null] : [200, { content: this.draft }];
  }
}
