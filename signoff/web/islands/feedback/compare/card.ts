/** One carried note: what it asks for, how its place was and is, and how far it is. */
import { icon } from "../../icon";
import { changeNote, MOVES } from "../room/comments_acts";
import { ask } from "../room/comments_asking";
import { avatar, chip, pin, stateMark, textButton } from "../room/comments_parts";
import { chipWords } from "../room/comments_words";
import { make } from "../room/dom";
import type { Comment, Note, Person, State } from "../room/types";
import type { Carried } from "./carried";
import { crop } from "./crops";
import type { SideNotes } from "./notes";

export interface CardHost {
  readonly older: SideNotes;
  readonly newer: SideNotes;
  readonly people: Person[];
  /** Go to where it was, and to where it is. */
  open(carried: Carried): void;
  /** Ask where it is now. */
  place(carried: Carried): void;
  /** The same two, but with the round in which it was raised. */
  addressFrom(round: number, comment: string): string;
  review(comment: Comment): string;
  readonly addressOfReview: string;
}

type Act = Exclude<Note["may"][number], "change">;
const SWITCH: [word: string, states: State[], act: Act][] = [
  ["Not addressed", ["open", "reopened"], "reopen"], ["Addressed", ["addressed"], "address"], ["Verified", ["verified"], "verify"],
];

export class CarriedCard {
  readonly root = make("li", "carried", { tabindex: "-1" });
  private readonly body = make("div", "carried-body");
  private readonly asking = make("div", "carried-asking");
  private carried: Carried;
  private said = "";

  constructor(private readonly host: CardHost, carried: Carried) {
    this.carried = carried;
    this.root.append(this.body, this.asking);
    this.root.addEventListener("click", (event) => {
      if (!(event.target as Element).closest("a, form, .carried-acts, [role=radio]")) host.open(this.carried);
    });
  }

  /** Draws it anew when something of it has changed. */
  show(carried: Carried, isChosen: boolean): void {
    this.carried = carried;
    const said = JSON.stringify([carried, isChosen, this.pictures(false).map((one) => one?.id)]);
    if (said === this.said) return;
    this.said = said;
    const { note } = carried;
    this.root.dataset.state = note.note?.state ?? "";
    if (isChosen) this.root.setAttribute("aria-current", "true");
    else {
      this.root.removeAttribute("aria-current");
      this.asking.replaceChildren();
    }
    const hadFocus = this.body.contains(document.activeElement);
    const focused = hadFocus ? (document.activeElement as HTMLElement).dataset.act : undefined;
    this.body.replaceChildren(this.head(), ...this.parts(isChosen));
    if (hadFocus) (this.body.querySelector<HTMLElement>(`[data-act-of="${focused}"]:not(:disabled)`) ?? this.body.querySelector<HTMLElement>(".carried-open"))?.focus();
  }

  /** V, A, R: what its switch does; false when it may not. */
  move(act: Act): boolean {
    const { note } = this.carried.note;
    if (!note?.may.includes(act)) return false;
    if (act === "reopen") this.askWhy();
    else void changeNote(this.host.newer, this.carried.note, { state: MOVES[act] });
    return true;
  }

  get mayBePlaced(): boolean {
    const { note, file } = this.carried.note;
    return Boolean(note?.may.length) && file !== null;
  }

  place(): void {
    if (this.mayBePlaced) this.host.place(this.carried);
  }

  private head(): HTMLElement {
    const { note } = this.carried;
    const known = this.host.people.find((one) => one.id !== null && one.id === note.author.id);
    const open = make("button", "carried-open carried-text", { type: "button" }, note.text || "Drawing");
    const must = note.note?.is_must_fix ? [make("span", "tone-danger", { title: "Must fix" }, icon("flag", "icon-sm"), make("span", "sr", {}, "Must fix"))] : [];
    const number = note.note ? [pin(note.note.number, note.note.state)] : [];
    return make("header", "", {}, ...number, avatar({ ...note.author, is_client: known?.is_client ?? false }), open, ...must);
  }

  private parts(isChosen: boolean): Node[] {
    const { note, answer } = this.carried;
    const parts: (Node | null)[] = [this.chips(), this.crops()];
    const reason = note.note?.reason;
    if (reason) parts.push(make("p", "carried-note", {}, make("b", "", {}, `${note.note?.state_by || "Reason"}:`), make("span", "", {}, reason)));
    if (answer) parts.push(make("p", "carried-note", {}, avatar(answer.author), make("span", "", {}, answer.text)));
    parts.push(this.switch(), isChosen ? this.acts() : null);
    return parts.filter((one): one is Node => one !== null);
  }

