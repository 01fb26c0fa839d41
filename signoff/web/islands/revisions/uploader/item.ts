/** A file on its way, as the desk knows it. */

/** `left` came from before a reload: its file must be chosen again. `stuck` tries again by itself. */
export type State = "waiting" | "sending" | "stuck" | "paused" | "failed" | "left" | "here";

/** An upload as the API tells of it. */
export interface Upload {
  id: string;
  name: string;
  size: number;
  received: number;
  is_finished: boolean;
  fingerprint: string;
  method: "tus" | "parts";
  address: string;
  part_size: number;
}

export interface Item {
  readonly key: string;
  name: string;
  size: number;
  fingerprint: string;
  file: File | null;
  upload: Upload | null;
  state: State;
  /** Bytes that are there. */
  sent: number;
  /** What is to be said about it beside its state. */
  words: string;
  /** False: the same file again would be refused again. */
  mayRetry: boolean;
  tries: number;
  /** It was begun anew once, because its upload was over. */
  isRenewed: boolean;
}

let made = 0;

export function newItem(file: File): Item {
  return blank({ name: file.name, size: file.size, fingerprint: fingerprintOf(file), file });
}

/** What was sent before the page was left. */
export function itemLeft(upload: Upload): Item {
  const state = upload.is_finished ? "here" : "left";
  const { name, size, fingerprint } = upload;
  return blank({ name, size, fingerprint, upload, state, sent: upload.received });
}

/** The same for the same file on the same machine, so that its upload is found again. */
export function fingerprintOf(file: { name: string; size: number; lastModified: number }): string {
  return `${file.size}-${file.lastModified}-${file.name.slice(-200)}`;
}

function blank(known: Partial<Item>): Item {
  made += 1;
  return {
    key: `file-${made}`, name: "", size: 0, fingerprint: "", file: null, upload: null, state: "waiting", sent: 0,
    words: "", mayRetry: true, tries: 0, isRenewed: false, ...known,
  };
}
