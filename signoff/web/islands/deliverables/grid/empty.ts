/** A project without deliverables: the shape of what will be here, and the first step as a field that works. */
import { icon } from "./render";
import type { State } from "./state";
import type { Value } from "./model";
import { esc, plural } from "./words";

interface Host {
  root: HTMLElement;
  state: State;
  add: (rows: Record<string, Value>[]) => Promise<boolean>;
  offerRows: (text?: string) => void;
}

const WIDTHS = [52, 40, 61, 35, 48, 57, 44, 50];

export function showEmpty(host: Host, isEmpty: boolean): void {
  const there = host.root.querySelector<HTMLElement>(":scope > .empty-grid");
  host.root.classList.toggle("is-empty", isEmpty);
  if (!isEmpty) return there?.remove();
  if (there) return;
  const place = document.createElement("div");
  place.className = "empty-grid";
  const line = (width: number, push = ""): string => `<span class="skeleton-line${push}" data-v="${Math.round(width)}"></span>`;
  const ghosts = WIDTHS.map((width) => `<div><span class="ghost-thumb"></span>${line(width / 4)}${line(4, " push")}${line(9).repeat(5)}</div>`).join("");
  place.innerHTML = `<div class="ghost-rows" aria-hidden="true">${ghosts}</div>${card(host.state)}`;
  host.root.prepend(place);
  const form = place.querySelector("form")!;
  const field = form.querySelector("input")!;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.value.trim()) void host.add([{ name: field.value.trim() }]);
    else field.focus();
  });
  field.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    host.offerRows(text);
  });
  place.querySelector("[data-paste]")!.addEventListener("click", () => host.offerRows());
  queueMicrotask(() => field.focus());
}

function card({ props }: State): string {
  const { pipeline, links } = props;
  const stages = pipeline.name
    ? `Each gets the ${plural(pipeline.stages, "stage")} of the ${esc(pipeline.name)} pipeline, and you can change that any time.`
    : "Choose a pipeline in the settings, and each gets its stages.";
  const upload = props.may.import ? `<a class="btn btn-sm btn-ghost" href="${esc(links.import)}">${icon("upload", "icon-sm")}Import a file</a>` : "";
  return (
    `<section class="empty-state card-box empty-card" aria-labelledby="empty-title"><div class="empty-fan" aria-hidden="true"><span>${icon("image")}</span><span>${icon("clapperboard")}</span><span>${icon("smartphone")}</span></div>` +
    `<h2 id="empty-title">What will this job produce?</h2><p>One row is one deliverable. ${stages}</p>` +
    `<form class="empty-add"><label class="input"><span class="sr">Name of the first deliverable</span><input type="text" maxlength="200" placeholder="Poster, A1"></label><button class="btn btn-primary" type="submit">${icon("plus")}Add</button></form>` +
    `<div class="row empty-more"><button class="btn btn-sm btn-ghost" type="button" data-paste>${icon("table-2", "icon-sm")}Paste rows from a sheet</button>${upload}</div></section>`
  );
}
