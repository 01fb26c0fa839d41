/** Where a note is written: what it points at, its words, who reads it. What is written stands in the store's draft. */
import { icon } from "../../icon";
import { isTyping, shortcut } from "../../keys";
import { modKey, toast } from "../../toast";
import { KINDS, menu, pin } from "./comments_parts";
import { named } from "./comments_text";
import { anchorWords } from "./comments_words";
import { Files } from "./composer_files";
import { Mentions } from "./composer_mentions";
import { Waiting } from "./composer_waiting";
import { signButton, make } from "./dom";
import type { RoomStore } from "./store";
import { isEmpty, NOWHERE, placeOf } from "./store_draft";
import type { Audience, Comment, Draft, NoteKind, Person, Surface } from "./types";

const LOOK = 250; // ms: where one is, is said as often
const MOST = 10_000;

interface Plays { isPlaying: boolean; play: () => unknown }

export class Composer {
  readonly root = make("form", "composer", { "aria-label": "A new note" });
  private readonly field = make("textarea", "", { id: "new-comment", rows: "2", placeholder: "Write a note", maxlength: String(MOST), enterkeyhint: "enter" });
  private readonly anchor = make("div", "composer-anchor");
  private readonly trouble = make("p", "field-error composer-trouble", { role: "alert", hidden: "" });
  private readonly hint = make("p", "composer-hint xs muted");
  private readonly audience = make("div", "segmented audience-switch", { role: "radiogroup", "aria-label": "Who may read it" });
  private readonly must: HTMLButtonElement;
  private readonly kind = make("span", "composer-kind");
  private readonly send = make("button", "btn btn-sm btn-primary push", { type: "submit" }, "Send ", make("kbd", "kbd", {}, `${modKey()} ↵`));
  private readonly files: Files;
  private readonly mentions: Mentions;
  private said = "";
  private wasPlaying = false;

  constructor(private readonly store: RoomStore, private readonly surfaceOf: () => Surface | null) {
    this.files = new Files(() => this.show());
    this.mentions = new Mentions(this.field, () => this.readers, () => this.typed());
    this.must = signButton(icon("flag"), "Must fix", () => this.store.write({ is_must_fix: !this.store.draft.is_must_fix }));
    this.fillAudience();
    const foot = make("div", "composer-foot", {}, this.audience, this.must, this.kind, this.files.button, this.send);
    const box = make("div", "composer-box", {}, this.anchor, make("label", "sr", { for: "new-comment" }, "Comment"), this.field, this.files.root, foot);
    this.root.append(new Waiting(store).root, this.mentions.root, this.trouble, box, this.hint);
    this.listen();
    this.show();
  }

  focus(): void {
    this.field.focus();
    this.field.setSelectionRange(this.field.value.length, this.field.value.length);
  }

  /** Who may read it may be named. */
  private get readers(): Person[] {
    const { people, me } = this.store.props;
    const isInternal = this.store.draft.audience === "internal";
    return people.filter((one) => one.id !== me.id && !(isInternal && one.is_client));
  }

  private listen(): void {
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("paste", (event) => this.drop(event, event.clipboardData));
    this.root.addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
    this.root.addEventListener("drop", (event) => this.drop(event, event.dataTransfer));
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.store.onChange((what) => what !== "selected" && this.show());
    window.setInterval(() => this.root.isConnected && !document.hidden && this.show(), LOOK);
    shortcut({ keys: "w", label: "Write a note here", group: "Comments", run: () => this.focus() });
    shortcut({ keys: "mod+enter", label: "Send the note", group: "Comments", whileTyping: true, run: () => this.submit(), when: (event) => !event || event.target === this.field || !isTyping(event.target) });
  }

  /** Who writes about a film looks at one frame. */
  private typed(): void {
    const surface = this.surfaceOf();
    const plays = surface as (Surface & Partial<Plays>) | null;
    if (plays?.isPlaying) {
      this.wasPlaying = true;
      plays.pause();
    }
    const text = this.field.value;
    const mentions = named(text, this.readers).flatMap((one) => one.id ?? []);
    this.store.writeHere({ text, mentions }, surface?.place() ?? null);
  }

  private key(event: KeyboardEvent): void {
    if (this.mentions.key(event) || event.isComposing) return;
    if (event.key === "Escape") this.field.blur();
  }

