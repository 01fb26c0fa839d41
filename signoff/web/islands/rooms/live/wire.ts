/** The line to a room: the whole of it once, then each change by its number. A number that is missing, and a line that
 * was cut, are answered by reading the whole anew; so nobody stays behind without noticing. */
import { get } from "../../api";
import type { RoomClock } from "./clock";
import type { RoomNow, SpotSaid, Turn } from "./types";

export interface Heard {
  whole(now: RoomNow): void;
  turn(turn: Turn): void;
  spot(spot: SpotSaid): void;
  line(isThere: boolean): void;
}

const PAUSES = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

export class Wire {
  seq = -1;
  private source: EventSource | null = null;
  private reading: Promise<void> | null = null;
  private isStale = false;
  private waiting: Turn[] = [];
  private tries = 0;
  private timer = 0;

  constructor(private readonly id: string, private readonly stream: string, private readonly clock: RoomClock, private readonly heard: Heard) {}

  open(): void {
    this.close();
    const source = new EventSource(this.stream);
    this.source = source;
    source.addEventListener("open", () => {
      this.tries = 0;
      this.heard.line(true);
      void this.read();
    });
    source.addEventListener("room.turn", (event) => this.take(JSON.parse((event as MessageEvent<string>).data) as Turn));
    source.addEventListener("room.spot", (event) => this.heard.spot(JSON.parse((event as MessageEvent<string>).data) as SpotSaid));
    source.addEventListener("resync", () => void this.read());
    source.addEventListener("error", () => this.lost());
  }

  close(): void {
    window.clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
  }

  /** The whole room; who asks while it is being asked gets one more, so that nothing older is taken for the last. */
  read(): Promise<void> {
    if (this.reading) {
      this.isStale = true;
      return this.reading;
    }
    this.reading = this.readOnce().finally(() => {
      this.reading = null;
      if (this.isStale) {
        this.isStale = false;
        void this.read();
      }
    });
    return this.reading;
  }

  take(turn: Turn): void {
    if (this.reading || this.seq < 0) this.waiting.push(turn);
    else this.put(turn);
  }

  private put(turn: Turn): void {
    if (turn.q <= this.seq) return;
    if (turn.q !== this.seq + 1 || !turn.data) return void this.read();
    this.seq = turn.q;
    this.heard.turn(turn);
  }

  private async readOnce(): Promise<void> {
    const asked = this.clock.ownNow;
    try {
      const now = await get<RoomNow>(`/reviews/${this.id}/room`);
      this.clock.heard(now.now, asked);
      if (now.seq < this.seq) return;
      this.seq = now.seq;
      this.heard.whole(now);
    } catch {
      this.lost();
    }
    const waiting = this.waiting.sort((one, other) => one.q - other.q);
    this.waiting = [];
    for (const turn of waiting) if (turn.q > this.seq + 1 || !turn.data) this.isStale ||= turn.q > this.seq;
      else if (turn.q === this.seq + 1) {
        this.seq = turn.q;
        this.heard.turn(turn);
      }
  }

  /** Again, each time after a longer while, and not all at once: a server that comes back would be overrun. */
  private lost(): void {
    this.heard.line(false);
    this.source?.close();
    this.source = null;
    window.clearTimeout(this.timer);
    const pause = PAUSES[Math.min(this.tries++, PAUSES.length - 1)] ?? 30_000;
    this.timer = window.setTimeout(() => this.open(), pause * (0.75 + Math.random() / 2));
  }
}
