/** Files on their way: two at a time, each tried until it is there, paused, or refused. No page, no network. */
import { ApiError } from "../../api";
import { itemLeft, newItem, type Item, type Upload } from "./item";
import { Speed } from "./speed";
import { delayOf, isFinal, refusalBySize, verdictOf, whyNot, whyWaiting } from "./trouble";

/** Bytes being sent. `done` fails with ApiError; after `stop` nothing more is heard. */
export interface Sending {
  done: Promise<void>;
  stop: () => void;
}

/** The way to the server. */
export interface Door {
  /** Fails with another error than ApiError when the file cannot be read (any more). */
  check(file: File): Promise<void>;
  begin(item: Item): Promise<Upload>;
  send(file: File, upload: Upload, hear: (sent: number) => void): Sending;
  drop(upload: Upload): Promise<unknown>;
}

interface Try {
  sending: Sending | null;
  speed: Speed;
  heardAt: number;
  timer: number;
}

const AT_ONCE = 2;
const SILENCE = 60_000;

export class Queue {
  items: Item[] = [];
  private tries = new Map<string, Try>();
  private isOnline = true;

  /** `most` bytes may a file have. */
  constructor(private readonly door: Door, private readonly changed: () => void, private readonly most = Infinity, private readonly now = () => Date.now()) {}

  /** Takes files up; those that are there already are not taken twice. The answer: how many were new. */
  add(files: readonly File[]): number {
    const before = this.items.length;
    let known = 0;
    for (const file of files) {
      const item = newItem(file);
      const same = this.items.find((one) => one.fingerprint === item.fingerprint);
      if (!same) this.items.push(judged(item, this.most));
      else if (this.give(same, file)) known += 1;
    }
    this.next();
    return this.items.length - before + known;
  }

  /** What was sent before the page was left, in the order (of fingerprints) it had there; what that does not name comes last. */
  restore(uploads: readonly Upload[], order: readonly string[] = []): void {
    const known = new Set(this.items.map((one) => one.upload?.id));
    const place = (one: Upload): number => (order.includes(one.fingerprint) ? order.indexOf(one.fingerprint) : order.length);
    const left = uploads.filter((one) => !known.has(one.id)).sort((a, b) => place(a) - place(b));
    this.items.push(...left.map(itemLeft));
    this.changed();
  }

  /** The file of an item that lost it. A different file takes the place and is sent from its first byte. */
  choose(item: Item, file: File): void {
    const fresh = newItem(file);
    if (fresh.fingerprint === item.fingerprint) this.give(item, file);
    else this.exchange(item, fresh);
    this.next();
  }

  pause(item: Item): void {
    if (!isActive(item)) return;
    this.end(item);
    this.set(item, "paused");
    this.next();
  }

  /** Goes on with what was paused, waits, or failed. */
  goOn(item: Item): void {
    if (item.state === "here" || item.state === "sending") return;
    this.end(item);
    item.tries = 0;
    this.set(item, item.file ? "waiting" : "left");
    this.next();
  }

  remove(item: Item): void {
    this.end(item);
    this.items = this.items.filter((one) => one !== item);
    if (item.upload) void this.door.drop(item.upload).catch(() => undefined);
    item.state = "paused"; // what is still being announced is dropped when it comes
    this.next();
  }

  /** Up (-1) or down (1) in the round. */
  move(item: Item, by: number): void {
    const from = this.items.indexOf(item);
    const to = from + by;
    if (from < 0 || to < 0 || to >= this.items.length) return;
    this.items.splice(to, 0, ...this.items.splice(from, 1));
    this.changed();
  }

  /** The order in which these keys stand. */
  order(keys: readonly string[]): void {
    this.items.sort((a, b) => keys.indexOf(a.key) - keys.indexOf(b.key));
    this.changed();
  }

  /** The round is made: nothing is left to do with these files. */
  clear(): void {
    for (const item of this.items) this.end(item);
    this.items = [];
    this.changed();
  }

  /** The server says that the upload of this item is over. */
  lost(item: Item, words: string): void {
    item.upload = null;
    item.sent = 0;
    item.isRenewed = false;
    this.set(item, "failed", words);
  }

  /** It is not whole after all: what is missing is sent. */
  reopen(item: Item): void {
    if (item.upload) item.upload.is_finished = false;
    this.set(item, item.file ? "waiting" : "left");
    this.next();
  }

  offline(): void {
    this.isOnline = false;
    for (const item of this.items.filter((one) => one.state === "sending")) this.wait(item, new ApiError(0, "offline", ""));
  }

  online(): void {
    this.isOnline = true;
    for (const item of this.items.filter((one) => one.state === "stuck")) this.again(item);
  }

  /** Called every few seconds: what has been silent for long is tried again. */
  watch(): void {
    const silent = (item: Item): boolean => this.now() - (this.tries.get(item.key)?.heardAt ?? 0) > SILENCE;
    for (const item of this.items) if (item.state === "sending" && silent(item)) this.wait(item, new ApiError(0, "offline", ""));
  }

