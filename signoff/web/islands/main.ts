/** What every page does: htmx, islands, theme, live messages, toasts, shortcuts. Nothing of one feature. */
import htmx from "htmx.org";
import { startRequests } from "./requests";
import { mountIslands } from "./islands";
import { listenToKeys, shortcut, showShortcuts } from "./keys";
import { listenLive } from "./live";
import { sayOvertaken } from "./overtaken";
import { listenToMenus } from "./pages/menus";
import { listenToWaiting } from "./waiting";
import { switchSidebar, switchTheme } from "./preferences";
import { modKey, undoLast, watchToasts } from "./toast";

declare global {
  interface Window {
    htmx: typeof htmx;
  }
}
window.htmx = htmx;

const ACTS: Record<string, (control: HTMLElement) => void> = {
  theme: switchTheme,
  sidebar: switchSidebar,
  shortcuts: showShortcuts,
  reveal: revealPassword,
  palette: openPalette,
};

document.addEventListener("click", (event) => {
  const control = (event.target as Element).closest<HTMLElement>("[data-act]");
  const act = ACTS[control?.dataset.act ?? ""];
  if (control && act) act(control);
});

function revealPassword(control: HTMLElement): void {
  const field = document.getElementById(control.getAttribute("aria-controls") ?? "") as HTMLInputElement;
  const isShown = field.type === "text";
  field.type = isShown ? "password" : "text";
  control.setAttribute("aria-pressed", String(!isShown));
}

for (const sign of document.querySelectorAll("[data-mod-key]")) sign.textContent = `${modKey()} K`;

/** The palette may still be loading; it looks at this mark when it is there. */
function openPalette(): void {
  document.body.dataset.palette = "wanted";
  document.body.dispatchEvent(new CustomEvent("palette.open"));
}

listenToKeys();
shortcut({ keys: "mod+k", label: "Search, go to, do", group: "Everywhere", whileTyping: true, run: openPalette });
shortcut({ keys: "/", label: "Search", group: "Everywhere", run: openPalette });
listenToMenus();
listenToWaiting(document);
shortcut({ keys: "mod+z", label: "Undo the last change", group: "Everywhere", run: undoLast });
startRequests();
watchToasts();
mountIslands(document);
document.body.addEventListener("htmx:load", (event) => mountIslands(event.target as Element));
sayOvertaken();
listenLive((document.body.dataset.live ?? "").split(" ").filter(Boolean));
