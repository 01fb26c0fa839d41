/** A secret that is shown once: selected by a click, copied by a button. */
export function mount(root: HTMLElement): void {
  const shown = root.querySelector<HTMLElement>("code");
  const button = root.querySelector<HTMLButtonElement>("[data-copy]");
  if (!shown || !button) return;
  shown.addEventListener("click", () => select(shown));
  button.hidden = false;
  button.addEventListener("click", () => void copy(shown, button));
}

/** Copies the text of `shown` and says so on the button. */
export async function copy(shown: HTMLElement, button: HTMLButtonElement): Promise<void> {
  const said = button.querySelector("[data-said]") ?? button;
  try {
    await navigator.clipboard.writeText(shown.textContent ?? "");
    said.textContent = "Copied";
  } catch {
    select(shown); // no clipboard without HTTPS: what is selected can be copied with the keys
    said.textContent = "Press Ctrl C";
  }
}

function select(shown: HTMLElement): void {
  const range = document.createRange();
  range.selectNodeContents(shown);
  const selection = window.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}
