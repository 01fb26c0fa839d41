/** On the right: what was said about the newer round that is its own. */
import { icon } from "../../icon";
import { audienceChip, avatar, chip, KINDS, pin, stateMark } from "../room/comments_parts";
import { ago } from "../room/comments_words";
import { make } from "../room/dom";
import type { Comment } from "../room/types";
import type { CardHost } from "./card";
import { newOf } from "./carried";
import { count } from "./panel";

export function mountFresh(root: HTMLElement, host: CardHost, isClient: boolean, open: (comment: Comment) => void): void {
  const { newer } = host;
  const said = make("p", "xs muted");
  const list = make("div", "comment-list");
  const title = make("h2", "", { id: "h-new" }, `New in round ${newer.number}`);
  root.setAttribute("aria-labelledby", "h-new");
  root.removeAttribute("aria-label");
  const way = make("a", "btn btn-sm", { href: host.addressOfReview }, "Comment or decide in the review");
  root.replaceChildren(make("header", "panel-head", {}, title, said), list, make("footer", "compare-on", {}, way));
  const show = (): void => {
    const all = newOf(newer.comments, newer.number);
    said.textContent = all.length === 1 ? "1 note" : all.length ? `${all.length} notes` : "No notes yet";
    list.replaceChildren(...all.map((one) => card(one, host, isClient, () => open(one))));
    count("new", all.length);
  };
  newer.onChange((what) => (what === "comments" || what === "selected") && show());
  show();
}

function card(comment: Comment, host: CardHost, isClient: boolean, open: () => void): HTMLElement {
  const { note } = comment;
  const known = host.people.find((one) => one.id !== null && one.id === comment.author.id);
  const time = make("time", "muted xs push", { datetime: comment.at }, ago(comment.at, new Date()));
  const head = make("header", "comment-head", {}, ...(note ? [pin(note.number, note.state)] : []), avatar({ ...comment.author, is_client: known?.is_client ?? false }), make("strong", "truncate", {}, comment.author.name), time);
  const foot = make("footer", "comment-foot", {}, ...(isClient ? [] : [audienceChip(comment.audience)]));
  if (note?.is_must_fix) foot.append(chip("chip-danger", icon("flag"), "Must fix"));
  if (note && note.kind !== "action") foot.append(chip("", icon(KINDS[note.kind][0]), KINDS[note.kind][1]));
  if (note && (note.kind === "action" || note.kind === "question" || note.state !== "open")) foot.append(stateMark(note));
  const made = make("article", "comment", { "data-state": note?.state ?? "", "aria-label": `Note ${note?.number ?? ""} by ${comment.author.name}` });
  const text = make("button", "comment-text", { type: "button" }, comment.text || "Drawing");
  made.append(head, text, foot);
  if (comment.id === host.newer.selected) made.setAttribute("aria-current", "true");
  made.addEventListener("click", open);
  return made;
}
