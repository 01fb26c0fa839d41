/** How long something can still be taken back: any `[data-until]` counts down. */

/** Undo 6:12, 6:11 ... and, when its time is over, what shows it is asked for anew. */
export function countDown(root: ParentNode, at = Date.now()): void {
  for (const sign of root.querySelectorAll<HTMLElement>("[data-until]")) {
    const left = Math.floor((Date.parse(sign.dataset.until ?? "") - at) / 1_000);
    if (left < 0) {
      sign.removeAttribute("data-until");
      document.body.dispatchEvent(new CustomEvent("resync"));
    } else sign.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  }
}
