/** What who leads says: one request at a time, and what changed meanwhile together in the next one. */
import { ApiError, patch } from "../../api";
import type { RoomClock } from "./clock";
import type { RoomState } from "./types";

export class Mouth {
  private waiting: Partial<RoomState> | null = null;
  private at = 0;
  private isBusy = false;

  constructor(private readonly id: string, private readonly clock: RoomClock, private readonly refused: (error: ApiError) => void) {}

  say(change: Partial<RoomState>): void {
    this.waiting = { ...this.waiting, ...change };
    this.at = this.clock.now;
    if (!this.isBusy) void this.send();
  }

  forget(): void {
    this.waiting = null;
  }

  private async send(): Promise<void> {
    this.isBusy = true;
    while (this.waiting) {
      const [state, asked] = [this.waiting, this.clock.ownNow];
      this.waiting = null;
      try {
        const said = await patch<{ seq: number; now: number }>(`/reviews/${this.id}/room`, { state, at: Math.max(this.at, 0) });
        this.clock.heard(said.now, asked);
      } catch (error) {
        if (error instanceof ApiError) this.refused(error);
      }
    }
    this.isBusy = false;
  }
}
