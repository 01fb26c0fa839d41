/** What plays: a fresh address when the old one has run out, the playhead on film and sound, and the film's frames. */
import { mountFilmstrip } from "./filmstrip";

const AGAIN = 10_000; // ms between two fresh addresses: one that fails at once is not asked for for ever
type Media = HTMLVideoElement | HTMLAudioElement;

export function mount(root: HTMLElement): void {
  const media = root.querySelector<Media>("[data-media]");
  if (!media) return;
  refreshWhenOver(media);
  holdRoundWhilePlaying(media);
  const wave = root.querySelector<HTMLElement>("[data-wave]");
  if (wave) followOn(wave, media);
  const strip = root.querySelector<HTMLElement>("[data-filmstrip]");
  if (strip) {
    followOn(strip, media);
    mountFilmstrip(strip, media);
  }
}

/** Addresses end after an hour: ask for the page's part anew, and go on at the same moment. */
function refreshWhenOver(media: Media): void {
  let asked = 0;
  media.addEventListener("error", () => {
    if (Date.now() - asked < AGAIN) return;
    asked = Date.now();
    void goOn(media, media.currentTime, !media.paused);
  });
}

async function goOn(media: Media, at: number, wasPlaying: boolean): Promise<void> {
  const fresh = await freshAddress();
  if (!fresh || !media.isConnected) return;
  media.src = fresh;
  media.addEventListener("loadedmetadata", () => {
    media.currentTime = at;
    if (wasPlaying) void media.play();
  }, { once: true });
  media.load();
}

/** The ear knows which round, file and page this is. */
async function freshAddress(): Promise<string | null> {
  const ear = document.getElementById("rounds-ear");
  if (!(ear instanceof HTMLFormElement)) return null;
  const said = new URLSearchParams();
  for (const field of ear.querySelectorAll("input")) if (field.name !== "at") said.set(field.name, field.value);
  const answer = await fetch(`${ear.getAttribute("hx-get") ?? ""}?${said.toString()}`, { headers: { "HX-Request": "true" } });
  if (!answer.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("[data-media]")?.getAttribute("src") ?? null;
}

/** Nobody is torn out of a film by a new round: while it plays, the page asks for this one. */
function holdRoundWhilePlaying(media: Media): void {
  const field = document.querySelector<HTMLInputElement>("#rounds-ear [name=round]");
  if (!field || !field.disabled) return;
  const hold = (isHeld: boolean) => (): void => {
    const now = document.querySelector<HTMLInputElement>("#rounds-ear [name=round]");
    if (now) now.disabled = !isHeld;
  };
  media.addEventListener("play", hold(true));
  media.addEventListener("ended", hold(false));
}

/** The playhead goes along; a press on the picture goes there. */
function followOn(picture: HTMLElement, media: Media): void {
  const show = (): void => {
    if (media.duration) picture.style.setProperty("--at", `${(100 * media.currentTime) / media.duration}%`);
  };
  const tick = (): void => {
    show();
    if (!media.paused && media.isConnected) requestAnimationFrame(tick);
  };
  for (const name of ["timeupdate", "seeking", "loadedmetadata"]) media.addEventListener(name, show);
  media.addEventListener("play", tick);
  const seek = (event: PointerEvent): void => {
    if (!(event.buttons & 1) || !media.duration) return;
    const box = picture.getBoundingClientRect();
    media.currentTime = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1) * media.duration;
  };
  picture.addEventListener("pointerdown", (event) => {
    picture.setPointerCapture(event.pointerId);
    seek(event);
  });
  picture.addEventListener("pointermove", seek);
}
