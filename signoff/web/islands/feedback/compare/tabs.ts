/** The files of the two rounds, in pairs. */
import { icon } from "../../icon";
import { make } from "../room/dom";
import type { FileKind } from "../room/types";
import type { Pair } from "./pairs";

/* icons: image film music file-text file */
const ICONS: Record<FileKind, string> = { image: "image", video: "film", audio: "music", pdf: "file-text", other: "file" };

/** `open`: which one, from 1. */
export function showTabs(root: HTMLElement, pairs: Pair[], open: number): void {
  const said = JSON.stringify([pairs.map((pair) => [pair.key, pair.a?.state, pair.b?.state]), open]);
  if (root.dataset.said === said) return;
  root.dataset.said = said;
  root.replaceChildren(...pairs.map((pair, at) => tab(pair, at === open - 1)));
}

function tab({ key, a, b }: Pair, isOpen: boolean): HTMLElement {
  const file = (b ?? a)!;
  const made = make("a", "", { href: "#work", "data-file": key, title: a && b && a.name !== b.name ? `${a.name} and ${b.name}` : file.name }, icon(ICONS[file.kind], "icon-sm"), make("span", "truncate", {}, file.name));
  if (isOpen) made.setAttribute("aria-current", "true");
  const lacks = !a ? "only in the second round" : !b ? "only in the first round" : [a, b].some((one) => one.state === "failed") ? "no preview" : "";
  if (lacks) made.append(icon("triangle-alert", "icon-xs"), make("span", "sr", {}, lacks));
  return made;
}
