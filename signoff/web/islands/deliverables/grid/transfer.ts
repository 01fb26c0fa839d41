/** Copy and paste between the grid and a spreadsheet; lines below the last row are offered as new deliverables. */
import { toast } from "../../toast";
import type { Change } from "./changes";
import { fromTsv, newRows } from "./clipboard";
import { copied, pasted } from "./ranges";
import type { State } from "./state";
import { plural } from "./words";

interface Host {
  state: State;
  run: (changes: Change[]) => void;
  say: (words: string) => void;
  refusedMany: (words: string[], count: number) => void;
  offerRows: (text: string) => void;
}

export function listenToClipboard(element: HTMLElement, host: Host): void {
  element.addEventListener("copy", (event) => {
    event.clipboardData?.setData("text/plain", copied(host.state));
    event.preventDefault();
    const { rows, columns } = host.state.reach;
    host.say(`${plural(rows.length * columns.length, "cell")} copied`);
  });
  element.addEventListener("paste", (event) => {
    event.preventDefault();
    paste(event.clipboardData?.getData("text/plain") ?? "", host);
  });
}

function paste(text: string, host: Host): void {
  const { state } = host;
  const cells = fromTsv(text);
  const line = state.lines.at(state.cursor.active.line);
  if (!cells.length || line?.group) return;
  if (line && !line.row) return host.offerRows(text);
  const found = pasted(cells, state);
  host.run(found.changes);
  if (found.refused.length) host.refusedMany(found.refused, found.refused.length + found.changes.length);
  if (found.surplus.length && state.props.may.edit) offerSurplus(found.surplus, host);
}

function offerSurplus(cells: string[][], host: Host): void {
  const { rows } = newRows(cells, host.state.all, host.state.sheet, host.state.today);
  if (!rows.length) return;
  const run = (): void => host.offerRows(cells.map((line) => line.join("\t")).join("\n"));
  toast({ title: `${plural(rows.length, "pasted row")} below the last one`, text: "Add them as new deliverables?", action: { label: "Show", run } });
}
