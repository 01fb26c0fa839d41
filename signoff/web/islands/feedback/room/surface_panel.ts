/** A file that is not to be seen: of another kind, still in the making, or one that no preview could be made of. */
import { icon } from "../../icon";
import { make } from "./dom";
import type { Shown } from "./surface";
import type { Place, RoomFile } from "./types";

export class PanelSurface implements Shown {
  readonly view = null;
  readonly picture = make("div", "panel-picture");
  readonly size = { width: 1, height: 1 };
  private readonly root = make("div", "panel");

  constructor(host: HTMLElement, private file: RoomFile) {
    host.append(this.root);
    this.renew(file);
  }

  place(): Place {
    return { file: this.file.id };
  }

  go(): Promise<void> {
    return Promise.resolve();
  }

  onMove(): () => void {
    return () => undefined;
  }

  pause(): void {
    // it does not move
  }

  /** Says anew how far it is. */
  renew(file: RoomFile): void {
    this.file = file;
    const download = file.original ? make("a", "btn", { href: file.original }, icon("download"), "Download") : "";
    const said = [make("p", "strong truncate", {}, file.name), ...words(file).map((one) => make("p", "muted sm", {}, one))];
    this.root.replaceChildren(drawn(file), ...said, ...(file.state === "working" ? [bar(file)] : []), download);
    this.root.dataset.state = file.state;
  }

  destroy(): void {
    this.root.remove();
  }
}

function drawn(file: RoomFile): Node {
  if (file.state === "failed") return icon("triangle-alert", "panel-sign");
  return file.state === "working" ? icon("loader-circle", "panel-sign spin") : icon("file", "panel-sign");
}

function words(file: RoomFile): string[] {
  if (file.state === "failed") return [file.failure || "No preview could be made of it.", "You can download it and comment on the round."];
  if (file.state === "working") return [`${file.doing || "Making the preview"} … it comes by itself.`];
  return ["There is no preview of this kind of file. You can download it and comment on the round."];
}

function bar(file: RoomFile): Node {
  const meter = make("progress", "panel-bar", { max: "100", "aria-label": "How far it is" });
  if (file.percent) meter.value = file.percent;
  return meter;
}
