import { describe, expect, it } from "vitest";
import { gridData } from "./fixture";
import { Sheet } from "./model";

function sheet(): Sheet {
  const made = new Sheet();
  made.replace(gridData());
  return made;
}

describe("the sheet", () => {
  it("reads rows with people and stages by id", () => {
    const row = sheet().byId.get("a")!;
    expect([row.assignee, row.steps.design?.assignee, row.steps.client]).toEqual([
      "mei", "mei", { id: "a3", status: "not_started", approval: "formal", assignee: "sofie", due_on: "2026-12-01", version: 1 },
    ]);
  });

  it("says which rows differ and keeps the row itself", () => {
    const made = sheet();
    const before = made.byId.get("a");
    const data = gridData();
    data.rows[0]![1] = "Key visual, landscape";
    data.rows[0]![15] = 3;
    expect(made.replace(data)).toEqual({ changed: new Set(["a"]), moved: false });
    expect(made.byId.get("a")).toBe(before);
    expect(before?.name).toBe("Key visual, landscape");
  });

  it("notices another cover, which comes without a version", () => {
    const made = sheet();
    const data = gridData();
    data.rows[1]![data.columns.indexOf("cover")] = "another";
    expect([made.replace(data), made.byId.get("b")?.cover]).toEqual([{ changed: new Set(["b"]), moved: false }, "another"]);
  });

  it("notices rows that went", () => {
    const made = sheet();
    const data = gridData();
    data.rows.pop();
    expect(made.replace(data)).toEqual({ changed: new Set(), moved: true });
    expect([...made.byId.keys()]).toEqual(["a"]);
  });

  it("merges one row whose answer names its own stages and people only", () => {
    const made = sheet();
    const data = gridData();
    data.stages = [["client", "Client approval", "formal", true]];
    data.people = [["sofie", "Sofie Krag", 2, true]];
    const row = data.rows[1]!;
    row[data.columns.indexOf("version")] = 2;
    row[data.columns.indexOf("stages")] = [["b3", 0, 4, 2, 0, null, 4]];
    data.rows = [row];
    expect(made.merge(data)).toEqual({ changed: new Set(["b"]), moved: false });
    expect(made.byId.get("b")?.steps.client).toMatchObject({ status: "approved", assignee: "sofie" });
    expect(made.stages.map((stage) => stage.id)).toEqual(["design", "check", "client"]);
  });

  it("finds a person by a name or the one beginning of it", () => {
    const made = sheet();
    expect([made.personNamed("mei tanaka")?.id, made.personNamed("krag")?.id, made.personNamed("nobody")]).toEqual(["mei", "sofie", undefined]);
  });
});
