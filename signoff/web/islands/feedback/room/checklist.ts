/** What is still to be done, at a glance: how far the notes of the round are, and each of them with its state. */
import { icon } from "../../icon";
import { changeNote } from "./comments_acts";
import { progressOf, threadsOf } from "./comments_words";
import { make } from "./dom";
import type { RoomStore } from "./store";
import type { Comment, State } from "./types";

const FEW = 50; // rows that are there without being asked for
const ORDER: State[] = ["reopened", "open", "addressed", "verified"];

export function mountChecklist(root: HTMLElement, store: RoomStore): void {
  const said = make("span", "muted xs num push");
  const bar = make("div", "meter", { role: "img" }, make("span", "", { "data-status": "approved" }), make("span", "", { "data-status": "in_progress" }));
  const list = make("ul", "checklist");
  const nothing = make("p", "muted xs", {}, "No notes ask for anything.");
  const more = make("button", "link checklist-more", { type: "button", hidden: "" });
  let most = FEW;
  root.append(make("header", "", {}, make("h2", "", { id: "h-check" }, "Checklist"), said), bar, list, more, nothing);
  root.setAttribute("aria-labelledby", "h-check");
  const rows = new Map<string, Row>();
  const show = (): void => {
    const { verified, addressed, of } = progressOf(store.comments);
    const words = `${verified} of ${of} verified`;
    said.textContent = of ? words : "";
    bar.hidden = of === 0;
    bar.setAttribute("aria-label", words);
    for (const [at, part] of [verified, addressed].entries()) (bar.children[at] as HTMLElement).style.setProperty("--v", `${of ? (100 * part) / of : 0}%`);
    const all = asked(store);
    fill(list, rows, all.slice(0, most), store);
    more.hidden = all.length <= most;
    more.textContent = `All ${all.length} notes`;
    nothing.hidden = all.length > 0;
  };
  more.addEventListener("click", () => {
    most = Infinity;
    show();
  });
  store.onChange((what) => (what === "comments" || what === "selected") && show());
  show();
}

/** What is open first, and of it what must be done. */
function asked(store: RoomStore): Comment[] {
  const heads = threadsOf(store.comments, store.files, "place").map((one) => one.head);
  const rank = ({ note }: Comment): number => ORDER.indexOf(note!.state) * 2 + (note!.is_must_fix ? 0 : 1);
  return heads.filter((one) => one.note && ORDER.includes(one.note.state) && (one.note.kind === "action" || one.note.kind === "question")).sort((a, b) => rank(a) - rank(b));
}

interface Row { root: HTMLElement; said: string }

function fill(list: HTMLElement, rows: Map<string, Row>, comments: Comment[], store: RoomStore): void {
  const wanted = new Set(comments.map((one) => one.id));
  for (const [id, row] of rows) {
    if (wanted.has(id)) continue;
    row.root.remove();
    rows.delete(id);
  }
  let cursor = list.firstElementChild;
  for (const comment of comments) {
    const row = rows.get(comment.id) ?? { root: make("li"), said: "" };
    rows.set(comment.id, row);
    const said = JSON.stringify([comment.note, comment.text, comment.id === store.selected]);
    if (said !== row.said) draw(row.root, comment, store);
    row.said = said;
    if (row.root === cursor) cursor = cursor.nextElementSibling;
    else list.insertBefore(row.root, cursor);
  }
}

function draw(row: HTMLElement, comment: Comment, store: RoomStore): void {
  const note = comment.note!;
  const text = comment.text.split("\n")[0] || "Drawing";
  row.dataset.state = note.state;
  if (comment.id === store.selected) row.setAttribute("aria-current", "true");
  else row.removeAttribute("aria-current");
  const link = make("button", "checklist-text truncate", { type: "button", title: comment.text }, text);
  link.addEventListener("click", () => store.select(comment.id));
  const must = note.is_must_fix ? [make("span", "tone-danger", { title: "Must fix" }, icon("flag", "icon-xs"), make("span", "sr", {}, "Must fix"))] : [];
  row.replaceChildren(box(comment, text, store), link, ...must, make("span", "num muted", {}, note.round === store.props.round.round ? String(note.number) : `R${note.round} · ${note.number}`));
}

/** Empty: open. Dash: addressed. Check: verified. */
function box(comment: Comment, text: string, store: RoomStore): HTMLInputElement {
  const note = comment.note!;
  const made = make("input", "checkbox", { type: "checkbox", "aria-label": `Verified: ${text}` });
  made.checked = note.state === "verified";
  made.indeterminate = note.state === "addressed";
  made.disabled = !note.may.includes(made.checked ? "reopen" : "verify");
  made.addEventListener("change", () => {
    const state: State = note.state === "verified" ? "reopened" : "verified";
    made.disabled = true;
    void changeNote(store, comment, { state }).then((isDone) => {
      if (isDone) return;
      made.disabled = false;
      made.checked = note.state === "verified";
      made.indeterminate = note.state === "addressed";
    });
  });
  return made;
}
