import { expect, test } from "vitest";
import { ago, anchorWords, chipWords, passes, placeWords, progressOf, threadsOf } from "./comments_words";
import { markOf } from "./marks_fixture";
import { commentOf, fileOf } from "./store_fixture";

const FILM = fileOf({ id: "film", name: "first_sip.mov", kind: "video", fps_num: 25, fps_den: 1, frames: 1_000 });
const COPY = fileOf({ id: "copy", name: "copy.pdf", kind: "pdf" });
const HERO = fileOf();

test("places are said in the file's own measure", () => {
  expect(placeWords({ file: "film", frame_in: 170 }, [FILM])).toBe("00:06:20");
  expect(placeWords({ file: "film", frame_in: 129, frame_out: 193 }, [FILM])).toBe("00:05:04 – 00:07:18");
  expect(placeWords({ file: "copy", page: 2 }, [COPY])).toBe("Page 2");
  expect(placeWords({ file: "film", ms_in: 64_500 }, [FILM])).toBe("1:04");
  expect(placeWords({ file: "gone", frame_in: 1 }, [FILM])).toBe("");
});

test("the file is named where there are several", () => {
  expect(chipWords({ file: "copy", page: 2 }, [HERO, COPY])).toBe("copy.pdf, Page 2");
  expect(chipWords({ file: "f1" }, [HERO])).toBe("");
});

test("the composer says what is pointed at", () => {
  const marks = [markOf("arrow", [[0, 0], [1, 1]])];
  expect(anchorWords({ file: "film", frame_in: 170, marks }, [FILM])).toBe("00:06:20, one frame, arrow");
  expect(anchorWords({ file: "f1", region: { x: 0, y: 0, w: 0.14, h: 0.09 }, marks: [...marks, ...marks] }, [HERO])).toBe("Region 14 × 9 %, 2 marks");
  const quote = { text: "Sparkling tea from the hills, nothing hidden", before: "", after: "" };
  expect(anchorWords({ file: "f1", region: { x: 0, y: 0, w: 0.5, h: 0.1 }, quote, marks: [] }, [HERO])).toBe("“Sparkling tea from the hills, nothing hi…”");
  expect(anchorWords({ file: "f1", marks: [] }, [HERO])).toBe("hero.png");
  expect(anchorWords({ file: null, marks: [] }, [HERO])).toBe("The whole round");
});

test("ages are short", () => {
  const now = new Date("2025-11-21T12:00:00Z");
  const said = ["2025-11-21T12:00:20Z", "2025-11-21T11:22:00Z", "2025-11-21T09:30:00Z", "2025-11-19T12:00:00Z", "2025-11-03T12:00:00Z", "2024-11-03T12:00:00Z"];
  expect(said.map((at) => ago(at, now))).toEqual(["now", "38 min", "2 h", "Wed", "3 Nov", "3 Nov 2024"]);
});

test("by place: what is about the whole round, then file for file, down the page and along the film", () => {
  const at = (id: string, more: Parameters<typeof commentOf>[0]): ReturnType<typeof commentOf> => commentOf({ id, ...more });
  const comments = [
    at("late", { file: "film", frame_in: 90 }), at("early", { file: "film", frame_in: 9 }), at("p2", { file: "copy", page: 2 }),
    at("low", { file: "copy", page: 1, region: { x: 0, y: 0.9, w: 0, h: 0 } }), at("high", { file: "copy", page: 1, region: { x: 0, y: 0.1, w: 0, h: 0 } }), at("round", {}),
  ];
  const ids = (order: "place" | "time"): string[] => threadsOf(comments, [FILM, COPY], order).map((one) => one.head.id);
  expect(ids("place")).toEqual(["round", "early", "late", "high", "low", "p2"]);
  expect(ids("time")).toEqual(comments.map((one) => one.id));
});

test("answers stand with what they answer", () => {
  const threads = threadsOf([commentOf({ id: "a" }), commentOf({ id: "b", parent: "a", note: null })], [], "time");
  expect(threads.map((one) => [one.head.id, one.answers.map((each) => each.id)])).toEqual([["a", ["b"]]]);
});

test("filters", () => {
  const done = commentOf();
  done.note!.state = "verified";
  const must = commentOf({ audience: "internal", author: { id: "u1", name: "Helen", initials: "H", hue: 1 } });
  must.note!.is_must_fix = true;
  const which = (filter: Parameters<typeof passes>[0]): boolean[] => [done, must].map((one) => passes(filter, one, [], "u1"));
  expect([which("all"), which("open"), which("client"), which("mine"), which("must")]).toEqual([[true, true], [false, true], [true, false], [false, true], [false, true]]);
});

test("progress counts what asks for something and is still waited for", () => {
  const made = (kind: string, state: string): ReturnType<typeof commentOf> => {
    const one = commentOf();
    Object.assign(one.note!, { kind, state });
    return one;
  };
  const notes = [made("action", "verified"), made("question", "addressed"), made("action", "wont_fix"), made("praise", "open"), made("action", "open")];
  expect(progressOf(notes)).toEqual({ verified: 1, addressed: 1, of: 3 });
});
