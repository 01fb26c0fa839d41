/** Sizes, speeds and times as people read them. Pure. */
import type { Item } from "./item";

/** `840 B`, `12 kB`, `4.2 MB`, as the server writes them. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${Math.round(bytes)} B`;
  let amount = bytes;
  for (const unit of ["kB", "MB", "GB", "TB"]) {
    amount /= 1000;
    if (amount < 999.5 || unit === "TB") return amount >= 10 || unit === "kB" ? `${amount.toFixed(0)} ${unit}` : `${amount.toFixed(1)} ${unit}`;
  }
  return "";
}

/** `a few seconds left`, `40 s left`, `3 min left`, `2 h left`. */
export function left(bytes: number, rate: number): string {
  if (rate <= 0) return "";
  const seconds = bytes / rate;
  if (seconds < 5) return "a few seconds left";
  if (seconds < 60) return `${Math.ceil(seconds / 5) * 5} s left`;
  return seconds < 5400 ? `${Math.ceil(seconds / 60)} min left` : `${Math.round(seconds / 3600)} h left`;
}

/** Whole percent; 100 only when all of it is there. */
export function percent(sent: number, all: number): number {
  return all > 0 ? Math.min(Math.floor((sent / all) * 100), sent >= all ? 100 : 99) : 0;
}

/** What stands beside a file's bar. */
export function stateOf(item: Item, rate: number): string {
  const done = `${percent(item.sent, item.size)} %`;
  if (item.state === "here") return "Here";
  if (item.state === "waiting") return "Waits for its turn";
  if (item.state === "paused") return item.words || `Paused at ${done}`;
  if (item.state === "left") return item.words || `${done} is here. Choose the file again, only the rest is sent`;
  if (item.state === "stuck" || item.state === "failed") return item.words;
  return [done, rate > 0 ? `${size(rate)}/s` : "", left(item.size - item.sent, rate)].filter(Boolean).join(" · ");
}

export function files(count: number): string {
  return count === 1 ? "1 file" : `${count} files`;
}

/** `3 of 5 files are here`, `The file is here`. */
export function arrived(here: number, all: number): string {
  if (here < all) return `${here} of ${files(all)} ${all === 1 ? "is" : "are"} here`;
  return all === 1 ? "The file is here" : `All ${all} files are here`;
}
