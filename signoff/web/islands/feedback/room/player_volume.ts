/** Loud, soft, silent; kept in the browser from film to film. */
import { icon } from "../../icon";
import { signButton, make, relabel } from "./dom";

const KEPT = "signoff.volume";

export function volumeControl(media: HTMLMediaElement): HTMLElement {
  const button = signButton(icon("volume-2"), "Mute (M)", () => (media.muted = !media.muted));
  const slider = make("input", "volume", { type: "range", min: "0", max: "100", step: "1", "aria-label": "Volume" });
  slider.addEventListener("input", () => {
    media.volume = Number(slider.value) / 100;
    media.muted = media.volume === 0;
  });
  const show = (): void => {
    const loud = media.muted ? 0 : media.volume;
    relabel(button, loud === 0 ? "volume-x" : loud < 0.5 ? "volume-1" : "volume-2", media.muted ? "Unmute (M)" : "Mute (M)");
    slider.value = String(Math.round(loud * 100));
    keep(media);
  };
  recall(media);
  media.addEventListener("volumechange", show);
  show();
  return make("span", "row volume-control", {}, button, slider);
}
// icons: volume-x volume-1 volume-2 play pause

function recall(media: HTMLMediaElement): void {
  try {
    const { volume, muted } = JSON.parse(localStorage.getItem(KEPT) ?? "{}") as { volume?: number; muted?: boolean };
    if (typeof volume === "number" && volume >= 0 && volume <= 1) media.volume = volume;
    media.muted = muted === true;
  } catch {
    // no storage: as loud as it was made
  }
}

function keep(media: HTMLMediaElement): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ volume: media.volume, muted: media.muted }));
  } catch {
    // private windows may refuse
  }
}
