/** The files of the round below the work: which one is open, and the way from one to the next. */

export class Files {
  /** `open`: the file with this id. */
  constructor(private readonly foot: HTMLElement, open: (id: string) => void) {
    foot.addEventListener("click", (event) => {
      const link = (event.target as Element).closest<HTMLElement>("[data-file]");
      if (!link?.dataset.file || event.ctrlKey || event.metaKey || event.shiftKey) return; // another tab is wanted
      event.preventDefault();
      open(link.dataset.file);
    });
  }

  /** After the strip came anew, too. */
  show(id: string | null): void {
    for (const link of this.foot.querySelectorAll<HTMLElement>("[data-file]")) {
      if (link.dataset.file !== id) link.removeAttribute("aria-current");
      else {
        link.setAttribute("aria-current", "true");
        link.scrollIntoView({ block: "nearest", inline: "nearest" });
      }
    }
  }
}
