/** What can be chosen in a cell: statuses (with the reason where one cannot), people, values. Pure. */
import type { Option } from "./menu";
import type { Person, Sheet, Step } from "./model";
import { avatar, icon, status } from "./render";
import type { Props } from "./state";
import { STAGE_STATUSES, STATUS, esc, shortDate } from "./words";

type Rules = Pick<Props, "may" | "moves" | "me">;

/** The statuses of a stage, digits as keys; below them its person and date. */
export function statusOptions(step: Step, rules: Rules, people: Map<string, Person>, today: string): Option[] {
  const options = STAGE_STATUSES.map((key, index): Option => {
    const option: Option = { value: `status:${key}`, text: STATUS[key]!.word, html: status(key, false), key: String(index + 1) };
    const refused = key === step.status ? "" : whyNot(key, step, rules);
    if (key === step.status) option.checked = true;
    if (refused) option.refused = refused;
    return option;
  });
  const inOrder = [...options.filter((option) => !option.refused), ...options.filter((option) => option.refused)];
  return [...inOrder, personOption(step, people, rules), dateOption(step, rules, today)];
}

/** Why this status cannot be chosen now; empty when it can. */
export function whyNot(wanted: string, step: Step, { may, moves, me }: Rules): string {
  const decides = may.approve || (may.approveNamed && step.assignee === me);
  const isReviewed = step.approval !== "none";
  if (wanted === "approved" && isReviewed) {
    if (step.status !== "in_review") return "after review";
    if (step.approval === "formal") return "by its approvers";
    return decides ? "" : "by who may approve";
  }
  if (!(moves[step.status]?.[step.approval] ?? []).includes(wanted)) {
    if (wanted === "changes_requested") return isReviewed ? "from review" : "needs an approval";
    return `not from ${(STATUS[step.status]?.word ?? step.status).toLowerCase()}`;
  }
  if (wanted === "changes_requested") return decides ? "" : "by who may approve";
  return may.work ? "" : "not yours to set";
}

function personOption(step: Step, people: Map<string, Person>, { may, me }: Rules): Option {
  const person = step.assignee ? people.get(step.assignee) : undefined;
  const option: Option = { value: "assignee", text: "Assign", html: `${avatar(person)}<span class="truncate">${esc(person?.name ?? "Assign somebody")}</span>`, key: "a", apart: true };
  if (!may.edit && !(may.work && (step.assignee === null || step.assignee === me))) option.refused = "by a producer";
  return option;
}

function dateOption(step: Step, { may }: Rules, today: string): Option {
  const words = step.due_on ? `Due ${shortDate(step.due_on, today)}` : "Due date";
  const option: Option = { value: "due", text: words, html: `${icon("calendar", "icon-sm")}<span>${words}</span>`, key: "d" };
  if (!may.edit) option.refused = "by a producer";
  return option;
}

/** People by name, nobody first; who may only take or give back sees only themselves. */
export function peopleOptions(sheet: Sheet, now: string | null, only: string | null): Option[] {
  const all = [...sheet.people.values()].filter((person) => !only || person.id === only);
  const nobody: Option = { value: "", text: "Nobody", html: `${avatar(undefined)}<span>Nobody</span>`, checked: now === null };
  const person = (one: Person): Option => ({
    value: one.id,
    text: one.name,
    html: `${avatar(one)}<span class="truncate">${esc(one.name)}</span>${one.isClient ? '<span class="chip">Client</span>' : ""}`,
    checked: one.id === now,
  });
  return [nobody, ...all.map(person)];
}

/** A deliverable's status follows from its stages; by hand it is only stopped and taken up again. */
export function heldOptions(held: string): Option[] {
  return [
    { value: "", text: "Follows its stages", html: `${icon("workflow", "icon-sm")}<span>Follows its stages</span>`, key: "1", checked: held === "" },
    { value: "on_hold", text: "On hold", html: status("on_hold"), key: "2", checked: held === "on_hold" },
    { value: "cancelled", text: "Cancelled", html: status("cancelled"), key: "3", checked: held === "cancelled" },
  ];
}

export function valueOptions(choices: [string, string][], now: unknown, canBeEmpty: boolean): Option[] {
  const options = choices.map(([value, word], index): Option => ({ value, text: word, checked: value === now, ...(index < 9 ? { key: String(index + 1) } : {}) }));
  return canBeEmpty ? [{ value: "", text: "None", checked: now === null || now === "" }, ...options] : options;
}
