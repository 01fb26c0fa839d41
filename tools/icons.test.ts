import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { iconsIn, sprite } from "./icons.ts";

const glyphs = '<svg><symbol id="i-st-approved" viewBox="0 0 16 16"><path d="M0 0"/></symbol></svg>';

function set(): string {
  const folder = mkdtempSync(join(tmpdir(), "icons-"));
  writeFileSync(join(folder, "send.svg"), '<!-- license -->\n<svg\n  class="x"\n>\n  <path d="m1 1" />\n</svg>\n');
  return folder;
}

test("finds icons however they are named", () => {
  const text = `{{ c.icon("send") }} {{ c.icon_button("x", _("Close")) }} NavItem(icon="inbox") <use href="#i-bell"/>
    {{ c.icon("check" if done == "yes" else 'clock', "icon-sm") }} {# icons: lock star #}`;
  expect([...iconsIn(text)].sort()).toEqual(["bell", "check", "clock", "inbox", "lock", "send", "star", "x"]);
});

test("a name in a variable is not guessed", () => {
  expect([...iconsIn("icon(name) # icons: send\nreturn")]).toEqual(["send"]);
});

test("the sprite holds our glyphs and the named icons, each once", () => {
  const made = sprite(["send", "st-approved", "send"], glyphs, set());
  expect([...made.matchAll(/id="([^"]+)"/g)].map((match) => match[1])).toEqual(["i-st-approved", "i-send"]);
  expect(made).toContain('<path d="m1 1" />');
});

test("an unknown name fails", () => {
  expect(() => sprite(["sned"], glyphs, set())).toThrow("No such icon: sned.");
});
