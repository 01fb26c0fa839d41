import { describe, expect, it } from "vitest";
import { plan, present, put, type Change } from "./changes";
import { statusOptions, whyNot } from "./choices";
import { FROZEN, columnsOf, type Column } from "./columns";
import { gridData } from "./fixture";
import { Sheet } from "./model";
import { cell } from "./render";

function setting(): { sheet: Sheet; column: (key: string) => Column } {
  const sheet = new Sheet();
  sheet.replace(gridData());
  const all = [...FROZEN, ...columnsOf(sheet, [])];
  return { sheet, column: (key) => all.find((one) => one.key === key)! };
}

describe("what is sent", () => {
  it("leaves out what changes nothing and stages that are not there", () => {
    const { sheet, column } = setting();
    const [a, b] = [sheet.byId.get("a")!, sheet.byId.get("b")!];
    expect(plan([{ row: a, column: column("priority"), value: "high" }, { row: b, column: column("s:check"), value: "in_progress" }])).toEqual([]);
  });

  it("brings alike changes of many rows together", () => {
    const { sheet, column } = setting();
    const rows = [0, 1, 2].map((n) => ({ ...sheet.byId.get("a")!, id: `${n}` }));
    const requests = plan(rows.map((row) => ({ row, column: column("priority"), value: "low" })));
    expect(requests.map((request) => [request.bulk, request.changes.length])).toEqual([[{ priority: "low" }, 3]]);
  });

  it("sends approvals one by one, their own way", () => {
    const { sheet, column } = setting();
    const rows = [0, 1, 2].map((n) => ({ ...sheet.byId.get("a")!, id: `${n}` }));
    expect(plan(rows.map((row) => ({ row, column: column("s:check"), value: "approved" }))).map((request) => request.bulk)).toEqual([undefined, undefined, undefined]);
  });

  it("can be shown at once and taken back", () => {
    const { sheet, column } = setting();
    const row = sheet.byId.get("a")!;
    const change: Change = { row, column: column("s:client"), value: "mei", part: "assignee" };
    const before = present(change);
    put(change, change.value);
    expect(row.steps.client?.assignee).toBe("mei");
    put(change, before);
    expect(row.steps.client?.assignee).toBe("sofie");
  });
});

describe("what may be chosen", () => {
  const moves = { in_review: { simple: ["in_progress", "changes_requested", "skipped"], formal: ["in_progress"] }, not_started: { formal: ["in_progress"], none: ["in_progress", "approved"] } };
  const rules = (may: object, me = "mei"): Parameters<typeof whyNot>[2] => ({ moves, me, may: { edit: false, work: false, approve: false, approveNamed: false, save: true, share: false, import: false, ...may } });
  const step = { id: "x", status: "in_review", approval: "simple" as const, assignee: "mei", due_on: null, version: 1 };

  it("is approving for who approves, or is named", () => {
    expect([whyNot("approved", step, rules({ approve: true })), whyNot("approved", step, rules({ approveNamed: true })), whyNot("approved", step, rules({ work: true }))]).toEqual(["", "", "by who may approve"]);
  });

  it("says why not", () => {
    const formal = { ...step, approval: "formal" as const };
    expect([whyNot("approved", formal, rules({ approve: true })), whyNot("not_started", step, rules({ work: true })), whyNot("in_progress", step, rules({}))]).toEqual(["by its approvers", "not from in review", "not yours to set"]);
  });

  it("puts what is closed last, before the person and the date", () => {
    const found = statusOptions({ ...step, status: "not_started", approval: "formal" }, rules({ work: true, edit: true }), new Map(), "2026-11-22").map((option) => [option.value, Boolean(option.refused)]);
    expect(found).toEqual([
      ["status:not_started", false], ["status:in_progress", false], ["status:in_review", true], ["status:changes_requested", true],
      ["status:approved", true], ["status:skipped", true], ["assignee", false], ["due", false],
    ]);
  });
});

describe("a cell's markup", () => {
  it("never lets what people typed out of its text", () => {
    const { sheet, column } = setting();
    const row = { ...sheet.byId.get("a")!, name: `<img src=x onerror="alert(1)">`, notes: "</td><script>" };
    const drawing = { people: sheet.people, columns: [], today: "2026-11-22", link: () => "/d", mayEdit: true };
    const html = cell(row, column("name"), 1, false, drawing) + cell(row, column("notes"), 9, false, drawing);
    expect(html.includes("<img src=x") || html.includes("<script")).toBe(false);
  });
});
