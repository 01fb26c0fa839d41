/** Bytes straight to a bucket: addresses from us in batches, parts to it, three at a time. */
import { ApiError, post } from "../../api";
import type { Upload } from "./item";
import type { Sending } from "./queue";

const LANES = 3;
const BATCH = 30;
const TRIES = 4;
const PAUSE = 700;

interface PartAddress {
  number: number;
  address: string;
}

/** The parts that are still to send. */
export function missing(upload: Upload, here: ReadonlySet<number>): number[] {
  const all = Math.max(Math.ceil(upload.size / upload.part_size), 1);
  return Array.from({ length: all }, (_, index) => index + 1).filter((number) => !here.has(number));
}

/** From which byte to which: [from, to). */
export function range(upload: Upload, number: number): [number, number] {
  const from = (number - 1) * upload.part_size;
  return [from, Math.min(from + upload.part_size, upload.size)];
}

export function sendByParts(file: File, upload: Upload, hear: (sent: number) => void): Sending {
  const parts = new Parts(file, upload, hear);
  return { done: parts.send(), stop: () => parts.stop() };
}

class Parts {
  private readonly todo: number[];
  private readonly here: Set<number>;
  private readonly addresses = new Map<number, string>();
  private readonly onTheWay = new Map<number, number>();
  private readonly open = new Set<XMLHttpRequest>();
  private asking: Promise<void> | null = null;
  private isStopped = false;

  constructor(private readonly file: File, private readonly upload: Upload, private readonly hear: (sent: number) => void) {
    this.here = remembered(upload);
    this.todo = missing(upload, this.here);
  }

  async send(): Promise<void> {
    try {
      await Promise.all(Array.from({ length: LANES }, () => this.lane()));
    } catch (error) {
      this.stop();
      throw error;
    }
    if (!this.isStopped) await this.finish();
  }

  stop(): void {
    this.isStopped = true;
    for (const request of this.open) request.abort();
  }

  private async lane(): Promise<void> {
    for (let number = this.todo.shift(); number && !this.isStopped; number = this.todo.shift()) await this.part(number);
  }

  private async part(number: number): Promise<void> {
    for (let tries = 1; !this.isStopped; tries += 1) {
      try {
        await this.put(number, await this.address(number));
        this.here.add(number);
        remember(this.upload, this.here);
        this.onTheWay.delete(number);
        return this.tell();
      } catch (error) {
        this.onTheWay.delete(number);
        this.addresses.delete(number); // it may have run out
        if (tries >= TRIES || !isWorthAnotherTry(error)) throw error;
        await new Promise((done) => window.setTimeout(done, PAUSE * tries));
      }
    }
  }

  private async address(number: number): Promise<string> {
    while (!this.addresses.has(number)) {
      this.asking ??= this.ask(number).finally(() => (this.asking = null));
      await this.asking;
    }
    return this.addresses.get(number) ?? "";
  }

  private async ask(number: number): Promise<void> {
    const numbers = [number, ...this.todo.slice(0, BATCH - 1)];
    const found = await post<PartAddress[]>(`/uploads/${this.upload.id}/parts`, { numbers });
    for (const one of found) this.addresses.set(one.number, one.address);
  }

  private put(number: number, address: string): Promise<void> {
    const [from, to] = range(this.upload, number);
    const request = new XMLHttpRequest();
    this.open.add(request);
    return new Promise<void>((resolve, reject) => {
      const refuse = (status: number): void => reject(new ApiError(status, "bytes", `The storage refused a part of this file (${status}).`));
      request.upload.onprogress = (event) => {
        this.onTheWay.set(number, event.loaded);
        this.tell();
      };
      request.onload = () => (request.status >= 200 && request.status < 300 ? resolve() : refuse(request.status));
      request.onerror = () => refuse(0);
      request.onabort = () => refuse(0);
      request.open("PUT", address);
      request.send(this.file.slice(from, to));
    }).finally(() => this.open.delete(request));
  }

  private tell(): void {
    let sent = 0;
    for (const number of this.here) {
      const [from, to] = range(this.upload, number);
      sent += to - from;
    }
    for (const bytes of this.onTheWay.values()) sent += bytes;
    if (!this.isStopped) this.hear(Math.min(sent, this.upload.size));
  }

  /** A part that the bucket does not have after all is sent again by the next try. */
  private async finish(): Promise<void> {
    try {
      await post(`/uploads/${this.upload.id}/completion`);
      forget(this.upload);
    } catch (error) {
      if (error instanceof ApiError && error.code === "upload_not_finished") remember(this.upload, new Set());
      throw error;
    }
  }
}

/** Which parts the bucket has. Only this browser knows; where it does not (any more), all are sent again. */
function remembered(upload: Upload): Set<number> {
  try {
    return upload.received ? new Set(JSON.parse(localStorage.getItem(place(upload)) ?? "[]") as number[]) : new Set();
  } catch {
    return new Set();
  }
}

function remember(upload: Upload, here: ReadonlySet<number>): void {
  upload.received = Math.max(upload.received, here.size); // something is there: the next try need not begin anew
  try {
    localStorage.setItem(place(upload), JSON.stringify([...here]));
  } catch {
    // a browser that keeps nothing sends them again
  }
}

/** The upload is over: nothing is to be remembered of it. */
export function forget(upload: Upload): void {
  try {
    localStorage.removeItem(place(upload));
  } catch {
    // nothing was kept
  }
}

function place(upload: Upload): string {
  return `signoff.parts.${upload.id}`;
}

function isWorthAnotherTry(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 403 || error.status === 408 || error.status === 429 || error.status >= 500);
}
