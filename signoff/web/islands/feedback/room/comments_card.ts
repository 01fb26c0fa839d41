/** One thread in the list: what was said, how it stands, what one may do. Changes part by part, never as a whole. */
import { basePath } from "../../api";
import { icon } from "../../icon";
import { toast } from "../../toast";
import { changeNote, MOVES, release, remove } from "./comments_acts";
import { ask } from "./comments_asking";
import { audienceChip, avatar, chip, KINDS, menu, pin, stateMark, textButton, type Choice } from "./comments_parts";
import { textNodes } from "./comments_text";
import { ago, chipWords, sizeWords, type Thread } from "./comments_words";
import { make } from "./dom";
import type { RoomStore } from "./store";
import type { Comment, Note, NoteKind } from "./types";

/* icons: check circle-check rotate-ccw pencil building-2 circle-slash link trash-2 */
export interface CardHost {
  store: RoomStore;
  /** Go to where it is, even if it is chosen already. */
  open: (comment: Comment) => void;
  /** To the composer. */
  write: () => void;
}

export class Card {
  readonly root = make("article", "comment", { tabindex: "0" });
  private readonly head = make("header", "comment-head");
  private readonly text = make("p", "comment-text");
  private readonly more = make("div", "comment-more");
  private readonly foot = make("footer", "comment-foot");
  private readonly answers = make("div", "comment-answers");
  private readonly actions = make("div", "comment-actions");
  private readonly asking = make("div", "comment-asking");
  private shown = "";

  constructor(private readonly host: CardHost, public thread: Thread) {
    this.root.append(this.head, this.text, this.more, this.foot, this.answers, this.actions, this.asking);
    this.root.addEventListener("click", (event) => this.click(event));
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.show(thread, false);
  }

  /** Draws what has changed; true when it has. */
  show(thread: Thread, isChosen: boolean): boolean {
    const isSame = thread.head === this.thread.head && sameList(thread.answers, this.thread.answers);
    const said = String(isChosen);
    if (isSame && this.shown === said) return false;
    this.thread = thread;
    this.shown = said;
    const { head } = thread;
    this.root.id = `c-${head.id}`;
    this.root.dataset.state = head.note?.state ?? "";
    this.root.setAttribute("aria-label", `${head.note ? `Note ${head.note.number}` : "Comment"} by ${head.author.name}`);
    if (isChosen) this.root.setAttribute("aria-current", "true");
    else this.root.removeAttribute("aria-current");
    this.head.replaceChildren(...this.headParts(head));
    this.text.replaceChildren(...this.words(head));
    this.text.hidden = !this.text.hasChildNodes();
    this.more.replaceChildren(...this.extras(head));
    this.foot.replaceChildren(...this.footParts(head));
    this.answers.replaceChildren(...thread.answers.map((one) => this.answer(one, isChosen)));
    this.actions.replaceChildren(...(isChosen ? this.acts(head) : []));
    if (!isChosen) this.asking.replaceChildren();
    return !isSame;
  }

  tick(now: Date): void {
    for (const time of this.root.querySelectorAll("time")) time.textContent = ago(time.dateTime, now);
  }

  private headParts(comment: Comment): Node[] {
    const { store } = this.host;
    const words = chipWords(comment, store.files);
    const parts: Node[] = comment.note ? [pin(comment.note.number, comment.note.state)] : [];
    parts.push(this.face(comment), make("strong", "truncate", {}, comment.author.name));
    const isRange = (comment.frame_out ?? comment.ms_out ?? null) !== null;
    if (words) parts.push(make("button", "anchor", { type: "button", title: "Go there" }, ...(isRange ? [icon("brackets", "icon-xs")] : []), words));
    parts.push(timeOf(comment));
    return parts;
  }

  private face(comment: Comment): HTMLElement {
    const known = this.host.store.props.people.find((one) => one.id !== null && one.id === comment.author.id);
    return avatar({ ...comment.author, is_client: known?.is_client ?? false });
  }

