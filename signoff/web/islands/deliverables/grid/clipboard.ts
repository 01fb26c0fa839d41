/** Text of a spreadsheet's cells in and out (tabs and lines, quotes where needed), and what pasted text means. Pure. */
import { FROZEN, type Column } from "./columns";
import type { Sheet, Value } from "./model";
import { dateNamed, priorityNamed, statusNamed } from "./words";

export function toTsv(cells: string[][]): string {
  const quoted = (text: string): string => (/[\t\n\r"]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  return cells.map((line) => line.map(quoted).join("\t")).join("\n");
}

/** Cells of pasted text; a quoted cell may hold tabs and line ends. Empty lines at the end are none. */
export function fromTsv(text: string): string[][] {
  const lines: string[][] = [];
  let [line, cell, quoted] = [[] as string[], "", false];
  const clean = text.replace(/\r\n?/g, "\n");
  for (let i = 0; i < clean.length; i++) {
    const sign = clean[i]!;
    if (quoted && sign === '"' && clean[i + 1] === '"') cell += clean[++i];
    else if (quoted && sign === '"') quoted = false;
    else if (quoted) cell += sign;
    else if (sign === '"' && cell === "") quoted = true;
    else if (sign === "\t") [line, cell] = [[...line, cell], ""];
    else if (sign === "\n") {
      lines.push([...line, cell]);
      [line, cell] = [[], ""];
    } else cell += sign;
  }
  lines.push([...line, cell]);
  while (lines.length && lines.at(-1)!.every((one) => one.trim() === "")) lines.pop();
  return lines.map((cells) => cells.map((one) => one.trim()));
}

export type Read = { value: Value } | { refused: string };

/** What this text means in this column, or why it means nothing there. */
export function readCell(text: string, column: Column, sheet: Sheet, today: string): Read {
  const said = text.trim();
  const refuse = (why: string): Read => ({ refused: `${column.title}: ${why}` });
  switch (column.kind) {
    case "check":
      return refuse("cannot be pasted into");
    case "name":
      return said ? { value: said.replace(/\s+/g, " ") } : refuse("a deliverable needs a name");
    case "stage": {
      const status = said ? statusNamed(said) : "not_started";
      return status && status !== "delivered" && status !== "on_hold" && status !== "cancelled" ? { value: status } : refuse(`“${said}” is no status of a stage`);
    }
    case "status": {
      const status = statusNamed(said);
      if (!said) return { value: "" };
      return status === "on_hold" || status === "cancelled" ? { value: status } : refuse("follows from the stages; only On hold and Cancelled are set by hand");
    }
    case "due":
    case "date": {
      if (!said) return { value: null };
      const date = dateNamed(said, today);
      return date ? { value: date } : refuse(`“${said}” is no date that can be read one way only; write 2026-12-31`);
    }
    case "person": {
      if (!said) return { value: null };
      const person = sheet.personNamed(said);
      return person ? { value: person.id } : refuse(`nobody here is called “${said}”`);
    }
    case "round":
      return readNumber(said.replace(/^R?\d*\s*\//i, ""), refuse, true);
    case "number":
      return readNumber(said, refuse, false);
    case "checkbox":
      return { value: /^(1|x|y|yes|true|✓|✔)$/i.test(said) };
    case "choice":
      return readChoice(said, column, refuse);
    default:
      return { value: said };
  }
}

function readNumber(said: string, refuse: (why: string) => Read, isCount: boolean): Read {
  if (!said) return { value: null };
  const number = Number(said.replace(",", "."));
  const fits = Number.isFinite(number) && (!isCount || (Number.isInteger(number) && number >= 0 && number <= 999));
  return fits ? { value: number } : refuse(`“${said}” is no ${isCount ? "number of rounds" : "number"}`);
}

function readChoice(said: string, column: Column, refuse: (why: string) => Read): Read {
  if (!said) return column.key === "priority" ? { value: "normal" } : { value: null };
  const found = column.key === "priority" ? priorityNamed(said) : column.choices?.find(([, word]) => word.toLowerCase() === said.toLowerCase())?.[0];
  return found ? { value: found } : refuse(`“${said}” is none of ${(column.choices ?? []).map(([, word]) => word).join(", ")}`);
}

const HEADS: Record<string, string> = { deliverable: "name", name: "name", title: "name", due: "due", "due date": "due", deadline: "due", type: "kind", kind: "kind", format: "specification", spec: "specification", rounds: "round", "rounds included": "round", owner: "assignee", assignee: "assignee" };

/** Rows as `POST …/deliverables` takes them. By a head line if there is one, else: name, then a date is due, texts are type and specification. */
export function newRows(cells: string[][], columns: Column[], sheet: Sheet, today: string): { rows: Record<string, Value>[]; refused: string[] } {
  const [head = [], ...rest] = cells;
  const byHead = head.map((text) => columnNamed(text, columns));
  const hasHead = byHead.some((column) => column?.key === "name") && (head.length === 1 ? cells.length > 1 : byHead.filter(Boolean).length > 1);
  const texts = columns.filter((column) => column.key === "kind" || column.key === "specification");
  const refused: string[] = [];
  const rows = (hasHead ? rest : cells).flatMap((line) => {
    const row: Record<string, Value> = {};
    const free = [...texts];
    line.forEach((text, index) => {
      const guessed = index === 0 ? FROZEN[1] : dateNamed(text, today) ? FROZEN[2] : text ? free.shift() : undefined;
      const column = hasHead ? byHead[index] : guessed;
      if (!column?.field || column.custom || column.stage || !text.trim()) return;
      const read = readCell(text, column, sheet, today);
      if ("refused" in read) refused.push(read.refused);
      else row[column.field] = read.value;
    });
    return row.name ? [row] : [];
  });
  return { rows, refused };
}

function columnNamed(text: string, columns: Column[]): Column | undefined {
  const wanted = text.trim().toLowerCase();
  const key = HEADS[wanted];
  return [...FROZEN, ...columns].find((column) => column.kind !== "check" && (column.key === key || column.title.toLowerCase() === wanted));
}
