/** A sample of the house's colours: the custom properties that `data-colours` names, set on the element. */
export function mount(root: HTMLElement): void {
  for (const line of (root.dataset.colours ?? "").split(";")) {
    const [name = "", value = ""] = line.split(":");
    if (name.trim()) root.style.setProperty(name.trim(), value.trim());
  }
}
