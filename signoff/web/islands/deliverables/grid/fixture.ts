/** A small grid for tests: two deliverables, a stage of each approval type. */
import type { GridData } from "./model";

export function gridData(): GridData {
  return {
    project: "p",
    columns: ["id", "name", "slug", "kind", "specification", "language", "market", "status", "priority", "due_on", "round", "rounds_included", "assignee", "notes", "custom", "version", "cover", "stages"],
    stage_statuses: ["not_started", "in_progress", "in_review", "changes_requested", "approved", "skipped"],
    stages: [["design", "Design", "none", false], ["check", "Internal review", "simple", false], ["client", "Client approval", "formal", true]],
    people: [["mei", "Mei Tanaka", 1, false], ["sofie", "Sofie Krag", 2, true]],
    rows: [
      ["a", "Key visual", "key-visual", "Print", "A1", "", "", "in_progress", "high", "2026-11-20", 4, 3, 0, "sun", {}, 2, "0190aaaa-0000-7000-8000-000000000001", [["a1", 0, 4, 0, 0, null, 1], ["a2", 1, 2, 1, null, null, 1], ["a3", 2, 0, 2, 1, "2026-12-01", 1]]],
      ["b", "Film, 10 s", "film-10-s", "Film", "16:9", "de", "", "in_review", "normal", null, 1, null, null, "", { media: "TV" }, 1, null, [["b1", 0, 4, 0, 0, null, 1], ["b3", 2, 2, 2, 1, null, 3]]],
    ],
  };
}
