/** What was said of a round that is not made yet; its note and the order of its files outlive the page. */

export interface Draft {
  note: string;
  reason: string;
  isChargeable: boolean;
  isHandedIn: boolean;
  as: "new" | "replace";
  /** The fingerprints of its files, as they stand. */
  order: readonly string[];
}

type Kept = Pick<Draft, "note" | "order">;

export function draftOf(deliverable: string): Draft {
  return { ...kept(deliverable), reason: "", isChargeable: true, isHandedIn: false, as: "new" };
}

export function keep(deliverable: string, draft: Draft): void {
  try {
    const { note, order } = draft;
    if (note || order.length) localStorage.setItem(place(deliverable), JSON.stringify({ note, order }));
    else localStorage.removeItem(place(deliverable));
  } catch {
    // a browser that keeps nothing: they live as long as the page
  }
}

/** The form's fields say what the draft says. */
export function fill(form: HTMLFormElement, draft: Draft): void {
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("[name]")) {
    if (field.name === "note") field.value = draft.note;
    if (field.name === "reason") field.value = draft.reason;
    if (!(field instanceof HTMLInputElement)) continue;
    if (field.name === "is_chargeable") field.checked = draft.isChargeable;
    if (field.name === "is_handed_in") field.checked = draft.isHandedIn;
    if (field.name === "as") field.checked = field.value === draft.as;
  }
}

/** The draft says what the form's fields say; what the form does not ask stays. */
export function read(form: HTMLFormElement, draft: Draft): void {
  const said = new FormData(form);
  const box = (name: string, before: boolean): boolean => form.querySelector<HTMLInputElement>(`[name=${name}]`)?.checked ?? before;
  draft.note = String(said.get("note") ?? draft.note);
  draft.reason = String(said.get("reason") ?? draft.reason);
  draft.isChargeable = box("is_chargeable", draft.isChargeable);
  draft.isHandedIn = box("is_handed_in", draft.isHandedIn);
  draft.as = said.get("as") === "replace" ? "replace" : "new";
}

function kept(deliverable: string): Kept {
  const nothing = { note: "", order: [] };
  try {
    return { ...nothing, ...(JSON.parse(localStorage.getItem(place(deliverable)) ?? "{}") as Partial<Kept>) };
  } catch {
    return nothing;
  }
}

function place(deliverable: string): string {
  return `signoff.round.${deliverable}`;
}
