/** Tells how long is still to wait before a form may be sent again: a note with `data-wait` (seconds) counts down. */
export function listenToWaiting(root: ParentNode): void {
  for (const note of root.querySelectorAll<HTMLElement>("[data-wait]")) countDown(note);
}

/** `4 minutes`, rounded up; seconds below a minute: as the server says it. */
export function inWords(seconds: number): string {
  const [number, word] = seconds < 60 ? [seconds, "second"] : [Math.ceil(seconds / 60), "minute"];
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}

function countDown(note: HTMLElement): void {
  const text = note.querySelector("span");
  const until = Date.now() + Number(note.dataset.wait) * 1000;
  note.removeAttribute("role"); // said once: nobody wants to hear every second of it
  const timer = setInterval(() => {
    const left = Math.ceil((until - Date.now()) / 1000);
    if (left <= 0) clearInterval(timer);
    const said = left > 0 ? text?.textContent?.replace(/\d+ (second|minute)s?/, inWords(left)) : note.dataset.over;
    if (text && said && said !== text.textContent) text.textContent = said;
  }, 1000);
}
