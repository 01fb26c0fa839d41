/** Words that somebody has marked on a page: what a comment about them quotes, and where they stand. */
import type { Quote, Region } from "./types";

export interface Selected { quote: Quote; region: Region }

const MOST = 1_000; // of the words themselves
const AROUND = 32; // letters before and after, by which they are found again when the text has moved

/** Null when nothing in `layer` is marked. `picture` is what regions are fractions of. */
export function selectedIn(layer: HTMLElement, picture: HTMLElement): Selected | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!layer.contains(range.commonAncestorContainer)) return null;
  const text = tidied(selection.toString());
  const region = regionOf([...range.getClientRects()], picture.getBoundingClientRect());
  if (!text || !region) return null;
  return { quote: { text: text.slice(0, MOST), before: textFrom(layer, range, true), after: textFrom(layer, range, false) }, region };
}

/** What encloses all the lines, as fractions. */
export function regionOf(lines: Box[], page: Box): Region | null {
  const seen = lines.filter((one) => one.width > 0 && one.height > 0);
  if (!seen.length || !page.width || !page.height) return null;
  const left = Math.min(...seen.map((one) => one.left));
  const top = Math.min(...seen.map((one) => one.top));
  const right = Math.max(...seen.map((one) => one.left + one.width));
  const bottom = Math.max(...seen.map((one) => one.top + one.height));
  const part = (value: number, whole: number): number => Math.min(Math.max(value / whole, 0), 1);
  const [x, y] = [part(left - page.left, page.width), part(top - page.top, page.height)];
  return { x, y, w: part(right - page.left, page.width) - x, h: part(bottom - page.top, page.height) - y };
}

interface Box { left: number; top: number; width: number; height: number }

function textFrom(layer: HTMLElement, marked: Range, isBefore: boolean): string {
  const rest = document.createRange();
  rest.selectNodeContents(layer);
  if (isBefore) rest.setEnd(marked.startContainer, marked.startOffset);
  else rest.setStart(marked.endContainer, marked.endOffset);
  const text = tidied(rest.toString());
  return isBefore ? text.slice(-AROUND) : text.slice(0, AROUND);
}

function tidied(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
