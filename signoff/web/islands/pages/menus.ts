/** Menus made of `<details class="menu">`: one open at a time, closed by Esc, by a choice and by a click elsewhere. */

export function listenToMenus(): void {
  document.addEventListener("click", (event) => closeOthers(event.target as Element));
  document.addEventListener("keydown", (event) => {
    const menu = document.querySelector<HTMLDetailsElement>("details.menu[open]");
    if (event.key !== "Escape" || !menu) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}

function closeOthers(clicked: Element): void {
  const own = clicked.closest("details.menu");
  const isChoice = clicked.closest(".menu-item") !== null;
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (menu !== own) menu.open = false;
    else if (isChoice) window.setTimeout(() => (menu.open = false));
  }
}
