/** The film in one line under it, and the frame under the pointer. */

export interface Strip {
  columns: number;
  count: number;
  width: number;
  height: number;
  every_ms: number;
}

export function mountFilmstrip(root: HTMLElement, media: HTMLMediaElement): void {
  const strip = JSON.parse(root.dataset.strip ?? "{}") as Strip;
  const sprite = new Image();
  sprite.addEventListener("load", () => {
    draw(root, sprite, strip);
    new ResizeObserver(() => draw(root, sprite, strip)).observe(root);
    listen(root, sprite, strip, media);
  });
  sprite.src = root.dataset.filmstrip ?? "";
}

/** Where frame `n` stands in the sprite. */
export function cell(strip: Strip, n: number): [number, number] {
  const at = Math.min(Math.max(n, 0), strip.count - 1);
  return [(at % strip.columns) * strip.width, Math.floor(at / strip.columns) * strip.height];
}

/** As many frames as fit, evenly from the whole film. */
function draw(root: HTMLElement, sprite: HTMLImageElement, strip: Strip): void {
  const canvas = root.querySelector("canvas");
  const pen = canvas?.getContext("2d");
  if (!canvas || !pen || !root.clientWidth) return;
  const scale = window.devicePixelRatio || 1;
  canvas.width = root.clientWidth * scale;
  canvas.height = root.clientHeight * scale;
  const count = Math.max(1, Math.round(canvas.width / ((canvas.height * strip.width) / strip.height)));
  const wide = canvas.width / count;
  for (let place = 0; place < count; place++) {
    const [x, y] = cell(strip, Math.floor(((place + 0.5) * strip.count) / count));
    pen.drawImage(sprite, x, y, strip.width, strip.height, place * wide, 0, wide, canvas.height);
  }
}

function listen(root: HTMLElement, sprite: HTMLImageElement, strip: Strip, media: HTMLMediaElement): void {
  const look = root.querySelector<HTMLElement>(".filmstrip-look");
  const canvas = look?.querySelector("canvas");
  const time = look?.querySelector(".num");
  const pen = canvas?.getContext("2d");
  if (!look || !canvas || !time || !pen) return;
  canvas.width = strip.width;
  canvas.height = strip.height;
  root.addEventListener("pointermove", (event) => {
    const box = root.getBoundingClientRect();
    const part = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
    const seconds = part * (media.duration || (strip.count * strip.every_ms) / 1_000);
    pen.drawImage(sprite, ...cell(strip, Math.floor((seconds * 1_000) / strip.every_ms)), strip.width, strip.height, 0, 0, strip.width, strip.height);
    time.textContent = clock(seconds);
    const half = strip.width / 2;
    look.style.setProperty("--look", `${Math.min(Math.max(part * box.width, half), box.width - half)}px`);
    look.hidden = false;
  });
  root.addEventListener("pointerleave", () => (look.hidden = true));
}

/** `0:32`, `1:02:05`. */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const [h, m, s] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60];
  const end = String(s).padStart(2, "0");
  return h ? `${h}:${String(m).padStart(2, "0")}:${end}` : `${m}:${end}`;
}
