/** Beside the pages of a document: the strip of them, the way from one to the next, and its text to mark and search. */
import { icon } from "../../icon";
import { toast } from "../../toast";
import type { PagesSurface } from "./document";
import type { Match } from "./document_matches";
import { signButton, make } from "./dom";
import type { RoomFile } from "./types";

export class DocumentTools {
  readonly strip = make("nav", "page-strip", { "aria-label": "Pages" });
  readonly bar = make("div", "page-bar");
  private readonly said = make("span", "num", { "aria-live": "polite" });
  private readonly textButton = signButton(icon("text-cursor"), "Mark and copy text", () => this.switchText());
  private readonly found = make("ol", "page-matches", { hidden: "" });
  private readonly stops: (() => void)[] = [];
  private isTextShown = false;
  private laid = "";
  private asked = 0;

  constructor(private readonly host: HTMLElement, private readonly surface: PagesSurface, file: RoomFile) {
    this.fillStrip(file);
    this.fillBar();
    this.host.append(this.strip, this.bar, this.found);
    this.host.classList.toggle("has-strip", surface.pages > 1);
    this.strip.hidden = surface.pages < 2;
    this.stops.push(surface.onMove(() => this.show()));
    this.show();
  }

  destroy(): void {
    for (const stop of this.stops) stop();
    for (const one of [this.strip, this.bar, this.found, this.surface.layer]) one.remove();
    this.host.classList.remove("has-strip");
  }

  private fillStrip(file: RoomFile): void {
    for (const page of file.pages) {
      const one = make("button", "page-tile", { type: "button", "aria-label": `Page ${page.number}`, "data-page": String(page.number) },
        make("img", "", { src: page.address, alt: "", loading: "lazy", decoding: "async", width: "64", height: String(Math.round((64 * page.height) / page.width)) }),
        make("span", "num", {}, String(page.number)));
      one.addEventListener("click", () => void this.surface.turn(page.number));
      this.strip.append(one);
    }
  }

  private fillBar(): void {
    const find = make("input", "page-find", { type: "search", placeholder: "Find in the text", "aria-label": "Find in the text", enterkeyhint: "search" });
    find.addEventListener("input", () => void this.find(find.value));
    find.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      find.value = "";
      void this.find("");
      find.blur();
    });
    this.textButton.setAttribute("aria-pressed", "false");
    this.bar.append(
      signButton(icon("chevron-left"), "Previous page (←)", () => this.surface.turn(this.surface.page - 1)),
      this.said,
      signButton(icon("chevron-right"), "Next page (→)", () => this.surface.turn(this.surface.page + 1)),
      this.textButton,
      find,
    );
  }

  private show(): void {
    const { page, pages } = this.surface;
    this.said.textContent = `Page ${page} of ${pages}`;
    for (const one of this.strip.querySelectorAll<HTMLElement>(".page-tile")) {
      const isHere = one.dataset.page === String(page);
      if (isHere === (one.getAttribute("aria-current") !== null)) continue;
      if (isHere) one.setAttribute("aria-current", "true");
      else one.removeAttribute("aria-current");
      if (isHere) one.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    if (this.isTextShown) void this.lay();
  }

  private switchText(): void {
    this.isTextShown = !this.isTextShown;
    this.textButton.setAttribute("aria-pressed", String(this.isTextShown));
    this.surface.view.root.classList.toggle("is-text", this.isTextShown);
    if (!this.isTextShown) return this.surface.layer.remove();
    this.surface.picture.append(this.surface.layer);
    this.laid = "";
    void this.lay();
  }

  /** Anew for another page or size; only the last one that was wanted. */
  private async lay(): Promise<void> {
    const wide = this.surface.picture.clientWidth;
    const wanted = `${this.surface.page} ${wide}`;
    if (this.laid === wanted) return;
    this.laid = wanted;
    try {
      const text = await this.surface.words();
      if (this.laid === wanted) await text.lay(this.surface.page, this.surface.layer, wide);
    } catch (error) {
      this.refuse(error);
    }
  }

  private async find(typed: string): Promise<void> {
    const asked = ++this.asked;
    try {
      const matches = typed.trim().length < 2 ? [] : await (await this.surface.words()).find(typed);
      if (asked === this.asked) this.list(matches, typed);
    } catch (error) {
      this.refuse(error);
    }
  }

  private list(matches: Match[], typed: string): void {
    this.found.hidden = typed.trim().length < 2;
    if (!matches.length) return this.found.replaceChildren(make("li", "muted", {}, "Nothing found"));
    this.found.replaceChildren(...matches.map((match) => {
      const one = make("button", "", { type: "button" }, make("span", "num muted", {}, String(match.page)), make("span", "", {}, match.before, make("mark", "", {}, match.text), match.after));
      one.addEventListener("click", () => void this.surface.turn(match.page));
      return make("li", "", {}, one);
    }));
  }

  private refuse(error: unknown): void {
    const text = error instanceof Error ? error.message : "";
    toast({ title: "No text to mark", text, tone: "info" });
    this.isTextShown = false;
    this.textButton.disabled = true;
    this.textButton.setAttribute("aria-pressed", "false");
    this.surface.view.root.classList.remove("is-text");
    this.bar.querySelector("input")?.setAttribute("disabled", "");
    this.surface.layer.remove();
  }
}