  private words(comment: Comment): (Node | string)[] {
    if (comment.is_removed) return [make("em", "muted", {}, "This comment was removed.")];
    return textNodes(comment.text, this.host.store.props.people.map((one) => one.name));
  }

  private extras(comment: Comment): Node[] {
    const parts: Node[] = [];
    if (comment.quote && !comment.is_removed) parts.push(make("blockquote", "comment-quote xs", {}, comment.quote.text));
    if (comment.client_text && comment.client_text !== comment.text) parts.push(make("p", "comment-wording xs", {}, make("b", "", {}, "Client reads: "), comment.client_text));
    for (const one of comment.attachments) {
      parts.push(make("a", "comment-file", { href: one.address, download: "" }, icon("paperclip", "icon-xs"), make("span", "truncate", {}, one.name), make("span", "muted", {}, sizeWords(one.size))));
    }
    const { note } = comment;
    if (note?.reason) parts.push(make("p", "comment-reason xs", {}, make("b", "", {}, `${note.state_by || "Reason"}: `), note.reason));
    return parts;
  }

  private footParts(comment: Comment): Node[] {
    const { store } = this.host;
    const { note } = comment;
    const parts: Node[] = store.props.is_client ? [] : [audienceChip(comment.audience)];
    if (comment.edited_at && !comment.is_removed) parts.push(make("span", "muted xs", { title: `Changed ${ago(comment.edited_at, new Date())}` }, "edited"));
    if (comment.is_after_lock) parts.push(chip("chip-line", null, "After the decision"));
    if (!note) return parts;
    if (note.is_must_fix) parts.push(chip("chip-danger", icon("flag"), "Must fix"));
    if (note.kind !== "action") parts.push(chip("", icon(KINDS[note.kind][0]), KINDS[note.kind][1]));
    if (note.round !== store.props.round.round) parts.push(chip("chip-line", null, `From R${note.round}`));
    if (note.is_approximate) parts.push(chip("chip-line", icon("move"), "Check the place"));
    if (note.kind === "action" || note.kind === "question" || note.state !== "open") parts.push(stateMark(note));
    return parts;
  }

  private answer(comment: Comment, isChosen: boolean): HTMLElement {
    const said = make("p", "", {}, make("strong", "", {}, comment.author.name), " ", ...this.words(comment));
    const foot = make("div", "comment-reply-foot", {}, timeOf(comment));
    const { is_client } = this.host.store.props;
    if (!is_client && comment.audience !== this.thread.head.audience) foot.append(audienceChip(comment.audience));
    if (comment.edited_at) foot.append("edited");
    const choices = isChosen ? this.choices(comment) : [];
    const more = menu(icon("ellipsis", "icon-xs"), "More with this answer", choices, "menu-end");
    return make("div", "comment-reply", { "data-reply": comment.id }, this.face(comment), make("div", "comment-reply-text", {}, said, ...this.extras(comment), foot), ...(more ? [more] : []));
  }

  private acts(comment: Comment): Node[] {
    const { store } = this.host;
    const may = comment.note?.may ?? [];
    const parts: Node[] = [];
    const move = (act: "address" | "verify" | "reopen", word: string, sign: string): void => {
      if (may.includes(act)) parts.push(textButton(word, () => changeNote(this.host.store, comment, { state: MOVES[act] }), "btn btn-sm", icon(sign, "icon-sm")));
    };
    move("address", "Mark addressed", "check");
    move("verify", "Verify", "circle-check");
    move("reopen", "Reopen", "rotate-ccw");
    if (comment.may.includes("reply")) parts.push(textButton("Reply", () => this.reply(comment), "btn btn-sm btn-ghost"));
    const origin = comment.note?.round ?? store.props.round.round;
    if (origin < store.props.round.round) {
      const address = `${basePath()}/deliverables/${store.props.deliverable.id}/compare?a=${origin}&b=${store.props.round.round}&c=${comment.id}`;
      parts.push(make("a", "btn btn-sm btn-ghost", { href: address }, icon("columns-2", "icon-sm"), `Compare with round ${origin}`));
    }
    const more = menu(icon("ellipsis"), "More", this.choices(comment), "menu-end push");
    return more ? [...parts, more] : parts;
  }

