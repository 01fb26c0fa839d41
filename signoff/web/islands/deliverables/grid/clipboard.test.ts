import { describe, expect, it } from "vitest";
import { fromTsv, newRows, readCell, toTsv } from "./clipboard";
import { FROZEN, columnsOf } from "./columns";
import { gridData } from "./fixture";
import { Sheet } from "./model";

const TODAY = "2026-11-22";
const sheet = new Sheet();
sheet.replace(gridData());
const columns = columnsOf(sheet, [{ key: "media", name: "Media", kind: "choice", choices: ["OOH", "TV"] }]);
const read = (key: string, text: string): unknown => {
  const column = [...FROZEN, ...columns].find((one) => one.key === key)!;
  return readCell(text, column, sheet, TODAY);
};

describe("text of cells", () => {
  it("comes back as it went, with tabs, quotes and lines in it", () => {
    const cells = [["a\tb", 'say "x"', "1\n2"], ["", "plain", "ü😀"]];
    expect(fromTsv(toTsv(cells))).toEqual(cells);
  });

  it("has no lines after the last one", () => expect(fromTsv("a\tb\r\nc\td\r\n\r\n")).toEqual([["a", "b"], ["c", "d"]]));
  it("of nothing is nothing", () => expect(fromTsv("\n")).toEqual([]));
});

describe("what pasted text means", () => {
  it("reads statuses in words of the house and of other tools", () => {
    expect([read("s:design", "In Progress"), read("s:design", "WIP"), read("s:design", "changes"), read("s:design", "")]).toEqual([
      { value: "in_progress" }, { value: "in_progress" }, { value: "changes_requested" }, { value: "not_started" },
    ]);
  });

  it("refuses a status that no stage has", () => expect(read("s:design", "delivered")).toHaveProperty("refused"));

  it("reads dates that can be read one way only", () => {
    expect([read("due", "2026-12-04"), read("due", "4.12.2026"), read("due", "31/12/2026"), read("due", "4 Dec"), read("due", "")]).toEqual([
      { value: "2026-12-04" }, { value: "2026-12-04" }, { value: "2026-12-31" }, { value: "2026-12-04" }, { value: null },
    ]);
  });

  it.each(["3/4/2026", "2026-02-30", "31.11.2026", "soon", "1899-01-01"])("refuses the date %s", (text) => {
    expect(read("due", text)).toHaveProperty("refused");
  });

  it("reads people, rounds, choices, priorities", () => {
    expect([read("assignee", "Mei"), read("round", "R2/4"), read("round", "3"), read("c:media", "tv"), read("priority", "Urgent")]).toEqual([
      { value: "mei" }, { value: 4 }, { value: 3 }, { value: "TV" }, { value: "urgent" },
    ]);
  });

  it.each([["assignee", "Nobody here"], ["round", "many"], ["round", "-1"], ["c:media", "Radio"], ["priority", "soonish"], ["name", " "], ["status", "In review"]])(
    "refuses %s %s", (key, text) => expect(read(key, text)).toHaveProperty("refused"),
  );
});

describe("rows that become deliverables", () => {
  it("go by a line of headings", () => {
    const cells = fromTsv("Due date\tDeliverable\tPriority\n2026-12-04\tPoster\tHigh\n\tBanner\t");
    expect(newRows(cells, columns, sheet, TODAY).rows).toEqual([{ name: "Poster", due_on: "2026-12-04", priority: "high" }, { name: "Banner" }]);
  });

  it("without one: the name first, dates are due, texts are type and specification", () => {
    expect(newRows(fromTsv("Poster, A1\tPrint\t594 × 841\t2026-12-04"), columns, sheet, TODAY).rows).toEqual([
      { name: "Poster, A1", kind: "Print", specification: "594 × 841", due_on: "2026-12-04" },
    ]);
  });

  it("leave out what cannot be read and say so", () => {
    const { rows, refused } = newRows(fromTsv("Deliverable\tDue\nPoster\tsoon"), columns, sheet, TODAY);
    expect([rows, refused.length]).toEqual([[{ name: "Poster" }], 1]);
  });
});
