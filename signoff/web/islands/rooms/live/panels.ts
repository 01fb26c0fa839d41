/** What stands around the work in a room: people, who waits, open notes, what is said. Lists made anew, no state. */
import { icon } from "../../icon";
import { make } from "../../feedback/room/dom";
import type { Comment } from "../../feedback/room/types";
import type { Opened } from "./stage";
import type { RoomNow, RoomPerson } from "./types";

export interface PersonActs {
  letIn(person: RoomPerson): void;
  give(person: RoomPerson): void;
  refuse(person: RoomPerson): void;
  cohost(person: RoomPerson, isCohost: boolean): void;
}

const ROLES = { host: "Host", cohost: "Co-host", viewer: "" };

export function peopleList(now: RoomNow, acts: PersonActs): HTMLElement[] {
  const here = now.people.filter((one) => one.is_here);
  return here.map((one) => {
    const row = make("li", "", { "data-person": one.id }, avatar(one), make("span", "truncate", {}, one.name));
    if (ROLES[one.role]) row.append(make("span", "chip", {}, ROLES[one.role]));
    row.append(...ways(now, one, acts));
    return row;
  });
}

export function waitingList(now: RoomNow, acts: PersonActs): HTMLElement[] {
  return now.people.filter((one) => one.waits).map((one) => {
    const row = make("li", "row sm", {}, avatar(one), make("span", "truncate", {}, one.name));
    if (now.me?.leads) row.append(button("Let in", () => acts.letIn(one), "btn btn-sm push"));
    return row;
  });
}

export function openNotes(opened: Opened): HTMLElement[] {
  return opened.open.map((one) => {
    const row = make("li", "", { "data-state": one.state }, make("a", "truncate", { href: opened.review, target: "_blank", rel: "noopener" }, one.text || "Drawing"));
    if (one.is_must_fix) row.append(icon("flag", "icon-xs tone-danger"), make("span", "sr", {}, "Must fix"));
    row.append(make("span", "num muted", {}, String(one.number)));
    return row;
  });
}

export function saidList(comments: Comment[]): HTMLElement[] {
  return comments.filter((one) => !one.parent && !one.is_removed).slice(-20).reverse().map((one) => {
    const head = make("header", "comment-head", {}, avatar(one.author), make("strong", "truncate", {}, one.author.name));
    return make("article", "comment", {}, head, make("p", "comment-text", {}, one.text));
  });
}

function ways(now: RoomNow, one: RoomPerson, acts: PersonActs): HTMLElement[] {
  const [leads, isDriver] = [now.me?.leads || now.driver === now.me?.id, now.driver === one.id];
  const end = make("span", "push row");
  if (isDriver) end.append(make("span", "xs muted", {}, "Presents"));
  else if (leads && now.wants.includes(one.id)) {
    end.append(make("span", "xs tone-warn-text", {}, "asks to lead"), button("Give", () => acts.give(one)), button("No", () => acts.refuse(one), "btn btn-sm btn-ghost"));
  } else if (leads && one.id !== now.me?.id) {
    end.append(make("span", `xs ${one.follows ? "muted" : "tone-warn-text"}`, {}, one.follows ? "Follows" : "Free"), button("Hand over", () => acts.give(one), "btn btn-sm btn-ghost"));
  } else end.append(make("span", `xs ${one.follows ? "muted" : "tone-warn-text"}`, {}, one.follows ? "Follows" : "Free"));
  return [end];
}

function avatar(one: { name: string; initials: string; hue: number }): HTMLElement {
  return make("span", "avatar-mark", { "data-hue": String(one.hue), title: one.name }, make("span", "", { "aria-hidden": "true" }, one.initials));
}

function button(words: string, press: () => void, className = "btn btn-sm"): HTMLButtonElement {
  const made = make("button", className, { type: "button" }, words);
  made.addEventListener("click", press);
  return made;
}