  private drop(event: Event, from: DataTransfer | null): void {
    const files = [...(from?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.files.add(files);
  }

  private submit(): void {
    const { store } = this;
    const [first] = this.files.list;
    if (isEmpty(store.draft) && !first) return this.focus();
    if (isEmpty(store.draft)) store.writeHere({ text: this.files.list.map((file) => file.name).join(", ") }, this.surfaceOf()?.place() ?? null);
    store.send(this.files.take());
    const surface = this.surfaceOf() as (Surface & Partial<Plays>) | null;
    if (this.wasPlaying && surface?.play) void surface.play();
    this.wasPlaying = false;
  }

  /** All of it follows from the draft, and changes only where that says something else. */
  private show(): void {
    const { draft, refusal } = this.store;
    const said = this.hintWords(draft);
    const state = JSON.stringify([draft, refusal, said, this.here(), this.files.list.length, this.store.nextNumber]);
    if (state === this.said) return;
    this.said = state;
    if (this.field.value !== draft.text) this.field.value = draft.text;
    this.field.placeholder = draft.parent ? "Write an answer" : "Write a note";
    this.anchor.replaceChildren(...this.anchorParts(draft));
    this.trouble.hidden = refusal === "";
    this.trouble.replaceChildren(icon("triangle-alert", "icon-sm"), refusal);
    this.showSwitches(draft);
    this.hint.textContent = said;
    this.send.disabled = isEmpty(draft) && this.files.list.length === 0;
  }

  private showSwitches(draft: Draft): void {
    const head = this.comment(draft.parent);
    this.audience.hidden = this.store.props.is_client || Boolean(draft.edits);
    for (const one of this.audience.children as HTMLCollectionOf<HTMLButtonElement>) {
      one.setAttribute("aria-checked", String(one.dataset.kind === draft.audience));
      one.disabled = one.dataset.kind === "client" && head?.audience === "internal";
    }
    const isNote = !draft.parent && !draft.edits && !this.store.props.round.is_locked;
    this.must.hidden = this.kind.hidden = !isNote;
    this.must.setAttribute("aria-pressed", String(draft.is_must_fix));
    if (this.kind.dataset.kind !== draft.kind) this.fillKind(draft.kind);
  }

  private anchorParts(draft: Draft): Node[] {
    const { store } = this;
    if (draft.edits) return [...this.about("Changing", this.comment(draft.edits)), this.closer("Leave it as it was", () => store.discard())];
    if (draft.parent) return [...this.about("Answer to", this.comment(draft.parent)), this.closer("Not an answer", () => store.discard())];
    const here = this.here();
    const isOpen = isEmpty(draft) && draft.file === null;
    const words = make("span", "truncate", {}, anchorWords(isOpen && here ? { ...NOWHERE, ...here, marks: [] } : draft, store.files));
    const parts: Node[] = [pin(store.nextNumber, "open"), words];
    if (!isOpen && draft.file !== null) parts.push(this.closer(draft.marks.length ? "Remove the anchor and the drawing" : "Remove the anchor", () => this.unpin(draft)));
    else if (!isOpen && here) {
      const add = make("button", "link push", { type: "button" }, "Pin it here");
      add.addEventListener("click", () => store.write(placeOf(here)));
      parts.push(add);
    }
    return parts;
  }

  private about(word: string, comment: Comment | undefined): Node[] {
    const drawn = comment?.note ? [pin(comment.note.number, comment.note.state)] : [];
    const whose = comment ? `${word} ${comment.author.name}: ${comment.text.slice(0, 80)}` : word;
    return [...drawn, make("span", "truncate", {}, whose)];
  }

  private closer(label: string, run: () => unknown): HTMLElement {
    return signButton(icon("x", "icon-sm"), label, run, "btn btn-ghost btn-sm btn-icon push");
  }

  private unpin(draft: Draft): void {
    this.store.write({ ...NOWHERE, marks: [] });
    const undo = (): void => {
      if (this.store.draft.sent_as === draft.sent_as) this.store.write({ ...placeOf(draft), marks: draft.marks });
    };
    if (draft.marks.length) toast({ title: "The drawing is gone", undo });
  }

  private fillAudience(): void {
    const add = (kind: Audience, drawn: Node, word: string): void => {
      const made = make("button", "", { type: "button", role: "radio", "data-kind": kind }, drawn, word);
      made.addEventListener("click", () => this.store.write({ audience: kind }));
      this.audience.append(made);
    };
    add("internal", icon("lock", "icon-xs"), "Internal");
    add("client", icon("building-2", "icon-xs"), "Client");
    this.audience.addEventListener("keydown", (event) => {
      if (!event.key.startsWith("Arrow")) return;
      event.preventDefault();
      const other = this.store.draft.audience === "internal" ? "client" : "internal";
      const target = this.audience.querySelector<HTMLButtonElement>(`[data-kind="${other}"]:not(:disabled)`);
      target?.click();
      target?.focus();
    });
  }

  private fillKind(now: NoteKind): void {
    const choices = (Object.keys(KINDS) as NoteKind[]).map((kind) => ({
      drawn: icon(KINDS[kind][0], "icon-sm"), label: KINDS[kind][1], isChosen: kind === now, run: () => this.store.write({ kind }),
    }));
    this.kind.dataset.kind = now;
    this.kind.replaceChildren(menu(icon(KINDS[now][0]), `Kind: ${KINDS[now][1].toLowerCase()}`, choices, "menu-above")!);
  }

  private hintWords(draft: Draft): string {
    const { client, is_client, round } = this.store.props;
    const whose = client || "The client";
    const readers = draft.audience === "internal" ? `${whose} will not see internal notes.` : `Visible to: ${client || "the client"}.`;
    const kept = { "": "", here: "Draft kept here.", saved: "Draft saved." }[this.store.kept];
    return [round.is_locked ? "This round is decided; what you say now stands behind the decision." : "", is_client ? "" : readers, kept].filter(Boolean).join(" ");
  }

  private here(): ReturnType<Surface["place"]> | null {
    return this.surfaceOf()?.place() ?? null;
  }

  private comment(id: string | null | undefined): Comment | undefined {
    return id ? this.store.comments.find((one) => one.id === id) : undefined;
  }
}
