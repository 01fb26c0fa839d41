/** Frames, as integers: frame n of a film is shown from n · den / num seconds on. Nothing here counts in fractions.
 *
 * Who wants frame n goes to its middle, so that no rounding of a browser or a container shows its neighbour.
 */

/** Frames a second, as a fraction: 30000 / 1001 is 29.97. */
export interface Rate { num: number; den: number }

const MICROS = 1_000_000; // a browser says when a frame is shown in seconds; a millionth is finer than any of them
const DEFAULT: Rate = { num: 25, den: 1 };

export function rateOf(file: { fps_num: number | null; fps_den: number | null }): Rate {
  return file.fps_num && file.fps_den ? { num: file.fps_num, den: file.fps_den } : DEFAULT;
}

/** The middle of frame n, in seconds: where to go to see it. */
export function middleOf(frame: number, rate: Rate): number {
  return ((2 * frame + 1) * rate.den) / (2 * rate.num);
}

/** Where frame n begins, in seconds. */
export function startOf(frame: number, rate: Rate): number {
  return (frame * rate.den) / rate.num;
}

/** The frame whose time a browser says (`mediaTime`): the nearest beginning. */
export function frameShownAt(seconds: number, rate: Rate): number {
  const micros = Math.round(seconds * MICROS);
  return Math.max(0, whole(2 * micros * rate.num + rate.den * MICROS, 2 * rate.den * MICROS));
}

/** The frame that is on the screen at this moment: the last beginning. A millionth too early counts as on time. */
export function frameDuring(seconds: number, rate: Rate): number {
  const micros = Math.round(seconds * MICROS) + 1;
  return Math.max(0, whole(micros * rate.num, rate.den * MICROS));
}

/** How many frames a film of this many milliseconds has, where nobody counted them. */
export function framesIn(milliseconds: number, rate: Rate): number {
  return Math.max(1, whole(2 * milliseconds * rate.num + rate.den * 1_000, 2 * rate.den * 1_000));
}

export function within(frame: number, count: number): number {
  return Math.min(Math.max(Math.round(frame), 0), Math.max(count - 1, 0));
}

/** `00:06:20`: minutes, seconds, frames; hours in front when there are any. `;` where numbers are dropped. */
export function timecode(frame: number, rate: Rate): string {
  const full = fullTimecode(frame, rate);
  return full.startsWith("00:") ? full.slice(3) : full;
}

/** `01:00:06:20`, or `01:00:06;20` at 29.97 and 59.94: there, names of frames are left out so that it keeps to the clock. */
export function fullTimecode(frame: number, rate: Rate): string {
  const base = baseOf(rate);
  const isDrop = isDropped(rate);
  const named = isDrop ? withDropped(frame, base) : frame;
  const seconds = whole(named, base);
  const parts = [whole(seconds, 3_600), whole(seconds, 60) % 60, seconds % 60].map(two);
  return `${parts.join(":")}${isDrop ? ";" : ":"}${two(named % base)}`;
}

/** The frame that a typed timecode names, `6:20`, `1:00:06;20` or a bare number of a frame; null for nonsense. */
export function frameNamed(typed: string, rate: Rate): number | null {
  const said = typed.trim();
  if (/^\d{1,9}$/.test(said)) return Number(said);
  if (!/^\d{1,3}([:;.]\d{1,3}){1,3}$/.test(said)) return null;
  const [frames = 0, seconds = 0, minutes = 0, hours = 0] = said.split(/[:;.]/).map(Number).reverse();
  const base = baseOf(rate);
  if (frames >= base || seconds > 59 || minutes > 59) return null;
  const allMinutes = hours * 60 + minutes;
  const named = (allMinutes * 60 + seconds) * base + frames;
  if (!isDropped(rate)) return named;
  const lost = dropsOf(base) * (allMinutes - whole(allMinutes, 10));
  return Math.max(0, named - lost);
}

/** `25 fps`, `29.97 fps DF`. */
export function rateWords(rate: Rate): string {
  const whole_ = rate.num % rate.den === 0;
  const said = whole_ ? String(rate.num / rate.den) : (rate.num / rate.den).toFixed(3).replace(/0+$/, "").replace(/(\.\d\d)0$/, "$1");
  const short = said === "29.97" || said === "59.94" ? `${said} fps DF` : `${said} fps`;
  return short;
}

/** Frames that a second of timecode counts: 30 at 29.97. */
export function baseOf(rate: Rate): number {
  return Math.max(1, whole(2 * rate.num + rate.den, 2 * rate.den));
}

function isDropped(rate: Rate): boolean {
  return rate.den === 1001 && (rate.num === 30_000 || rate.num === 60_000);
}

function dropsOf(base: number): number {
  return base / 15; // two names a minute at 30, four at 60, none in each tenth minute
}

function withDropped(frame: number, base: number): number {
  const drops = dropsOf(base);
  const perMinute = base * 60 - drops;
  const perTen = base * 600 - drops * 9;
  const tens = whole(frame, perTen);
  const rest = frame % perTen;
  const minutes = rest < base * 60 ? 0 : 1 + whole(rest - base * 60, perMinute);
  return frame + drops * (9 * tens + minutes);
}

/** a / b without its fraction, exact for integers. */
function whole(a: number, b: number): number {
  return (a - (((a % b) + b) % b)) / b;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
