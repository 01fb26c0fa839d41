/** Between the work and the new notes: what went from the older round into the newer one, and the switch of each note. */
import { icon } from "../../icon";
import { make } from "../room/dom";
import { carriedOf, countOf, type Carried } from "./carried";
import { CarriedCard, type CardHost } from "./card";

export class CarriedPanel {
  all: Carried[] = [];
  private readonly said = make("p", "xs muted");
  private readonly bar = make("div", "meter", { role: "img" }, make("span", "", { "data-status": "approved" }), make("span", "", { "data-status": "in_progress" }));
  private readonly list = make("ol", "carried-list");
  private readonly nothing = make("p", "carried-nothing muted sm");
  private readonly cards = new Map<string, CarriedCard>();

  constructor(root: HTMLElement, private readonly host: CardHost) {
    const { older, newer } = host;
    const title = make("h2", "", { id: "h-carried" }, `From round ${older.number} to round ${newer.number}`);
    root.setAttribute("aria-labelledby", "h-carried");
    root.removeAttribute("aria-label");
    root.replaceChildren(make("header", "panel-head", {}, title, this.said, this.bar), this.list, this.nothing);
    for (const side of [older, newer]) side.onChange((what) => (what === "comments" || what === "selected" || what === "files") && this.show());
    this.show();
  }

  /** N and P: the next one, from the one that is looked at. */
  step(by: 1 | -1): void {
    const { selected } = this.host.newer;
    const at = this.all.findIndex(({ note }) => note.id === selected);
    const next = at < 0 ? (by > 0 ? 0 : this.all.length - 1) : (at + by + this.all.length) % this.all.length;
    const found = this.all[next];
    if (found) this.host.open(found);
  }

  get current(): CarriedCard | null {
    return this.cards.get(this.host.newer.selected ?? "") ?? null;
  }

  show(): void {
    const { older, newer } = this.host;
    this.all = carriedOf(older.comments, newer.comments, newer.number);
    const { verified, addressed, open, of } = countOf(this.all);
    const many = this.all.length === 1 ? "1 note carried" : `${this.all.length} notes carried`;
    this.said.textContent = this.all.length ? `${many}, ${verified} of ${of} verified` : "";
    this.bar.hidden = of === 0;
    this.bar.setAttribute("aria-label", `${verified} verified, ${addressed} addressed, ${open} not addressed`);
    for (const [at, part] of [verified, addressed].entries()) (this.bar.children[at] as HTMLElement).style.setProperty("--v", `${of ? (100 * part) / of : 0}%`);
    this.nothing.hidden = this.all.length > 0;
    this.nothing.replaceChildren(icon("circle-check", "icon-sm"), `Nothing from round ${older.number} is still to be settled in round ${newer.number}.`);
    this.fill();
    count("carried", open + addressed);
  }

  /** Cards stay where they are while one works through them; what comes new has its place in the order. */
  private fill(): void {
    const wanted = new Set(this.all.map(({ note }) => note.id));
    for (const [id, card] of this.cards) {
      if (wanted.has(id)) continue;
      card.root.remove();
      this.cards.delete(id);
    }
    const known = [...this.cards.keys()];
    this.all.sort((one, other) => place(known, one) - place(known, other));
    for (const carried of this.all) {
      const card = this.cards.get(carried.note.id) ?? new CarriedCard(this.host, carried);
      if (!this.cards.has(carried.note.id)) this.list.append(card.root);
      this.cards.set(carried.note.id, card);
      card.show(carried, carried.note.id === this.host.newer.selected);
    }
  }
}

export function count(name: string, many: number): void {
  const sign = document.querySelector<HTMLElement>(`[data-count="${name}"]`);
  if (!sign) return;
  sign.textContent = String(many);
  sign.hidden = many === 0;
}

function place(known: string[], { note }: Carried): number {
  const at = known.indexOf(note.id);
  return at < 0 ? known.length : at;
}
