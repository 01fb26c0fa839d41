/** The grid's markup, cell by cell, as text. Everything that people typed goes through `esc`. */
// icons: file image clapperboard smartphone panels-top-left package volume-2 mail stamp users
import { thumbnailUrl } from "../../api";
import { stepOf, textOf, valueOf, type Column } from "./columns";
import type { Person, Row, StageColumn } from "./model";
import type { Group } from "./view";
import { STATUS, daysUntil, esc, initials, plural, shortDate } from "./words";

export interface Drawing {
  people: Map<string, Person>;
  columns: Column[];
  today: string;
  /** The address of a deliverable's page. */
  link: (row: Row) => string;
  mayEdit: boolean;
}

export function icon(name: string, extra = ""): string {
  return `<svg class="icon${extra ? ` ${extra}` : ""}" aria-hidden="true"><use href="#i-${name}"/></svg>`;
}

export function status(key: string, short = true): string {
  const said = STATUS[key] ?? { word: key, short: key, glyph: "st-not-started" };
  return `<span class="status" data-status="${key}">${icon(said.glyph, "icon-glyph")}<span>${short ? said.short : said.word}</span></span>`;
}

export function avatar(person: Person | undefined): string {
  if (!person) return `<span class="avatar-mark avatar-empty" title="Nobody assigned"><span class="sr">Nobody assigned</span></span>`;
  const name = esc(person.name);
  const marks = `class="avatar-mark${person.isClient ? " avatar-client" : ""}" data-hue="${person.hue}" title="${name}"`;
  return `<span ${marks}><span aria-hidden="true">${esc(initials(person.name))}</span><span class="sr">${name}</span></span>`;
}

export function due(row: Row, today: string): string {
  if (!row.due_on) return "";
  const days = daysUntil(row.due_on, today);
  const isDone = ["approved", "delivered", "cancelled"].includes(row.status);
  const title = `title="Due ${shortDate(row.due_on, today)}"`;
  if (isDone) return `<span class="due" data-due="later" ${title}>${shortDate(row.due_on, today)}</span>`;
  if (days < 0) return `<span class="due" data-due="late" ${title}>${icon("triangle-alert", "icon-sm")}${-days} d late</span>`;
  if (days > 99) return `<span class="due" data-due="later" ${title}>${shortDate(row.due_on, today)}</span>`;
  const words = days === 0 ? "Today" : `in ${days} d`;
  return days <= 2
    ? `<span class="due" data-due="soon" ${title}>${icon("clock", "icon-sm")}${words}</span>`
    : `<span class="due" data-due="later" ${title}>${words}</span>`;
}

export function round(row: Row): string {
  const allowed = row.rounds_included;
  const isOver = allowed !== null && row.round > allowed;
  const title = isOver ? `Over the agreed ${plural(allowed, "round")}: chargeable` : allowed === null ? "No round allowance" : `${row.round} of ${plural(allowed, "round")} used`;
  const share = allowed === null ? "" : `<small>/${allowed}</small>`;
  return `<span class="round"${isOver ? " data-over" : ""} title="${title}">R${row.round}${share}${isOver ? '<span class="sr"> over the allowance</span>' : ""}</span>`;
}

const PICTURES: [RegExp, string][] = [
  [/film|video|spot|tvc|motion|bumper|anim/i, "clapperboard"],
  [/social|story|reel|mobile|feed/i, "smartphone"],
  [/web|html|page|banner|digital|display|site/i, "panels-top-left"],
  [/pack|shot|product/i, "package"],
  [/audio|radio|sound|podcast/i, "volume-2"],
  [/mail|letter/i, "mail"],
  [/print|home|poster|visual|image|photo|key|press|billboard/i, "image"],
];

/** The cover, in a fixed place so that nothing moves when it comes; else a sign of what kind of work it is. */
export function picture(row: Row): string {
  if (row.cover) return `<img class="thumb" src="${esc(thumbnailUrl(row.cover))}" alt="" width="44" height="28" loading="lazy" decoding="async">`;
  const found = PICTURES.find(([pattern]) => pattern.test(row.kind)) ?? PICTURES.find(([pattern]) => pattern.test(row.name));
  return `<span class="thumb thumb-kind">${icon(found?.[1] ?? "file", "icon-sm")}</span>`;
}

export function nameCell(row: Row, drawing: Drawing): string {
  const second = row.specification || [row.language, row.market].filter(Boolean).join(", ") || row.kind;
  const urgent = row.priority === "urgent" || row.priority === "high" ? icon("flag", `icon-xs tone-${row.priority === "urgent" ? "danger" : "warn"}`) + `<span class="sr">${row.priority} priority</span>` : "";
  const held = row.status === "on_hold" || row.status === "cancelled" ? status(row.status) : "";
  return (
    `<div class="cell-name">${picture(row)}<span class="cell-name-text"><a class="truncate" tabindex="-1" href="${esc(drawing.link(row))}">${esc(row.name)}</a>` +
    `<small class="truncate">${esc(second)}</small></span><span class="cell-name-marks">${urgent}${held}</span></div>`
  );
}

