/** The buttons that zoom, and how much it is. */
import { icon } from "../../icon";
import { signButton, make } from "./dom";
import type { View } from "./surface_view";

export function zoomControls(view: View, toFull: (() => void) | null): HTMLElement[] {
  const said = make("summary", "btn btn-sm btn-ghost num zoom-said", { title: "Zoom" });
  const choices: [string, string, () => void][] = [
    ["Fit", "Shift 1", () => view.fit()],
    ["100 %", "Shift 0", () => view.actual()],
    ["200 %", "", () => view.zoomTo(2 / (window.devicePixelRatio || 1))],
  ];
  const menu = make("div", "menu-pop menu-end menu-up");
  for (const [word, keys, press] of choices) {
    const one = make("button", "menu-item", { type: "button" }, word, make("span", "push muted xs", {}, keys));
    one.addEventListener("click", press);
    menu.append(one);
  }
  const show = (): void => {
    const percent = view.factor * 100;
    const figure = percent < 10 ? percent.toFixed(1) : String(Math.round(percent));
    said.textContent = view.isFitted ? `Fit ${figure} %` : `${figure} %`;
  };
  view.onMove(show);
  show();
  const controls = make("div", "zoom", {},
    signButton(icon("minus"), "Zoom out (−)", () => view.zoom(-1)),
    make("details", "menu", {}, said, menu),
    signButton(icon("plus"), "Zoom in (+)", () => view.zoom(1)),
  );
  return toFull ? [controls, signButton(icon("maximize"), "Full screen (F)", toFull)] : [controls];
}
