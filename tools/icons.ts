/** The icon sprite: every icon that templates, pages and islands name, in one hidden SVG.
 *
 * An icon is named by `c.icon("name")`, `icon("name")`, `icon="name"` or `#i-name`. Where names come from
 * a table, a comment `icons: one two three` says them. A name that no set has fails the build.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const CALL = /\bicon(?:_button|Button)?\(\s*((?:[^,()"']|"[^"]*"|'[^']*')*)/g;
const SAID = /["']?\bicon["']?\s*[=:]\s*["']([a-z0-9-]+)["']/g;
const USED = /#i-([a-z0-9-]+)/g;
const LISTED = /\bicons:((?:[ \t]+[a-z0-9-]+)+)/g;

/** The icon names in one source text. In `icon("check" if x == "done" else "clock")` the compared word is none. */
export function iconsIn(text: string): Set<string> {
  const names = new Set<string>();
  for (const [, argument = ""] of text.matchAll(CALL)) {
    const results = argument.replace(/[!=]=+\s*["'][^"']*["']/g, "");
    for (const [, name = ""] of results.matchAll(/["']([a-z0-9-]+)["']/g)) names.add(name);
  }
  for (const pattern of [SAID, USED]) for (const [, name = ""] of text.matchAll(pattern)) names.add(name);
  for (const [, list = ""] of text.matchAll(LISTED)) for (const name of list.trim().split(/\s+/)) names.add(name);
  return names;
}

export function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(html|ts|py)$/.test(entry.name) && !/\.test\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes("__pycache__") && !path.includes(`${"static"}/`));
}

/** `<svg hidden>` with our own glyphs whole and the named icons of the set. Throws on an unknown name. */
export function sprite(names: Iterable<string>, glyphs: string, set: string): string {
  const own = [...glyphs.matchAll(/<symbol id="i-([a-z0-9-]+)"[\s\S]*?<\/symbol>/g)];
  const mine = new Set(own.map((match) => match[1]));
  const missing: string[] = [];
  const symbols = [...new Set(names)].filter((name) => !mine.has(name)).sort().map((name) => {
    const path = join(set, `${name}.svg`);
    if (!existsSync(path)) missing.push(name);
    else return symbolOf(name, readFileSync(path, "utf8"));
    return "";
  });
  if (missing.length) throw new Error(`No such icon: ${missing.join(", ")}. Names are those of lucide.dev or glyphs.svg.`);
  return `<svg xmlns="http://www.w3.org/2000/svg" hidden>${own.map((match) => match[0]).join("")}${symbols.join("")}</svg>\n`;
}

function symbolOf(name: string, file: string): string {
  const inside = file.replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, "").replace(/\s*\n\s*/g, "");
  return `<symbol id="i-${name}" viewBox="0 0 24 24">${inside}</symbol>`;
}

export function iconSprite(options: { sources: string; glyphs: string; set: string }): Plugin {
  return {
    name: "icon-sprite",
    generateBundle() {
      const names = sourcesBelow(options.sources).flatMap((path) => [...iconsIn(readFileSync(path, "utf8"))]);
      const source = sprite(names, readFileSync(options.glyphs, "utf8"), options.set);
      this.emitFile({ type: "asset", fileName: "icons.svg", source });
    },
  };
}
