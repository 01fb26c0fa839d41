/** What every page does: htmx, islands, theme, live messages, toasts, shortcuts. Nothing of one feature. */
import htmx from "htmx.org";
import { startRequests } from "./requests";
import { mountIslands } from "./islands";
import { listenToKeys, shortcut, showShortcuts } from "./keys";
import { listenLive } from "./live";
import { switchSidebar, switchTheme } from "./preferences";
import { undoLast, watchToasts } from "./toast";

declare global {
  interface Window {
    htmx: typeof htmx;
  }
}
window.htmx = htmx;

const ACTS: Record<string, () => void> = {
  theme: switchTheme,
  sidebar: switchSidebar,
  shortcuts: showShortcuts,
  palette: () => void document.body.dispatchEvent(new CustomEvent("palette.open")),
};

document.addEventListener("click", (event) => {
  const control = (event.target as Element).closest<HTMLElement>("[data-act]");
  const act = ACTS[control?.dataset.act ?? ""];
  if (act) act();
});

listenToKeys();
shortcut({ keys: "mod+z", label: "Undo the last change", group: "Everywhere", run: undoLast });
startRequests();
watchToasts();
mountIslands(document);
document.body.addEventListener("htmx:load", (event) => mountIslands(event.target as Element));
if (document.body.dataset.live !== undefined) listenLive();
