/** Words on the picture: a field where one clicked, which becomes a mark of the kind text. */
import type { Desk } from "./draw_desk";
import { letters } from "./draw_geometry";
import { make } from "./dom";
import { INKS } from "./marks";
import type { Mark, Point } from "./types";

const MOST = 500;

/** Opens the field. Enter and a click elsewhere keep what was written, Shift with Enter begins a line, Esc leaves it. */
export function writeAt(root: HTMLElement, desk: Desk, at: Point, screenWidth: number, before?: Mark): HTMLTextAreaElement {
  const mark = before ?? desk.make("text", [at], { text: "" });
  const field = make("textarea", "draw-text", { rows: "1", maxlength: String(MOST), "aria-label": "Text on the picture", placeholder: "Text" });
  field.value = mark.geometry.text ?? "";
  const { style } = field;
  style.setProperty("left", `${mark.geometry.points[0]![0] * 100}%`);
  style.setProperty("top", `${mark.geometry.points[0]![1] * 100}%`);
  style.setProperty("--ink", INKS[mark.style.colour]);
  style.setProperty("--high", `${(letters(mark, desk.surface.size) * screenWidth) / desk.surface.size.width}px`);
  let isOver = false;
  const leave = (isKept: boolean): void => {
    if (isOver) return;
    isOver = true;
    field.remove();
    if (isKept) keep(desk, mark, field.value.trim(), before !== undefined);
  };
  field.addEventListener("blur", () => leave(true));
  field.addEventListener("pointerdown", (event) => event.stopPropagation());
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) leave(true);
    else if (event.key === "Escape") leave(false);
    else return;
    event.preventDefault();
  });
  root.append(field);
  field.focus();
  return field;
}

function keep(desk: Desk, mark: Mark, text: string, isThere: boolean): void {
  const anew = { ...mark, geometry: { ...mark.geometry, text } };
  if (isThere && !text) desk.remove(new Set([mark.id]));
  else if (isThere) desk.put([anew]);
  else if (text) desk.add([anew]);
}
