/** The corner that shows how far the files are while the dialog is closed; a click opens it again. */
import { icon } from "../../icon";
import { element, iconButton, meter, setMeter } from "./elements";
import type { Item } from "./item";
import { isActive, type Queue } from "./queue";
import { arrived, files, left, percent } from "./words";

export interface TrayWords {
  title: string;
  text: string;
  tone: "" | "warn" | "danger" | "ok";
}

export class Tray {
  readonly root = element("section", "upload-tray");
  private readonly title = element("b");
  private readonly text = element("span", "upload-tray-text");
  private readonly bar = meter("All files");
  private isAway = false;

  constructor(private readonly queue: Queue, open: () => void) {
    this.root.hidden = true;
    this.root.setAttribute("aria-label", "Files on their way");
    const face = element("button", "upload-tray-face");
    face.type = "button";
    face.append(icon("upload"), this.title, this.text, this.bar);
    face.addEventListener("click", open);
    const away = iconButton(icon("x", "icon-xs"), "Hide this", () => this.putAway());
    away.className = "toast-close";
    this.root.append(face, away);
  }

  /** `isWanted`: the round is made by itself when all is here. */
  draw(isDialogOpen: boolean, isWanted: boolean, number: number): void {
    if (this.queue.isRunning) this.isAway = false;
    this.show(!isDialogOpen && !this.isAway && this.queue.items.length > 0);
    if (this.root.hidden) return;
    const said = wordsOf(this.queue.items, this.queue.sum, isWanted, number);
    if (this.title.textContent !== said.title) this.title.textContent = said.title;
    if (this.text.textContent !== said.text) this.text.textContent = said.text;
    this.root.dataset.tone = said.tone;
    setMeter(this.bar, percent(this.queue.sum.sent, this.queue.sum.size));
  }

  /** The class is for `body:has()`: with one class alone in it, other changes of the page cost nothing. */
  private show(isShown: boolean): void {
    this.root.hidden = !isShown;
    this.root.classList.toggle("is-tray-shown", isShown);
  }

  private putAway(): void {
    this.isAway = true;
    this.show(false);
    document.querySelector<HTMLElement>("[data-new-round]")?.focus();
  }
}

/** What the tray says of these files. */
export function wordsOf(items: readonly Item[], sum: Queue["sum"], isWanted: boolean, number: number): TrayWords {
  const of = (state: Item["state"]): Item[] => items.filter((one) => one.state === state);
  const here = arrived(sum.here, items.length);
  const failed = of("failed");
  if (failed.length) return { title: failed.length === 1 ? `${failed[0]?.name} did not get through` : `${files(failed.length)} did not get through`, text: here, tone: "danger" };
  if (!items.some(isActive)) return resting(items, of("left"), here, number);
  const active = items.filter(isActive);
  const title = isWanted ? `Round ${number} is made as soon as the files are here` : here;
  if (active.every((one) => one.state !== "sending") && of("stuck").length) {
    return { title: of("stuck")[0]?.words.split(";")[0] ?? "", text: `${here}. It goes on by itself`, tone: "warn" };
  }
  const rest = [`${percent(sum.sent, sum.size)} %`, left(sum.size - sum.sent, sum.rate)].filter(Boolean).join(" · ");
  return { title, text: isWanted ? `${here} · ${rest}` : rest, tone: "" };
}

function resting(items: readonly Item[], gone: readonly Item[], here: string, number: number): TrayWords {
  if (gone.length) {
    const named = gone.slice(0, 2).map((one) => `${one.name} ${percent(one.sent, one.size)} %`).join(", ");
    return { title: `${files(items.length)} of a round that was not finished`, text: named, tone: "warn" };
  }
  if (items.some((one) => one.state === "paused")) return { title: "Paused", text: here, tone: "" };
  return { title: here, text: `Open it to add round ${number}`, tone: "ok" };
}
