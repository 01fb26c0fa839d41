/** The one dialog of a page: what htmx puts into it opens it; an empty answer, its Close and Esc close it. */

export function mount(root: HTMLDialogElement): void {
  root.setAttribute("aria-labelledby", "dialog-title");
  root.addEventListener("htmx:afterSwap", () => settle(root));
  root.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target !== root && !target.closest("[data-close]")) return;
    event.preventDefault();
    if (target === root && isTypedIn(root)) return; // a stray click beside it loses nothing
    root.close();
  });
  root.addEventListener("close", () => root.replaceChildren());
}

function settle(root: HTMLDialogElement): void {
  if (!root.children.length) return root.close();
  if (!root.open) root.showModal();
  const first = root.querySelector<HTMLElement>("[aria-invalid=true]") ?? root.querySelector<HTMLElement>("[autofocus]");
  first?.focus();
}

function isTypedIn(root: HTMLElement): boolean {
  const fields = root.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input:not([type=hidden]), textarea");
  return [...fields].some((field) => field.value !== field.defaultValue);
}
