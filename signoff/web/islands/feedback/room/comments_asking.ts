/** A small form below a comment: why it will not be done, how the client reads it, whether it really goes. */
import { textButton } from "./comments_parts";
import { make } from "./dom";

export interface Question {
  label: string;
  /** The field's content; none: there is no field. */
  value?: string;
  isNeeded?: boolean;
  hint?: string;
  act: string;
  isDanger?: boolean;
  run: (said: string) => Promise<boolean>;
}

/** Goes when it is done, or left; what was written stays after a refusal. */
export function ask(place: HTMLElement, question: Question): void {
  const form = make("form", "comment-ask");
  const field = question.value === undefined ? null : make("textarea", "textarea", { rows: "2", maxlength: "10000", "aria-label": question.label });
  const send = make("button", `btn btn-sm ${question.isDanger ? "btn-error" : "btn-primary"}`, { type: "submit" }, question.act);
  const close = (): void => form.remove();
  form.append(make("p", "field-label", {}, question.label));
  if (field) {
    field.value = question.value ?? "";
    field.required = question.isNeeded ?? false;
    form.append(field);
  }
  if (question.hint) form.append(make("p", "muted xs", {}, question.hint));
  form.append(make("div", "row", {}, send, textButton("Cancel", close, "btn btn-sm btn-ghost")));
  form.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") close();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send.disabled = true;
    void question.run(field?.value.trim() ?? "").then((isDone) => (isDone ? close() : (send.disabled = false)));
  });
  place.replaceChildren(form);
  (field ?? send).focus();
  field?.setSelectionRange(field.value.length, field.value.length);
}
