/** Ranges of cells: as text for a spreadsheet, and from its text to changes and new rows. Pure. */
import { readCell, toTsv } from "./clipboard";
import type { Change } from "./changes";
import { textOf, type Column } from "./columns";
import { isRange, rangeOf } from "./cursor";
import type { Row } from "./model";
import type { State } from "./state";

export interface Pasted {
  changes: Change[];
  refused: string[];
  /** Lines below the last row: new deliverables, if the person wants them. */
  surplus: string[][];
}

export function copied(state: State): string {
  const { rows, columns } = state.reach;
  return toTsv(rows.map((row) => columns.filter((column) => column.kind !== "check").map((column) => textOf(row, column, state.sheet.people))));
}

/** One pasted cell fills the whole range; more of them go down and right from its first cell. */
export function pasted(cells: string[][], state: State): Pasted {
  const range = rangeOf(state.cursor);
  const isOne = cells.length === 1 && cells[0]!.length === 1;
  if (isOne && isRange(state.cursor)) {
    const { rows, columns } = state.reach;
    return read(rows.flatMap((row) => columns.map((column) => ({ row, column, text: cells[0]![0]! }))), [], state);
  }
  const rows = rowsFrom(state, range.top);
  const columns = state.columns.slice(range.left);
  const wanted = cells.slice(0, rows.length).flatMap((line, y) => line.slice(0, columns.length).map((text, x) => ({ row: rows[y]!, column: columns[x]!, text })));
  return read(wanted, cells.slice(rows.length), state);
}

function rowsFrom(state: State, line: number): Row[] {
  return state.lines.rowsBetween(line, state.lines.length);
}

function read(wanted: { row: Row; column: Column; text: string }[], surplus: string[][], state: State): Pasted {
  const found: Pasted = { changes: [], refused: [], surplus };
  for (const { row, column, text } of wanted) {
    const answer = readCell(text, column, state.sheet, state.today);
    if ("refused" in answer) found.refused.push(`${row.name}, ${answer.refused}`);
    else found.changes.push({ row, column, value: answer.value });
  }
  return found;
}

/** Delete: empties what can be empty. Names stay, stages go back to not started. */
export function cleared(state: State): Pasted {
  const { rows, columns } = state.reach;
  const can = columns.filter((column) => column.kind !== "check" && column.kind !== "name" && column.kind !== "status");
  return read(rows.flatMap((row) => can.map((column) => ({ row, column, text: "" }))), [], state);
}
