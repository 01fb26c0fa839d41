/** A field to type in, exactly over its cell. Enter and Tab keep what was typed, Esc does not, leaving it does. */
import { openLayer, type Layer } from "./layer";

export interface FieldSaid {
  label: string;
  value: string;
  type: "text" | "date" | "number" | "long";
  anchor: () => Element | undefined;
  /** Words that are offered while typing. */
  offers?: string[];
  most?: number;
  /** `then` is where the cursor goes: the key that ended the typing. */
  keep: (value: string, then: "Enter" | "Tab" | "ShiftTab" | "") => void;
  closed?: () => void;
}

export function openField(root: HTMLElement, said: FieldSaid): Layer {
  const input = said.type === "long" ? document.createElement("textarea") : document.createElement("input");
  input.className = "cell-field";
  input.setAttribute("aria-label", said.label);
  if (input instanceof HTMLInputElement) {
    input.type = said.type;
    if (said.type === "number") Object.assign(input, { min: "0", max: "999", step: "1" });
    if (said.most) input.maxLength = said.most;
  } else input.rows = 4;
  input.value = said.value;
  if (said.offers?.length) input.setAttribute("list", offer(root, said.offers));
  let isOver = false;
  const keep = (then: "Enter" | "Tab" | "ShiftTab" | ""): void => {
    if (isOver) return;
    isOver = true;
    const value = input.value;
    const valid = input.validity.valid || said.type === "text" || said.type === "long";
    layer.close();
    if (valid && value !== said.value) said.keep(value, then);
    else said.keep(said.value, then);
  };
  const layer = openLayer(root, input, {
    anchor: said.anchor,
    over: true,
    left: () => keep(""),
    ...(said.closed ? { closed: said.closed } : {}),
  });
  input.addEventListener("keydown", (event: Event) => {
    const key = event as KeyboardEvent;
    key.stopPropagation();
    if (key.isComposing) return;
    if (key.key === "Escape") {
      isOver = true;
      layer.close();
    } else if (key.key === "Enter" && !(said.type === "long" && key.shiftKey)) keep("Enter");
    else if (key.key === "Tab") keep(key.shiftKey ? "ShiftTab" : "Tab");
    else return;
    key.preventDefault();
  });
  input.focus({ preventScroll: true });
  if (input instanceof HTMLInputElement && said.type !== "date") input.select();
  return layer;
}

function offer(root: HTMLElement, words: string[]): string {
  const list = root.querySelector("datalist") ?? document.createElement("datalist");
  list.id = "cell-offers";
  list.replaceChildren(...words.map((word) => Object.assign(document.createElement("option"), { value: word })));
  root.append(list);
  return list.id;
}
