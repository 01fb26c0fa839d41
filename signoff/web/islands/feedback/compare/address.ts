/** What stands in the address of a comparison: all of it, so that whoever opens it sees the same. Pure. */
import type { ViewState } from "../room/surface_view";

export const MODES = ["side", "wipe", "flip", "overlay", "difference"] as const;
export type Mode = (typeof MODES)[number];
export type SideName = "a" | "b";

export interface Shown {
  mode: Mode;
  pair: number; // from 1
  at: number | null; // the frame of b, or the millisecond of a sound
  page: number | null; // of b
  view: ViewState | null; // none: fitted
  offset: number; // what is n in a, is n + offset in b: frames, milliseconds, pages
  wipe: number; // percent from the left
  mix: number; // percent of b that is seen over a
  gain: number; // how many times brighter the difference is
  side: SideName; // which one is seen while they are flipped
  comment: string | null;
}

export const START: Shown = { mode: "side", pair: 1, at: null, page: null, view: null, offset: 0, wipe: 50, mix: 50, gain: 1, side: "b", comment: null };
const MOST = 100_000_000;
export const MOST_GAIN = 10;

/** Nonsense counts as not said. */
export function readShown(query: string): Shown {
  const said = new URLSearchParams(query);
  const within = (name: string, least: number, most: number, otherwise: number): number => {
    const value = number(said.get(name));
    return value === null || value < least || value > most ? otherwise : value;
  };
  const whole = (name: string, least: number): number | null => {
    const value = within(name, least, MOST, NaN);
    return Number.isInteger(value) ? value : null;
  };
  const comment = said.get("c");
  return {
    mode: MODES.find((mode) => mode === said.get("mode")) ?? START.mode,
    pair: whole("file", 1) ?? 1,
    at: whole("frame", -MOST) ?? whole("ms", -MOST),
    page: whole("page", 1),
    view: viewOf(within("zoom", 0.01, 1_000, NaN), within("x", -2, 3, 0.5), within("y", -2, 3, 0.5)),
    offset: whole("offset", -MOST) ?? 0,
    wipe: within("wipe", 0, 100, START.wipe),
    mix: within("mix", 0, 100, START.mix),
    gain: within("gain", 1, MOST_GAIN, START.gain),
    side: said.get("show") === "a" ? "a" : "b",
    comment: comment && /^[0-9a-f-]{32,36}$/i.test(comment) ? comment : null,
  };
}

/** `unit`: what `at` counts. What is as it would be anyway is left out. */
export function writeShown(rounds: { a: number; b: number }, shown: Shown, unit: "frame" | "ms"): string {
  const said = new URLSearchParams({ a: String(rounds.a), b: String(rounds.b) });
  const put = (name: string, value: number | string | null, usual: number | string | null): void => {
    if (value !== null && value !== usual) said.set(name, String(value));
  };
  put("mode", shown.mode, START.mode);
  put("file", shown.pair, 1);
  put(unit, shown.at, 0);
  put("page", shown.page, 1);
  if (shown.view) {
    put("zoom", rounded(shown.view.zoom, 3), null);
    put("x", rounded(shown.view.x, 4), null);
    put("y", rounded(shown.view.y, 4), null);
  }
  put("offset", shown.offset, 0);
  if (shown.mode === "wipe") put("wipe", rounded(shown.wipe, 1), START.wipe);
  if (shown.mode === "overlay") put("mix", rounded(shown.mix, 0), START.mix);
  if (shown.mode === "difference") put("gain", rounded(shown.gain, 1), START.gain);
  if (shown.mode === "flip") put("show", shown.side, START.side);
  put("c", shown.comment, null);
  return `?${said}`;
}

function viewOf(zoom: number, x: number, y: number): ViewState | null {
  return Number.isNaN(zoom) ? null : { zoom, x, y };
}

function number(said: string | null): number | null {
  return said !== null && /^-?\d{1,9}(\.\d{1,6})?$/.test(said) ? Number(said) : null;
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
