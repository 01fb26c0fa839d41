/** Small parts of the uploader's markup. */
import { icon } from "../../icon";

export function element<K extends keyof HTMLElementTagNameMap>(tag: K, className = "", text = ""): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/** A button that is only an icon; its label is read out and shown as its title. */
export function iconButton(sign: SVGSVGElement, label: string, run: () => unknown): HTMLButtonElement {
  const made = element("button", "btn btn-sm btn-ghost btn-icon");
  made.type = "button";
  made.append(sign);
  name(made, label);
  made.addEventListener("click", () => void run());
  return made;
}

export function name(control: HTMLElement, label: string): void {
  control.setAttribute("aria-label", label);
  control.title = label;
}

export function button(label: string, run: () => unknown, className = "btn btn-sm"): HTMLButtonElement {
  const made = element("button", className, label);
  made.type = "button";
  made.addEventListener("click", () => void run());
  return made;
}

/** A bar with its percent. */
export function meter(label: string): HTMLDivElement {
  const made = element("div", "meter");
  made.setAttribute("role", "progressbar");
  made.setAttribute("aria-valuemin", "0");
  made.setAttribute("aria-valuemax", "100");
  made.setAttribute("aria-label", label);
  made.append(element("span"));
  return made;
}

export function setMeter(bar: HTMLElement, percent: number): void {
  bar.setAttribute("aria-valuenow", String(percent));
  bar.style.setProperty("--v", `${percent}%`);
}

/** The icon of a kind of file, by its name's ending. */
export function fileIcon(name: string): SVGSVGElement {
  const ending = name.toLowerCase().split(".").at(-1) ?? "";
  if (/^(png|jpe?g|gif|webp|avif|heic|heif|tiff?|psd|bmp|svg|exr|dng|ai|eps)$/.test(ending)) return icon("image");
  if (/^(mp4|mov|m4v|webm|mkv|avi|mxf|mpg|mpeg)$/.test(ending)) return icon("film");
  if (/^(wav|mp3|aac|m4a|aiff?|flac|ogg)$/.test(ending)) return icon("audio-lines");
  if (/^(pdf|docx?|txt|md|rtf)$/.test(ending)) return icon("file-text");
  if (/^(zip|rar|7z|tar|gz)$/.test(ending)) return icon("file-archive");
  return icon("file");
}
