/** Over one of the two pictures: the pins of what went from round to round, and the marks of the note that is looked at. */
import { make } from "../room/dom";
import { isLonePin, isNear, pinOf, Pins, type Pinned } from "../room/draw_pins";
import { drawn, svg } from "../room/marks";
import type { Comment, Surface } from "../room/types";
import type { SideNotes } from "./notes";

export class SideMarks {
  private readonly root = make("div", "drawing", { "data-tool": "none" });
  private readonly paper = svg("svg", { class: "marks", preserveAspectRatio: "none", "aria-hidden": "true" });
  private readonly pins: Pins;
  private readonly ends: (() => void)[] = [];
  private frame = 0;
  private said = "";

  /** `isPinned`: of which comments there are pins; `shift`: by how many frames marks are moved with their note. */
  constructor(private readonly surface: Surface, private readonly notes: SideNotes, private readonly isPinned: (comment: Comment) => boolean, private readonly shift: (comment: Comment) => number) {
    this.pins = new Pins((id) => notes.select(id));
    this.root.append(this.paper, this.pins.root);
    surface.picture.append(this.root);
    const soon = (): void => {
      this.frame ||= requestAnimationFrame(() => this.show());
    };
    this.ends.push(surface.onMove(soon), notes.onChange(soon));
    this.show();
  }

  hide(isHidden: boolean): void {
    this.root.classList.toggle("is-hidden", isHidden);
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
    for (const end of this.ends) end();
    this.root.remove();
  }

  private show(): void {
    this.frame = 0;
    const { surface, notes } = this;
    const here = surface.place();
    const place = { ...here, page: here.page ?? null };
    const near = notes.comments.filter((one) => one.parent === null && (this.isPinned(one) || one.id === notes.selected) && isNear(one, place));
    this.pins.show(near.map((one) => pinOf(one, one.id === notes.selected, notes.number)).filter((one): one is Pinned => one !== null));
    const chosen = near.find((one) => one.id === notes.selected && isNear(one, place, 0));
    this.draw(chosen ?? null, here.frame_in ?? null);
  }

  private draw(chosen: Comment | null, frame: number | null): void {
    const { width, height } = this.surface.size;
    const shift = chosen ? this.shift(chosen) : 0;
    const marks = chosen?.marks.filter((mark) => mark.frame === null || mark.frame + shift === frame) ?? [];
    const said = JSON.stringify([chosen?.id, chosen?.note?.is_approximate, marks.map((mark) => mark.id), width, height]);
    if (said === this.said) return;
    this.said = said;
    this.paper.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.paper.classList.toggle("is-guessed", chosen?.note?.is_approximate === true);
    this.paper.replaceChildren(...marks.filter((mark) => !isLonePin(chosen?.marks ?? [], mark)).map((mark) => drawn(mark, { width, height })));
  }
}
