/** The full screen. */

export function toggleFull(root: HTMLElement): void {
  if (!leaveFull()) void root.requestFullscreen().then(keepEscape, () => undefined);
}

export function leaveFull(): boolean {
  if (!document.fullscreenElement) return false;
  void document.exitFullscreen();
  return true;
}

/** Where the browser lets us: Esc then leaves what is open first, and the full screen last. */
function keepEscape(): void {
  const keyboard = (navigator as { keyboard?: { lock?: (keys: string[]) => Promise<void> } }).keyboard;
  void keyboard?.lock?.(["Escape"]).catch(() => undefined);
}
