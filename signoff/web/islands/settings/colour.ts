/** A colour field: the picker and the text beside it say the same. */
export function mount(root: HTMLElement): void {
  const picker = root.querySelector<HTMLInputElement>("[data-picker]");
  const text = root.querySelector<HTMLInputElement>("input[name]");
  if (!picker || !text) return;
  picker.addEventListener("input", () => {
    text.value = picker.value;
    text.dispatchEvent(new Event("input", { bubbles: true }));
  });
  text.addEventListener("input", () => {
    const typed = text.value.trim().toLowerCase();
    if (/^#[0-9a-f]{6}$/.test(typed)) picker.value = typed;
  });
}
