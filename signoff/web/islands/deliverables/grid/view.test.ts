import { describe, expect, it } from "vitest";
import { columnsOf } from "./columns";
import { gridData } from "./fixture";
import { Sheet } from "./model";
import { emptyView, filterOf, filterRows, groupRows, readView, sortRows, writeView, type View } from "./view";

const TODAY = "2026-11-22";
const sheet = new Sheet();
sheet.replace(gridData());

function shown(part: Partial<View>): string[] {
  return filterRows(sheet, { ...emptyView(), ...part }, TODAY).map((row) => row.id);
}

describe("the view in the address", () => {
  it("comes back as it was written", () => {
    const view: View = { ...emptyView(), find: "a & b", status: ["in_review"], who: ["mei", "none"], stage: ["design:approved"], late: true, sort: "due", down: true, group: "", columns: ["kind", "s:design"] };
    expect(readView(writeView(view))).toEqual(view);
  });

  it("says nothing that is so anyway", () => expect(writeView(emptyView())).toBe(""));

  it("has the same filter whatever the order", () => {
    expect(filterOf(readView("late=1&sort=-due&group=none"))).toBe("late=1");
  });
});

describe("filters", () => {
  it("let through what is late, over its allowance, waiting", () => {
    expect([shown({ late: true }), shown({ over: true }), shown({ waiting: true })]).toEqual([["a"], ["a"], ["b"]]);
  });

  it("find words in any of the texts and the owner's name", () => {
    expect([shown({ find: "KEY vis" }), shown({ find: "tanaka" }), shown({ find: "16:9" }), shown({ find: "none of it" })]).toEqual([["a"], ["a"], ["b"], []]);
  });

  it("ask all stage filters at once", () => {
    expect(shown({ stage: ["design:approved", "client:in_review"] })).toEqual(["b"]);
  });

  it("know who has a deliverable or a stage of it, and who nobody is", () => {
    expect([shown({ who: ["sofie"] }), shown({ who: ["none"] })]).toEqual([["a", "b"], []]);
  });
});

describe("order and groups", () => {
  const columns = columnsOf(sheet, []);

  it("puts what has no value last, both ways", () => {
    const due = [{ key: "due", title: "Due", kind: "due" as const, width: 1, field: "due_on" }];
    const ids = (down: boolean): string[] => sortRows(sheet.rows, { ...emptyView(), sort: "due", down }, due, sheet.people).map((row) => row.id);
    expect([ids(false), ids(true)]).toEqual([["a", "b"], ["a", "b"]]);
  });

  it("sorts statuses by their order, not their letters", () => {
    const ids = sortRows(sheet.rows, { ...emptyView(), sort: "s:client", down: true }, columns, sheet.people).map((row) => row.id);
    expect(ids).toEqual(["b", "a"]);
  });

  it("groups by owner with nobody last", () => {
    expect(groupRows(sheet.rows, "assignee", sheet.people).map((group) => [group.title, group.rows.length])).toEqual([["Mei Tanaka", 1], ["Nobody", 1]]);
  });
});