  private chips(): HTMLElement | null {
    const { note, before } = this.carried;
    const { older, newer } = this.host;
    const words = before ? chipWords(before, older.files) : chipWords(note, newer.files);
    const made: Node[] = words ? [make("span", "muted xs", {}, words)] : [];
    if (note.note && note.note.round !== older.number) made.push(chip("chip-line", null, `From R${note.note.round}`));
    if (note.note?.is_approximate) made.push(chip("chip-warn", icon("move"), "Check the place"));
    return made.length ? make("p", "row carried-chips", {}, ...made) : null;
  }

  private pictures(isNow: boolean): (ReturnType<typeof fileOf> | undefined)[] {
    const { note, before } = this.carried;
    return isNow ? [] : [before ? fileOf(this.host.older, before) : undefined, fileOf(this.host.newer, note)];
  }

  private crops(): HTMLElement | null {
    const { note, before } = this.carried;
    const { older, newer } = this.host;
    const figure = (side: SideNotes, comment: Comment | null): HTMLElement => {
      const cut = comment ? crop(fileOf(side, comment), comment) : null;
      return make("figure", "", {}, cut ?? make("span", "crop is-empty"), make("figcaption", "", {}, `R${side.number}`));
    };
    const hasAny = [before && crop(fileOf(older, before), before), crop(fileOf(newer, note), note)].some(Boolean);
    return hasAny ? make("div", "crops", { "aria-hidden": "true" }, figure(older, before), icon("chevron-right", "icon-sm"), figure(newer, note)) : null;
  }

  private switch(): HTMLElement | null {
    const { note } = this.carried.note;
    if (!note) return null;
    const isOnSwitch = SWITCH.some(([, states]) => states.includes(note.state));
    if (!isOnSwitch || !SWITCH.some(([, , act]) => note.may.includes(act))) return make("p", "row xs", {}, stateMark(note));
    const made = make("div", "segmented carried-state", { role: "radiogroup", "aria-label": `State of note ${note.number}` });
    for (const [word, states, act] of SWITCH) {
      const isChosen = states.includes(note.state);
      const label = note.state === "reopened" && isChosen ? "Reopened" : word;
      const one = textButton(label, () => !isChosen && this.move(act), "", act === "verify" ? icon("check", "icon-xs") : null);
      one.setAttribute("role", "radio");
      one.setAttribute("aria-checked", String(isChosen));
      one.dataset.actOf = act;
      one.disabled = !isChosen && !note.may.includes(act);
      if (one.disabled) one.title = note.state === "verified" ? "It is verified; reopen it first" : "Somebody else decides that";
      made.append(one);
    }
    return made;
  }

  private acts(): HTMLElement {
    const { note, before } = this.carried;
    const parts: Node[] = [];
    if (this.mayBePlaced && note.note?.round !== this.host.newer.number) parts.push(textButton(note.note?.is_approximate ? "Say where it is now" : "Move its place", () => this.place(), "btn btn-sm", icon("move", "icon-sm")));
    const origin = note.note?.round ?? 0;
    if (origin !== this.host.older.number && (!before || origin < this.host.older.number)) {
      parts.push(make("a", "btn btn-sm btn-ghost", { href: this.host.addressFrom(origin, note.id) }, `Compare with round ${origin}`));
    }
    parts.push(make("a", "btn btn-sm btn-ghost", { href: this.host.review(note) }, "Thread"));
    return make("div", "carried-acts row", {}, ...parts);
  }

  private askWhy(): void {
    if (this.host.newer.selected !== this.carried.note.id) this.host.open(this.carried);
    ask(this.asking, {
      label: "What is still missing?", value: "", act: "Reopen", hint: "Whoever addressed it reads this.",
      run: (reason) => changeNote(this.host.newer, this.carried.note, { state: MOVES.reopen, reason }),
    });
    this.asking.scrollIntoView({ block: "nearest" });
  }
}

function fileOf(side: SideNotes, comment: Comment): SideNotes["files"][number] | undefined {
  return side.files.find((one) => one.id === comment.file);
}
