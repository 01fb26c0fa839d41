/** How fast bytes go, over the last seconds. Pure: time is passed in. */

const WINDOW = 6_000;
const LEAST = 400; // milliseconds that must be known before a rate is said

export class Speed {
  private samples: [number, number][] = [];

  /** `bytes` are there `at` this time. Fewer than before: it was begun anew. */
  push(bytes: number, at: number): void {
    const last = this.samples.at(-1);
    if (last && bytes < last[1]) this.samples = [];
    this.samples.push([at, bytes]);
    while (this.samples.length > 2 && at - (this.samples[0] as [number, number])[0] > WINDOW) this.samples.shift();
  }

  clear(): void {
    this.samples = [];
  }

  /** Bytes a second; 0 while it is not known, or nothing has moved for a while. */
  rate(at: number): number {
    const [first, last] = [this.samples[0], this.samples.at(-1)];
    if (!first || !last || last[0] - first[0] < LEAST || at - last[0] > WINDOW) return 0;
    return ((last[1] - first[1]) / (last[0] - first[0])) * 1000;
  }
}
