/** What the parts of the review room say to each other. Each part is handed what it needs; none reaches for another. */

/** A frame, a range of frames, a moment of sound, a page, a region: as integers, as the database has them. */
export interface Place {
  file: string | null; // null: the whole round
  frame_in?: number | null;
  frame_out?: number | null; // the last frame of a range; none: one frame
  ms_in?: number | null; // sounds have no frames
  ms_out?: number | null;
  page?: number | null; // from 1
  region?: Region | null;
  quote?: Quote | null;
}

/** Fractions of the picture, from its upper left corner; a pin has neither width nor height. */
export interface Region { x: number; y: number; w: number; h: number }
export interface Quote { text: string; before: string; after: string }

export type MarkKind = "pen" | "line" | "arrow" | "rect" | "ellipse" | "text" | "pin" | "highlight";
export type Point = [x: number, y: number]; // fractions of the picture; may lie a little outside it

/** One mark, as it is stored. `points`: pen (all of them), line and arrow (two), rect and ellipse and highlight (two
 * opposite corners), text and pin (one). Pressures go with a pen's points. */
export interface Mark {
  id: string;
  kind: MarkKind;
  geometry: { points: Point[]; pressures?: number[]; text?: string; number?: number };
  style: { colour: Colour; width: Width };
  frame: number | null; // on a film: the one frame it is drawn on
  z: number;
}
export type Colour = "red" | "orange" | "yellow" | "green" | "cyan" | "blue" | "magenta" | "white";
export type Width = 1 | 2 | 3;
export type Tool = "select" | "eraser" | MarkKind;

export type FileKind = "image" | "video" | "audio" | "pdf" | "other";

/** One file of the round, as `/api/v1/rounds/{id}` and the page give it. Addresses end after an hour. */
export interface RoomFile {
  id: string;
  position: number;
  name: string;
  kind: FileKind;
  state: "working" | "ready" | "failed";
  failure: string;
  doing: string; // what is being done to it while it is working, in words
  percent: number; // of that
  width: number | null; // pixels, of the original
  height: number | null;
  frames: number | null;
  fps_num: number | null;
  fps_den: number | null;
  duration_ms: number | null;
  pages: { number: number; width: number; height: number; address: string }[];
  picture: string; // the largest still there is: preview, poster
  full: string; // the picture in its own pixels, where a browser can show it
  media: string; // what plays; of a PDF the document itself, for its text
  strip: { address: string; columns: number; count: number; width: number; height: number; every_ms: number } | null;
  wave: string; // picture of the sound
  original: string; // where it is downloaded
}

export type State = "open" | "addressed" | "verified" | "reopened" | "wont_fix" | "superseded";
export type NoteKind = "action" | "question" | "note" | "praise";
export type Audience = "internal" | "client";

export interface Person { id: string | null; name: string; initials: string; hue: number; is_client?: boolean }

export interface Note {
  id: string;
  number: number;
  client_number?: number | null; // what clients call it, who count only what they see; for them it is `number`
  round: number; // the one it was raised in
  kind: NoteKind;
  is_must_fix: boolean;
  state: State;
  state_by: string;
  reason: string;
  version: number;
  is_approximate: boolean; // carried here, and nobody has looked yet whether it is still there
  may: ("address" | "verify" | "reopen" | "refuse" | "change")[];
}

/** A comment in the round that is open; its place is the one in this round. */
export interface Comment extends Place {
  id: string;
  parent: string | null;
  author: Person;
  text: string;
  audience: Audience;
  client_text: string; // only for the house
  at: string; // ISO 8601
  edited_at: string | null;
  is_removed: boolean;
  is_after_lock: boolean;
  version: number;
  marks: Mark[];
  attachments: { id: string; name: string; size: number; address: string }[];
  note: Note | null; // replies have none
  may: ("change" | "remove" | "release" | "reply")[];
  sent_as: string | null;
}

/** What is being written: kept in the browser at every stroke, and on the server shortly after. */
export interface Draft extends Place {
  sent_as: string;
  text: string;
  audience: Audience;
  kind: NoteKind;
  is_must_fix: boolean;
  marks: Mark[];
  mentions: string[];
  parent?: string | null; // the comment that this answers; an answer has neither place nor marks
  edits?: string | null; // the comment of one's own that this says anew
  version?: number; // of that one, as it was when one began
  at?: number; // when it was last written on, in milliseconds: the newest of several is the one to go on with
}

/** Where a file is shown. The room makes one for the file that is open and throws it away when another one is. */
export interface Surface {
  /** Lies exactly over the picture, whatever zoom and letterbox are: 100 % of it is the picture. Marks go in here. */
  readonly picture: HTMLElement;
  /** The picture's own pixels; marks are drawn in these. */
  readonly size: { width: number; height: number };
  /** Where one is now: file, and frame or moment or page. */
  place(): Place;
  /** Go there, wait until it is to be seen, and bring the region into view. */
  go(place: Place): Promise<void>;
  /** Called whenever `place()` has changed (every frame while playing), and when the picture has moved or grown. */
  onMove(listener: () => void): () => void;
  pause(): void;
  /** What is to be seen now stays, also where one was on the way to somewhere else. */
  stay?(): void;
  destroy(): void;
}

/** Everything that is known of the open round, and the only way to change it. See `store.ts`. */
export interface Store {
  readonly round: string; // id
  readonly files: RoomFile[];
  readonly comments: Comment[];
  readonly selected: string | null; // comment id
  readonly draft: Draft;
  readonly tool: Tool;
  select(comment: string | null): void;
  /** Change the draft; it is kept at once. */
  write(change: Partial<Draft>): void;
  onChange(listener: (what: Change) => void): () => void;
}
export type Change = "comments" | "selected" | "draft" | "files" | "tool" | "waiting";
