/** A small piece of a file around the place of a note: what was there before, and what is there now. */
import { clamped, make } from "../room/dom";
import { rateOf } from "../room/frames";
import type { Place, Region, RoomFile } from "../room/types";

const WIDE = 16 / 9; // the shape of a crop
const AROUND = 2.2; // so many times the region is shown
const MOST = 6;

/** How many times the crop's width the picture is wide, and where its corner lies, in parts of the crop's width and height. */
export interface Cut { scale: number; left: number; top: number }

/** `shape`: width by height of the picture. Nothing beside the picture is shown. Pure. */
export function cutOf(region: Region | null | undefined, shape: number): Cut {
  const least = Math.max(1, shape / WIDE);
  const size = region ? Math.max(region.w, (region.h * WIDE) / shape, 1 / MOST / AROUND) * AROUND : 1;
  const scale = Math.max(least, 1 / size);
  const high = (scale * WIDE) / shape; // of the picture, in heights of the crop
  const middle = region ? { x: region.x + region.w / 2, y: region.y + region.h / 2 } : { x: 0.5, y: 0.5 };
  return { scale, left: clamped(0.5 - middle.x * scale, 1 - scale, 0), top: clamped(0.5 - middle.y * high, 1 - high, 0) };
}

/** None where there is no picture of it. */
export function crop(file: RoomFile | null | undefined, place: Place): HTMLElement | null {
  if (!file) return null;
  if (file.kind === "video") return tile(file, place);
  const page = file.kind === "pdf" ? file.pages[(place.page ?? 1) - 1] : null;
  const address = page ? page.address : file.kind === "image" ? file.picture : "";
  if (!address) return null;
  const shape = page ? page.width / page.height : (file.width ?? 16) / (file.height ?? 9);
  const { scale, left, top } = cutOf(place.region, shape);
  const image = make("img", "", { src: address, alt: "", loading: "lazy", decoding: "async", draggable: "false" });
  image.style.width = `${scale * 100}%`;
  image.style.left = `${left * 100}%`;
  image.style.top = `${top * 100}%`;
  return make("span", "crop", {}, image);
}

/** Of a film the nearest picture of its strip. */
function tile(file: RoomFile, place: Place): HTMLElement | null {
  const { strip } = file;
  if (!strip) return null;
  const rate = rateOf(file);
  const ms = ((place.frame_in ?? 0) * rate.den * 1_000) / rate.num;
  const at = clamped(Math.floor(ms / strip.every_ms), 0, strip.count - 1);
  const rows = Math.ceil(strip.count / strip.columns);
  const image = make("img", "", { src: strip.address, alt: "", loading: "lazy", draggable: "false" });
  image.style.width = `${strip.columns * 100}%`;
  image.style.height = `${rows * 100}%`;
  image.style.left = `${-(at % strip.columns) * 100}%`;
  image.style.top = `${-Math.floor(at / strip.columns) * 100}%`;
  return make("span", "crop is-tile", {}, image);
}
