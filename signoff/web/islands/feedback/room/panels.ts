/** On narrow screens the panels beside the work take turns. */
import { part } from "./dom";

export function listenToPanels(root: HTMLElement): void {
  document.addEventListener("click", (event) => openPanel(root, event));
}

function openPanel(root: HTMLElement, event: Event): void {
  const name = (event.target as Element).closest<HTMLElement>("[data-panel]:not(body)")?.dataset.panel;
  if (!name) return;
  event.preventDefault();
  document.body.dataset.panel = name;
  for (const tab of root.querySelectorAll<HTMLElement>(".room-tabs [data-panel]")) {
    if (tab.dataset.panel === name) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
  const target = part(`room-${name}`);
  target.scrollIntoView({ block: "nearest" });
  target.querySelector<HTMLElement>("button:not(:disabled), a[href], input:not([type=hidden])")?.focus({ preventScroll: true });
}