function stageCell(row: Row, column: Column, drawing: Drawing): [attributes: string, inside: string] {
  const step = stepOf(row, column);
  if (!step) return [`class="stage-cell is-without"`, `<span class="sr">No such stage</span>`];
  const person = step.assignee ? drawing.people.get(step.assignee) : undefined;
  const due = step.due_on ? `, due ${shortDate(step.due_on, drawing.today)}` : "";
  const title = `${column.title}: ${STATUS[step.status]?.word ?? step.status}, ${person?.name ?? "nobody assigned"}${due}`;
  return [`class="stage-cell" data-status="${step.status}" title="${esc(title)}"`, status(step.status) + (step.status === "skipped" ? "" : avatar(person))];
}

function plainCell(row: Row, column: Column, drawing: Drawing): string {
  const value = valueOf(row, column);
  const text = esc(textOf(row, column, drawing.people));
  if (column.kind === "person") return value ? `<span class="cell-person">${avatar(drawing.people.get(String(value)))}<span class="truncate">${text}</span></span>` : "";
  if (column.kind === "status") return status(row.status);
  if (column.kind === "checkbox") return value ? icon("check", "icon-sm") + `<span class="sr">Yes</span>` : "";
  if (column.kind === "date" && value) return `<time datetime="${esc(String(value))}">${shortDate(String(value), drawing.today)}</time>`;
  if (column.key === "priority" && (value === "urgent" || value === "high")) return `<span class="cell-priority" data-priority="${value}">${icon("flag", "icon-xs")}${text}</span>`;
  return text;
}

const FLEX = new Set(["person", "status", "checkbox", "choice"]);

/** One cell of a row, whole. */
export function cell(row: Row, column: Column, index: number, isPicked: boolean, drawing: Drawing): string {
  const place = `role="${column.kind === "name" ? "rowheader" : "gridcell"}" aria-colindex="${index + 1}"`;
  switch (column.kind) {
    case "check":
      return `<div ${place} class="f1"><input class="checkbox" type="checkbox" tabindex="-1" aria-label="Select ${esc(row.name)}"${isPicked ? " checked" : ""}></div>`;
    case "name":
      return `<div ${place} class="f2">${nameCell(row, drawing)}</div>`;
    case "due":
      return `<div ${place} class="f3">${due(row, drawing.today)}</div>`;
    case "round":
      return `<div ${place} class="f4">${round(row)}</div>`;
    case "stage": {
      const [attributes, inside] = stageCell(row, column, drawing);
      return `<td ${place} ${attributes}>${inside}</td>`;
    }
    default:
      return `<td ${place} class="${column.kind === "long" ? "note-cell" : FLEX.has(column.kind) ? "plain-cell is-flex" : "plain-cell"}">${plainCell(row, column, drawing)}</td>`;
  }
}

export function groupCells(group: Group, isFolded: boolean): string {
  const done = group.rows.length ? Math.round((100 * group.done) / group.rows.length) : 0;
  const meter = `<div class="meter" role="img" aria-label="${group.done} of ${group.rows.length} approved"><span data-status="approved" data-v="${done}"></span></div>`;
  return (
    `<th class="frozen" scope="rowgroup" role="gridcell"><div class="group-line"><button class="group-toggle" type="button" tabindex="-1" aria-expanded="${!isFolded}">` +
    `${icon("chevron-down", "icon-sm")}${esc(group.title)}</button><span class="badge-count">${group.rows.length}</span><span class="group-done">${meter}${done} %</span></div></th>` +
    `<td role="gridcell"></td>`
  );
}

export function newCells(): string {
  return `<th class="frozen new-cell" role="gridcell"><button class="new-row" type="button" tabindex="-1">${icon("plus", "icon-sm")}New deliverable</button></th><td role="gridcell" class="new-hint">or paste rows from a spreadsheet here</td>`;
}

export function headCell(column: Column, index: number, sorted: "" | "ascending" | "descending"): string {
  if (column.kind === "check") return `<th class="frozen f1" scope="col" role="columnheader" aria-colindex="1"><input class="checkbox" type="checkbox" tabindex="-1" aria-label="Select all"></th>`;
  const frozen = index < 4 ? ` class="frozen f${index + 1}"` : "";
  const arrow = sorted ? icon(sorted === "ascending" ? "chevron-down" : "chevron-up", "icon-xs") : "";
  const sort = sorted ? ` aria-sort="${sorted}"` : "";
  return `<th${frozen} scope="col" role="columnheader" aria-colindex="${index + 1}"${sort}><button class="head-sort" type="button" tabindex="-1" data-sort="${esc(column.key)}" title="Sort by ${esc(column.title)}">${esc(column.title)}${stageMark(column.stage)}${arrow}</button></th>`;
}

function stageMark(stage: StageColumn | undefined): string {
  if (stage?.approval === "formal") return ` ${icon("users", "icon-xs")}<span class="sr">formal approval</span>`;
  if (stage?.approval === "simple") return ` ${icon("stamp", "icon-xs")}<span class="sr">simple approval</span>`;
  return "";
}
