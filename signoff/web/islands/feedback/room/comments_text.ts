/** What people write, as text: addresses become links, names after @ stand out. Never HTML. */
import { make } from "./dom";

const ADDRESS = /\bhttps?:\/\/[^\s<>"]+/g;
const AT_END = /[.,;:!?)\]}'’”]+$/;

/** `names`: who may be meant by an @. */
export function textNodes(text: string, names: string[]): (Node | string)[] {
  const nodes: (Node | string)[] = [];
  let done = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(AT_END, "");
    nodes.push(...withNames(text.slice(done, match.index), names), link(address));
    done = match.index + address.length;
  }
  return [...nodes, ...withNames(text.slice(done), names)];
}

/** Who of these is named in the text. */
export function named<T extends { name: string }>(text: string, people: T[]): T[] {
  const found = new Set(parts(text, people.map((one) => one.name)).filter((part) => part.isName).map((part) => part.text.slice(1)));
  return people.filter((one) => found.has(one.name));
}

function withNames(text: string, names: string[]): (Node | string)[] {
  return parts(text, names).map((part) => (part.isName ? make("span", "mention", {}, part.text) : part.text));
}

/** The longest name wins: @Ann Lee is not @Ann. */
function parts(text: string, names: string[]): { text: string; isName: boolean }[] {
  if (!names.length || !text.includes("@")) return text ? [{ text, isName: false }] : [];
  const longest = [...names].sort((a, b) => b.length - a.length).map(escaped);
  const pattern = new RegExp(`(@(?:${longest.join("|")}))(?![\\p{L}\\p{N}])`, "u");
  return text.split(pattern).flatMap((part, at) => (part ? [{ text: part, isName: at % 2 === 1 }] : []));
}

function link(address: string): HTMLAnchorElement {
  return make("a", "link", { href: address, target: "_blank", rel: "noopener noreferrer nofollow" }, address);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
