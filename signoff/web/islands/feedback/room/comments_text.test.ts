import { expect, test } from "vitest";
import { named, textNodes } from "./comments_text";

const PEOPLE = [{ name: "Ann" }, { name: "Ann Lee" }, { name: "Zoë Þór (RVK)" }];

function shown(text: string): string {
  const place = document.createElement("p");
  place.append(...textNodes(text, PEOPLE.map((one) => one.name)));
  return place.innerHTML;
}

test("nothing that is written is markup", () => {
  expect(shown('<img src=x onerror="alert(1)"> & <b>')).toBe('&lt;img src=x onerror="alert(1)"&gt; &amp; &lt;b&gt;');
});

test("addresses become links, without the sign that ends the sentence", () => {
  const link = '<a class="link" href="https://example.com/a?b=1" target="_blank" rel="noopener noreferrer nofollow">https://example.com/a?b=1</a>';
  expect(shown("see https://example.com/a?b=1.")).toBe(`see ${link}.`);
});

test.each(["javascript:alert(1)", "data:text/html,x", "ftp://example.com"])("%s is no link", (address) => {
  expect(shown(address)).toBe(address);
});

test("the longest name is meant, and only whole ones", () => {
  expect(shown("@Ann Lee and @Ann, not @Anna")).toBe('<span class="mention">@Ann Lee</span> and <span class="mention">@Ann</span>, not @Anna');
  expect(named("@Ann Lee please", PEOPLE)).toEqual([{ name: "Ann Lee" }]);
  expect(named("@Zoë Þór (RVK) please", PEOPLE)).toEqual([{ name: "Zoë Þór (RVK)" }]);
});

test("without an @ nobody is meant", () => {
  expect(named("Ann", PEOPLE)).toEqual([]);
});
