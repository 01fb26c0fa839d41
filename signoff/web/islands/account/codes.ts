/** Recovery codes, shown once: copied and printed by buttons. Downloading is a link and needs no script. */
import { copy } from "../settings/secret";

export function mount(root: HTMLElement): void {
  const shown = root.querySelector<HTMLElement>("pre");
  const copying = root.querySelector<HTMLButtonElement>("[data-copy]");
  const printing = root.querySelector<HTMLButtonElement>("[data-print]");
  if (!shown || !copying || !printing) return;
  copying.hidden = printing.hidden = false;
  copying.addEventListener("click", () => void copy(shown, copying));
  printing.addEventListener("click", () => window.print());
}
