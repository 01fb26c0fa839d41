/** How many rows a frame fills while somebody scrolls: as many as this machine gets onto the screen in time.
 *
 * What a row costs (style, layout, paint) comes after us, so it shows only in when the next frame begins.
 */
const LEAST = 4;
const MOST = 10;
const LATE = 24; // ms from frame to frame: at 60 a second, one was left out
const PAUSE = 250; // ms: nobody scrolled in between

export class Pace {
  rows = LEAST + 1;
  private last = -Infinity;

  /** A frame begins, at so many ms. */
  begin(now: number): void {
    const took = now - this.last;
    this.last = now;
    if (took > PAUSE) return;
    this.rows = took > LATE ? Math.max(LEAST, this.rows - 2) : Math.min(MOST, this.rows + 1);
  }
}
