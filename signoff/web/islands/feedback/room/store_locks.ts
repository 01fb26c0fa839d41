/** Which tab has what: locks that end with their tab. Where a browser has none (pages without HTTPS), nobody waits. */

/** Takes it; null when another tab has it. Call the answer to give it back. */
export function take(name: string): Promise<(() => void) | null> {
  if (!locks()) return Promise.resolve(() => undefined);
  return new Promise((resolve) => {
    void locks()!.request(name, { ifAvailable: true }, (lock) => {
      if (!lock) return resolve(null);
      return new Promise<void>((giveBack) => resolve(giveBack));
    });
  });
}

/** Runs it when no other tab runs it. */
export async function inTurn<T>(name: string, run: () => Promise<T>): Promise<T> {
  return locks() ? ((await locks()!.request(name, run)) as T) : run();
}

/** The names that are taken in any tab. */
export async function taken(): Promise<Set<string>> {
  const said = await locks()?.query();
  return new Set((said?.held ?? []).flatMap((lock) => lock.name ?? []));
}

function locks(): LockManager | undefined {
  return (navigator as { locks?: LockManager }).locks;
}