  rate(item: Item): number {
    return item.state === "sending" ? (this.tries.get(item.key)?.speed.rate(this.now()) ?? 0) : 0;
  }

  get sum(): { sent: number; size: number; rate: number; here: number } {
    const sum = { sent: 0, size: 0, rate: 0, here: 0 };
    for (const item of this.items) {
      sum.sent += item.sent;
      sum.size += item.size;
      sum.rate += this.rate(item);
      sum.here += Number(item.state === "here");
    }
    return sum;
  }

  /** Something is being sent, or will be by itself. */
  get isRunning(): boolean {
    return this.items.some(isActive);
  }

  private give(item: Item, file: File): boolean {
    if (item.file || item.state === "here") return false;
    item.file = file;
    this.set(item, "waiting");
    return true;
  }

  private exchange(item: Item, fresh: Item): void {
    const same = this.items.find((one) => one.fingerprint === fresh.fingerprint);
    if (!same) this.items.splice(this.items.indexOf(item), 1, fresh);
    fresh.words = `Another ${fresh.name} than before, so all of it is sent`;
    this.remove(item);
  }

  private next(): void {
    const busy = this.items.filter((one) => one.state === "sending" || one.state === "stuck").length;
    const waiting = this.items.filter((one) => one.state === "waiting").slice(0, Math.max(AT_ONCE - busy, 0));
    for (const item of waiting) void this.run(item);
    this.changed();
  }

  private async run(item: Item): Promise<void> {
    const mine: Try = { sending: null, speed: new Speed(), heardAt: this.now(), timer: 0 };
    this.tries.set(item.key, mine);
    this.set(item, "sending");
    const isOver = (): boolean => this.tries.get(item.key) !== mine;
    try {
      await this.attempt(item, mine, isOver);
      if (isOver()) return;
      item.sent = item.size;
      this.end(item);
      this.set(item, "here");
    } catch (error) {
      if (!isOver()) this.fail(item, error);
    }
    this.next();
  }

  private async attempt(item: Item, mine: Try, isOver: () => boolean): Promise<void> {
    if (item.file) await this.door.check(item.file);
    if (!item.upload) {
      const upload = await this.door.begin(item);
      if (!this.items.includes(item)) return void this.door.drop(upload).catch(() => undefined);
      item.upload = upload;
      item.sent = upload.received;
    }
    if (isOver() || item.upload.is_finished || !item.file) return;
    mine.sending = this.door.send(item.file, item.upload, (sent) => {
      if (!isOver()) this.hear(item, mine, sent);
    });
    await mine.sending.done;
  }

  private hear(item: Item, mine: Try, sent: number): void {
    if (sent > item.sent) item.tries = 0;
    mine.heardAt = this.now();
    mine.speed.push(sent, mine.heardAt);
    item.sent = sent;
    this.changed();
  }

  private fail(item: Item, error: unknown): void {
    const verdict = verdictOf(error);
    if (verdict === "again") return this.wait(item, error);
    this.end(item);
    if (!(error instanceof ApiError)) item.file = null;
    if (verdict === "anew" && !item.isRenewed) return this.renew(item);
    if (verdict === "anew") item.upload = null;
    item.mayRetry = !isFinal(error);
    this.set(item, verdict === "full" ? "paused" : item.file ? "failed" : "left", whyNot(error));
  }

  private renew(item: Item): void {
    Object.assign(item, { upload: null, sent: 0, isRenewed: true });
    this.set(item, "waiting");
  }

  private wait(item: Item, error: unknown): void {
    this.end(item);
    item.tries += 1;
    this.set(item, "stuck", whyWaiting(error));
    if (!this.isOnline) return;
    const timer = window.setTimeout(() => this.again(item), delayOf(item.tries));
    this.tries.set(item.key, { sending: null, speed: new Speed(), heardAt: 0, timer });
  }

  private again(item: Item): void {
    this.end(item);
    this.set(item, "waiting");
    this.next();
  }

  private end(item: Item): void {
    const mine = this.tries.get(item.key);
    this.tries.delete(item.key);
    window.clearTimeout(mine?.timer);
    mine?.sending?.stop();
  }

  private set(item: Item, state: Item["state"], words = ""): void {
    item.state = state;
    item.words = words;
    this.changed();
  }
}

/** What the server would refuse is refused here, before it is asked. */
function judged(item: Item, most: number): Item {
  const words = refusalBySize(item.size, most);
  return words ? Object.assign(item, { state: "failed", words, mayRetry: false }) : item;
}

/** It never gets through as it is; only taking it away helps. */
export function isRefused(item: Item): boolean {
  return item.state === "failed" && !item.mayRetry;
}

export function isActive(item: Item): boolean {
  return item.state === "waiting" || item.state === "sending" || item.state === "stuck";
}
