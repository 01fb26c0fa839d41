/** Where every line of the grid is, without any of them being on the page. Pure. */
import type { Row } from "./model";
import type { Group } from "./view";

export type Line = { group: Group; row?: undefined } | { row: Row; group?: undefined } | { row?: undefined; group?: undefined };

export const ROW = 40;
export const GROUP = 36;

/** Lines from top to bottom: a head for each group, its rows unless it is folded, and last the place for a new one. */
export class Lines {
  readonly list: Line[] = [];
  private readonly tops: Int32Array;
  private readonly places = new Map<string, number>();
  readonly height: number;

  constructor(groups: Group[], folded: ReadonlySet<string>, hasHeads: boolean, hasNew: boolean) {
    for (const group of groups) {
      if (hasHeads) this.list.push({ group });
      if (hasHeads && folded.has(group.key)) continue;
      for (const row of group.rows) this.list.push({ row });
    }
    if (hasNew) this.list.push({});
    this.tops = new Int32Array(this.list.length + 1);
    this.list.forEach((line, index) => {
      this.tops[index + 1] = this.top(index) + (line.group ? GROUP : ROW);
      if (line.row) this.places.set(line.row.id, index);
    });
    this.height = this.top(this.list.length);
  }

  get length(): number {
    return this.list.length;
  }

  at(index: number): Line | undefined {
    return this.list[index];
  }

  rowAt(index: number): Row | undefined {
    return this.list[index]?.row;
  }

  top(index: number): number {
    return this.tops[Math.max(0, Math.min(index, this.list.length))] ?? 0;
  }

  /** Where a row's line is; -1 when it is not shown. */
  indexOf(id: string): number {
    return this.places.get(id) ?? -1;
  }

  /** The line that holds this pixel; the last one for what is below all. */
  lineAt(y: number): number {
    let [low, high] = [0, this.list.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.top(middle) <= y) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }

  /** First and last+1 line to draw for a window of the given height, with some to spare on both sides. */
  window(scrolled: number, height: number, spare = 6): [number, number] {
    if (!this.list.length) return [0, 0];
    const first = Math.max(0, this.lineAt(scrolled) - spare);
    const last = Math.min(this.list.length, this.lineAt(scrolled + height) + 1 + spare);
    return [first, last];
  }

  rowsBetween(first: number, last: number): Row[] {
    return this.list.slice(first, last + 1).flatMap((line) => line.row ?? []);
  }
}
