/** Above the composer: what did not arrive yet, and other notes that were begun. */
import { icon } from "../../icon";
import { textButton } from "./comments_parts";
import { signButton, make } from "./dom";
import type { RoomStore } from "./store";
import type { Sending } from "./store_outbox";
import type { Draft } from "./types";

export class Waiting {
  readonly root = make("div", "composer-waiting", { "aria-live": "polite" });
  private said = "";

  constructor(private readonly store: RoomStore) {
    store.onChange((what) => what === "waiting" && this.show());
    this.show();
  }

  private show(): void {
    const { outbox, waiting } = this.store;
    const slow = outbox.list.filter((one) => one.state !== "sending" || one.tries > 1);
    const said = JSON.stringify([slow.map((one) => [one.sent_as, one.state, one.said]), waiting.map((one) => [one.sent_as, one.at])]);
    if (said === this.said) return;
    this.said = said;
    this.root.replaceChildren(...slow.map((one) => this.unsent(one)), ...waiting.map((one) => this.begun(one)));
    this.root.hidden = !this.root.hasChildNodes();
  }

  private unsent(sending: Sending): HTMLElement {
    const id = sending.sent_as;
    const words = sending.said || (navigator.onLine ? "Not sent yet; it is tried again" : "Not sent; it goes when the network is back");
    const text = make("div", "waiting-text", {}, make("span", "truncate", {}, short(sending.draft)), make("small", "", {}, words));
    return make("div", "waiting-row is-unsent", { "data-sending": sending.state }, icon("triangle-alert", "icon-sm"), text,
      textButton("Retry", () => this.store.outbox.go(id), "btn btn-sm"),
      signButton(icon("pencil", "icon-sm"), "Back into the composer", () => this.store.takeBack(id)));
  }

  private begun(draft: Draft): HTMLElement {
    const text = make("div", "waiting-text", {}, make("span", "truncate", {}, short(draft)), make("small", "", {}, "Not sent"));
    return make("div", "waiting-row", {}, icon("file-pen", "icon-sm"), text,
      textButton("Go on", () => this.store.begin(draft), "btn btn-sm"),
      signButton(icon("x", "icon-sm"), "Throw this draft away", () => this.store.dropWaiting(draft.sent_as)));
  }
}

function short(draft: Draft): string {
  if (draft.text.trim()) return draft.text.trim().slice(0, 120);
  return draft.marks.length === 1 ? "A drawing" : `A drawing of ${draft.marks.length} marks`;
}
