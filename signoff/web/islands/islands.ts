/** Finds `[data-island]` and mounts each once: `deliverables/grid` is `./deliverables/grid.ts`, and exports `mount`. */

export type Mount = (root: HTMLElement, props: never) => unknown;
type Loader = () => Promise<unknown>;

const modules: Record<string, Loader> = import.meta.glob(["./*/*.ts", "!./**/*.test.ts"]);

export function mountIslands(within: ParentNode, known: Record<string, Loader> = modules): Promise<void[]> {
  const roots = [...within.querySelectorAll<HTMLElement>("[data-island]")];
  if (within instanceof HTMLElement && within.dataset.island) roots.unshift(within);
  return Promise.all(roots.map((root) => mountOne(root, known)));
}

async function mountOne(root: HTMLElement, known: Record<string, Loader>): Promise<void> {
  if (root.dataset.mounted !== undefined) return;
  root.dataset.mounted = "";
  const load = known[`./${root.dataset.island}.ts`];
  if (!load) throw new Error(`No island ${root.dataset.island}.`);
  const { mount } = (await load()) as { mount: Mount };
  await mount(root, propsOf(root) as never);
}

/** The JSON that the page gave this island: in the script that `data-props` names, else in the first one inside. */
export function propsOf(root: HTMLElement): unknown {
  const id = root.dataset.props;
  const holder = id ? document.getElementById(id) : root.querySelector('script[type="application/json"]');
  return holder?.textContent ? JSON.parse(holder.textContent) : {};
}
