/** The form that names the present filters: they are read off the address when it opens. */

export function mount(root: HTMLFormElement): void {
  root.addEventListener("toggle", (event) => {
    if ((event as ToggleEvent).newState !== "open") return;
    const query = root.querySelector<HTMLInputElement>('[name="query"]');
    if (query) query.value = filters(location.search);
    root.querySelector<HTMLInputElement>('[name="name"]')?.focus();
  });
}

/** The address's filters without empty ones and without the page's number. */
export function filters(search: string): string {
  const said = new URLSearchParams(search);
  for (const [name, value] of [...said]) if (!value || name === "page") said.delete(name, value);
  return said.toString();
}
