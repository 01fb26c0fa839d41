/** Which columns are shown, and in what order: ticks, arrows, or dragging. Kept in this browser and in the address. */
import { openLayer } from "./layer";
import { icon } from "./render";
import type { State } from "./state";
import { esc } from "./words";

export function openColumns(root: HTMLElement, state: State, anchor: () => Element, changed: () => void): void {
  const element = document.createElement("div");
  element.className = "menu-pop column-chooser";
  element.setAttribute("role", "dialog");
  element.setAttribute("aria-label", "Columns");
  const list = document.createElement("ul");
  const shown = new Set(state.columns.map((column) => column.key));
  const inOrder = [...state.columns.slice(4), ...state.all.filter((column) => !shown.has(column.key))];
  list.innerHTML = inOrder.map((column) => item(column.key, column.title, shown.has(column.key))).join("");
  element.innerHTML = `<p class="menu-pop-head">Columns, left to right</p>`;
  element.append(list, again());
  const layer = openLayer(root, element, { anchor });
  const take = (): void => {
    const items = [...list.querySelectorAll<HTMLElement>("li")];
    state.view.columns = items.filter((one) => one.querySelector<HTMLInputElement>("input")!.checked).map((one) => one.dataset.key!);
    state.keepColumns();
    changed();
  };
  void import("sortablejs").then(({ default: Sortable }) => Sortable.create(list, { handle: ".column-grip", animation: 120, onEnd: take }));
  list.addEventListener("change", take);
  element.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target.closest("[data-again]")) {
      state.view.columns = [];
      state.keepColumns();
      changed();
      layer.close();
    }
    const way = target.closest<HTMLElement>("[data-way]");
    if (way) shift(way, take);
  });
  element.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") layer.close();
  });
  list.querySelector("input")?.focus();
}

function item(key: string, title: string, isShown: boolean): string {
  const name = esc(title);
  const mover = (way: "up" | "down"): string => `<button class="btn btn-icon btn-ghost btn-sm" type="button" data-way="${way}" aria-label="Move ${name} ${way}">${way === "up" ? icon("chevron-up", "icon-sm") : icon("chevron-down", "icon-sm")}</button>`;
  return `<li data-key="${esc(key)}"><span class="column-grip">${icon("grip-vertical", "icon-sm")}</span><label class="truncate"><input class="checkbox" type="checkbox"${isShown ? " checked" : ""}>${name}</label>${mover("up")}${mover("down")}</li>`;
}

function again(): HTMLElement {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "btn btn-sm btn-ghost", textContent: "As they were" });
  button.dataset.again = "";
  return button;
}

function shift(button: HTMLElement, take: () => void): void {
  const moved = button.closest("li")!;
  if (button.dataset.way === "up") moved.previousElementSibling?.before(moved);
  else moved.nextElementSibling?.after(moved);
  button.focus();
  take();
}
