/** What `comments.ts` and `drawing.ts` bring, until they are here. */
import type { Store, Surface } from "./types";

export function mountComments(_root: HTMLElement, _store: Store, _surfaceOf: () => Surface | null): void {
  // comes with comments.ts
}

export function mountDrawing(_surface: Surface, _store: Store): () => void {
  return () => undefined; // comes with drawing.ts
}
