/** What floats over the grid: a list to choose from, a field to type in. One at a time; focus goes back where it was. */

export interface Layer {
  element: HTMLElement;
  close: () => void;
  /** Puts it beside its cell again, after scrolling. */
  place: () => void;
}

export interface LayerSaid {
  anchor: () => Element | undefined;
  /** Over the cell, as a field is; below it, as a list is. */
  over?: boolean;
  /** Pressed outside of it; closing follows. */
  left?: () => void;
  closed?: () => void;
}

let current: Layer | null = null;

export function openLayer(root: HTMLElement, element: HTMLElement, said: LayerSaid): Layer {
  current?.close();
  const before = document.activeElement as HTMLElement | null;
  root.append(element);
  element.style.position = "fixed";
  const place = (): void => placeAt(element, said.anchor(), said.over ?? false);
  const outside = (event: Event): void => {
    if (element.contains(event.target as Node)) return;
    said.left?.();
    layer.close();
  };
  const layer: Layer = {
    element,
    place,
    close: () => {
      if (current !== layer) return;
      current = null;
      document.removeEventListener("pointerdown", outside, true);
      window.removeEventListener("resize", place);
      const hadFocus = element.contains(document.activeElement);
      element.remove();
      if (hadFocus) before?.focus({ preventScroll: true });
      said.closed?.();
    },
  };
  current = layer;
  document.addEventListener("pointerdown", outside, true);
  window.addEventListener("resize", place);
  place();
  return layer;
}

export function openedLayer(): Layer | null {
  return current;
}

function placeAt(element: HTMLElement, anchor: Element | undefined, over: boolean): void {
  if (!anchor) return;
  const box = anchor.getBoundingClientRect();
  if (over) {
    Object.assign(element.style, { left: `${box.left}px`, top: `${box.top}px`, minWidth: `${box.width}px`, minHeight: `${box.height}px` });
    return;
  }
  const [width, height] = [element.offsetWidth, element.offsetHeight];
  const below = box.bottom + 4;
  const top = below + height > window.innerHeight - 8 ? Math.max(8, box.top - 4 - height) : below;
  const left = Math.max(8, Math.min(box.left, window.innerWidth - width - 8));
  Object.assign(element.style, { left: `${left}px`, top: `${top}px` });
}