  private choices(comment: Comment): Choice[] {
    const { store } = this.host;
    const list: Choice[] = [];
    const add = (isThere: boolean | undefined, sign: string, label: string, run: () => unknown): void => {
      if (isThere) list.push({ drawn: icon(sign, "icon-sm"), label, run });
    };
    add(comment.may.includes("change"), "pencil", "Edit", () => this.edit(comment));
    add(comment.may.includes("release"), "building-2", "Release to client…", () => this.askRelease(comment));
    add(comment.note?.may.includes("refuse"), "circle-slash", "Won’t fix…", () => this.askReason(comment));
    if (comment.note?.may.includes("change")) list.push(...kindChoices(store, comment, comment.note));
    add(comment.parent === null, "link", "Copy link", () => copyLink(comment));
    add(comment.may.includes("remove"), "trash-2", "Remove…", () => this.askRemove(comment));
    return list;
  }

  private reply(comment: Comment): void {
    this.host.store.answer(comment);
    this.host.write();
  }

  private edit(comment: Comment): void {
    this.host.store.change(comment);
    this.host.open(comment.parent ? this.thread.head : comment);
    this.host.write();
  }

  private askRelease(comment: Comment): void {
    const { store } = this.host;
    ask(this.asking, {
      label: `What ${store.props.client || "the client"} reads`, value: comment.client_text || comment.text, act: "Release",
      hint: "Once they have it, it cannot be taken back. Answers stay internal.", run: (said) => release(store, comment, said),
    });
  }

  private askReason(comment: Comment): void {
    ask(this.asking, {
      label: "Why will this not be done?", value: "", isNeeded: true, act: "Won’t fix",
      run: (reason) => changeNote(this.host.store, comment, { state: MOVES.refuse, reason }),
    });
  }

  private askRemove(comment: Comment): void {
    const label = comment.parent ? "Remove this answer?" : "Remove this comment with its drawing?";
    ask(this.asking, { label, act: "Remove", isDanger: true, run: () => remove(this.host.store, comment) });
  }

  private click(event: MouseEvent): void {
    const target = event.target as Element;
    if (target.closest("a, summary, form, .menu-pop, .comment-actions") || document.getSelection()?.isCollapsed === false) return;
    this.host.open(this.thread.head);
  }

  private key(event: KeyboardEvent): void {
    if (event.target !== this.root) return;
    if (event.key === "Enter") return this.host.open(this.thread.head);
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key] as "nextElementSibling" | "previousElementSibling" | undefined;
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    let next = this.root[step] as HTMLElement | null;
    while (next?.hidden) next = next[step] as HTMLElement | null;
    next?.focus();
  }
}

function kindChoices(store: RoomStore, comment: Comment, note: Note): Choice[] {
  const must = { drawn: icon("flag", "icon-sm"), label: note.is_must_fix ? "Not a must-fix" : "Must fix", run: () => changeNote(store, comment, { is_must_fix: !note.is_must_fix }) };
  const kinds = (Object.keys(KINDS) as NoteKind[]).map((kind) => ({
    drawn: icon(KINDS[kind][0], "icon-sm"), label: KINDS[kind][1], isChosen: kind === note.kind, run: () => kind !== note.kind && changeNote(store, comment, { kind }),
  }));
  return [must, ...kinds];
}

async function copyLink(comment: Comment): Promise<void> {
  const address = new URL(window.location.href);
  address.searchParams.set("c", comment.id);
  try {
    await navigator.clipboard.writeText(address.href);
    toast({ title: "Link copied", tone: "ok" });
  } catch {
    toast({ title: "The link", text: address.href });
  }
}

function timeOf(comment: Comment): HTMLElement {
  return make("time", "muted xs push", { datetime: comment.at, title: new Date(comment.at).toLocaleString("en-GB") }, ago(comment.at, new Date()));
}

function sameList(a: Comment[], b: Comment[]): boolean {
  return a.length === b.length && a.every((one, at) => one === b[at]);
}
