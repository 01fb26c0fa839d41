import { expect, test } from "vitest";
import type { Comment, Note } from "../room/types";
import { carriedOf, countOf, newOf } from "./carried";

function said(id: string, round: number, note: Partial<Note> = {}, more: Partial<Comment> = {}): Comment {
  return { id, parent: null, is_removed: false, at: id, note: { round, number: 1, state: "open", is_must_fix: false, ...note }, ...more } as Comment;
}

const ids = (all: { note: Comment }[]): string[] => all.map(({ note }) => note.id);

test("carried is what was raised before the newer round, with how it was and what was answered last", () => {
  const older = [said("a", 1), said("b", 2)];
  const answers = [said("r1", 3, {}, { parent: "a", note: null }), said("r2", 3, {}, { parent: "a", note: null })];
  const [first, ...others] = carriedOf(older, [said("a", 1), said("c", 3), said("gone", 1, {}, { is_removed: true }), said("x", 2), ...answers], 3);
  expect([first?.note.id, first?.before?.id, first?.answer?.id, others.map(({ note, before }) => [note.id, before])]).toEqual(["a", "a", "r2", [["x", null]]]);
});

test("what must be fixed comes first, what is settled last", () => {
  const all = [said("done", 1, { state: "verified", is_must_fix: true }), said("later", 2), said("must", 2, { is_must_fix: true, state: "addressed" }), said("first", 1, { number: 9 })];
  expect(ids(carriedOf([], all, 3))).toEqual(["must", "first", "later", "done"]);
});

test("what will not be done counts for nothing", () => {
  const states = ["verified", "addressed", "open", "reopened", "wont_fix", "superseded"] as const;
  expect(countOf(carriedOf([], states.map((state) => said(state, 1, { state })), 2))).toEqual({ verified: 1, addressed: 1, open: 2, of: 4 });
});

test("new are the notes of the round itself, the newest first", () => {
  expect(newOf([said("1", 4), said("2", 3), said("3", 4), said("4", 4, {}, { parent: "1", note: null })], 4).map((one) => one.id)).toEqual(["3", "1"]);
});
