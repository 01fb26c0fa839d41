/** The active cell, the range that is drawn out from it, and how keys move both. Pure. */

export interface Cell {
  line: number;
  column: number;
}

export interface Cursor {
  active: Cell;
  /** The other corner of the range; the active cell itself when there is none. */
  anchor: Cell;
}

export interface Bounds {
  lines: number;
  columns: number;
  /** Lines that fit into the window. */
  page: number;
}

export interface Range {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

const FIRST_COLUMN = 1; // the column of the checkboxes is Space's

export function at(line: number, column: number): Cursor {
  return { active: { line, column }, anchor: { line, column } };
}

export function rangeOf({ active, anchor }: Cursor): Range {
  return {
    top: Math.min(active.line, anchor.line),
    bottom: Math.max(active.line, anchor.line),
    left: Math.min(active.column, anchor.column),
    right: Math.max(active.column, anchor.column),
  };
}

export function isRange(cursor: Cursor): boolean {
  return cursor.active.line !== cursor.anchor.line || cursor.active.column !== cursor.anchor.column;
}

export function contains(range: Range, line: number, column: number): boolean {
  return line >= range.top && line <= range.bottom && column >= range.left && column <= range.right;
}

/** Where the cursor is after this key; undefined when the key does not move it. */
export function moved(cursor: Cursor, key: string, extend: boolean, far: boolean, bounds: Bounds): Cursor | undefined {
  const target = targetOf(cursor.active, key, far, bounds);
  if (!target) return undefined;
  const active = { line: clamp(target.line, 0, bounds.lines - 1), column: clamp(target.column, FIRST_COLUMN, bounds.columns - 1) };
  return { active, anchor: extend ? cursor.anchor : active };
}

function targetOf({ line, column }: Cell, key: string, far: boolean, bounds: Bounds): Cell | undefined {
  switch (key) {
    case "ArrowUp":
      return { line: far ? 0 : line - 1, column };
    case "ArrowDown":
      return { line: far ? bounds.lines : line + 1, column };
    case "ArrowLeft":
      return { line, column: far ? 0 : column - 1 };
    case "ArrowRight":
      return { line, column: far ? bounds.columns : column + 1 };
    case "Home":
      return { line: far ? 0 : line, column: 0 };
    case "End":
      return { line: far ? bounds.lines : line, column: bounds.columns };
    case "PageUp":
      return { line: line - bounds.page, column };
    case "PageDown":
      return { line: line + bounds.page, column };
    default:
      return undefined;
  }
}

export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
