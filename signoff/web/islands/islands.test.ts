import { beforeEach, expect, test } from "vitest";
import { mountIslands, propsOf } from "./islands";

const mounted: [string, unknown][] = [];
const known = {
  "./grid/grid.ts": () =>
    Promise.resolve({ mount: (root: HTMLElement, props: unknown) => mounted.push([root.id, props]) }),
};

beforeEach(() => {
  mounted.length = 0;
});

test("mounts each island once, with its props", async () => {
  document.body.innerHTML = `
    <div id="one" data-island="grid/grid"><script type="application/json">{"project": 7}</script></div>
    <div id="two" data-island="grid/grid" data-props="said"></div><script type="application/json" id="said">[1]</script>`;
  await mountIslands(document, known);
  await mountIslands(document, known);
  expect(mounted).toEqual([["one", { project: 7 }], ["two", [1]]]);
});

test("mounts the fragment itself when it is an island", async () => {
  document.body.innerHTML = '<div id="one" data-island="grid/grid"></div>';
  await mountIslands(document.getElementById("one") as HTMLElement, known);
  expect(mounted).toEqual([["one", {}]]);
});

test("says which island is not there", async () => {
  document.body.innerHTML = '<div data-island="grid/gird"></div>';
  await expect(mountIslands(document, known)).rejects.toThrow("No island grid/gird.");
});

test("an island without props gets none", () => {
  document.body.innerHTML = '<div id="one"></div>';
  expect(propsOf(document.getElementById("one") as HTMLElement)).toEqual({});
});
