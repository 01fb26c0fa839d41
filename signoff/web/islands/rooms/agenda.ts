/** The agenda's order: rows are dragged, or moved with Alt and arrows; the form behind it sends the order. */
import Sortable from "sortablejs";

export function mount(root: HTMLElement): void {
  const list = root.querySelector<HTMLElement>(".agenda-rows");
  const form = root.querySelector<HTMLFormElement>("[data-order]");
  if (!list || !form) return;
  const send = (): void => {
    for (const old of form.querySelectorAll("[name=item]")) old.remove();
    for (const row of list.querySelectorAll<HTMLElement>("[data-item]")) {
      const field = document.createElement("input");
      [field.type, field.name, field.value] = ["hidden", "item", row.dataset.item ?? ""];
      form.append(field);
    }
    form.dispatchEvent(new CustomEvent("ordered"));
  };
  Sortable.create(list, { handle: "[data-drag]", draggable: ".agenda-row", animation: 160, ghostClass: "is-dragged", onUpdate: send });
  list.addEventListener("keydown", (event) => {
    const row = (event.target as Element).closest<HTMLElement>(".agenda-row");
    if (!row || !event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    const other = event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (event.key === "ArrowUp") other.before(row);
    else other.after(row);
    (event.target as HTMLElement).focus();
    send();
  });
}
