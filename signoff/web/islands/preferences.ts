/** Theme and sidebar: changed on the page at once, then remembered by the server. */
import { basePath, pageHeaders } from "./api";

export function switchTheme(): void {
  const root = document.documentElement;
  const next = root.dataset.theme === "signoff-dark" ? "light" : "dark";
  root.dataset.theme = `signoff-${next}`;
  remember(document.body.dataset.themeKept ?? "theme", next); // the room where work is looked at has a light of its own
}

export function switchSidebar(): void {
  const isRail = document.body.classList.toggle("is-rail");
  const control = document.querySelector('[data-act="sidebar"]');
  control?.setAttribute("aria-expanded", String(!isRail));
  remember("sidebar", isRail ? "rail" : "wide");
}

/** Signed out there is nobody to remember it for; a lost answer costs nothing either. */
export function remember(name: string, value: string): void {
  if (document.body.dataset.live === undefined) return;
  void fetch(`${basePath()}/preferences`, {
    method: "POST",
    headers: pageHeaders(),
    body: new URLSearchParams({ [name]: value }),
    keepalive: true,
  }).catch(() => undefined);
}
