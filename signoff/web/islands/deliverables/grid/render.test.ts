import { expect, test } from "vitest";
import { gridData } from "./fixture";
import { Sheet } from "./model";
import { picture } from "./render";

const sheet = new Sheet();
sheet.replace(gridData());

test("a cover has its place before it is there, and is only fetched in sight", () => {
  const holder = document.createElement("div");
  holder.innerHTML = picture(sheet.byId.get("a")!);
  const image = holder.querySelector("img")!;
  const said = ["src", "alt", "width", "height", "loading", "decoding"].map((name) => image.getAttribute(name));
  expect(said).toEqual(["/thumbnails/0190aaaa-0000-7000-8000-000000000001", "", "44", "28", "lazy", "async"]);
});

test("without one a sign says what kind of work it is", () => {
  expect(picture(sheet.byId.get("b")!)).toContain("#i-clapperboard");
});
