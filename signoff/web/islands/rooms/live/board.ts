/** Everything around the work in a room: who is there, what may be done, what is open. It shows, and decides nothing. */
import { part } from "../../feedback/room/dom";
import { openNotes, peopleList, saidList, waitingList, type PersonActs } from "./panels";
import type { Opened } from "./stage";
import type { RoomNow, RoomProps } from "./types";

/** What this page does by itself. */
export interface Own { follows: boolean; draws: boolean; points: boolean }

export function isLeading(now: RoomNow): boolean {
  return now.driver !== null && now.driver === now.me?.id;
}

export function mayDraw(now: RoomNow): boolean {
  return now.me !== null && (isLeading(now) || now.me.leads || now.allows_drawing);
}

export class Board {
  constructor(private readonly root: HTMLElement, private readonly props: RoomProps, private readonly acts: PersonActs) {}

  paint(now: RoomNow, own: Own): void {
    const isIn = now.me !== null;
    part("room-wait").hidden = isIn && !now.hidden;
    part("room-wait-words").textContent = this.waitWords(now);
    part("room-people").replaceChildren(...peopleList(now, this.acts));
    part("room-here").textContent = `${now.people.filter((one) => one.is_here).length} here`;
    const waiting = waitingList(now, this.acts);
    part("room-waiting").replaceChildren(...waiting);
    part("room-waiting-section").hidden = waiting.length === 0;
    this.offer(now, own);
    this.say(now, own);
    this.root.dataset.ready = "";
  }

  opened(opened: Opened | null): void {
    const at = this.props.items.findIndex((one) => one.id === opened?.item);
    part("room-item-name").textContent = this.props.items[at]?.name ?? "";
    part("room-next-name").textContent = this.props.items[at + 1]?.name ?? "Nothing more";
    const select = part("room-rounds") as HTMLSelectElement;
    select.hidden = !opened;
    select.replaceChildren(...(opened?.rounds ?? []).map((one) => new Option(`Round ${one.round}`, one.id, false, one.id === opened?.revision.id)));
    part("room-open").replaceChildren(...(opened ? openNotes(opened) : []));
    part("room-said").replaceChildren(...(opened ? saidList(opened.comments) : []));
    this.notes(opened);
    this.decision(opened?.decision ?? "");
  }

  /** `shown`: what the room shows; `here`: what this page does. */
  mark(shown: string | null, here: string | null): void {
    for (const link of this.root.querySelectorAll<HTMLElement>("[data-item]")) {
      if (link.dataset.item === here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
      link.toggleAttribute("data-shown", link.dataset.item === shown);
    }
  }

  tick(now: number): void {
    if (!this.props.opened_at) return;
    const seconds = Math.max(Math.floor((now - Date.parse(this.props.opened_at)) / 1_000), 0);
    const minutes = Math.floor(seconds / 60);
    part("room-time").textContent = `${minutes}:${String(seconds % 60).padStart(2, "0")}`;
    const over = minutes - this.props.session.minutes * this.props.items.length;
    part("room-over").textContent = over > 0 ? `${over} min over plan` : "";
  }

  private offer(now: RoomNow, own: Own): void {
    const [isIn, leads, isHost] = [now.me !== null, isLeading(now), now.me?.role === "host"];
    const mayTake = isHost || (now.me?.leads === true && now.driver === null);
    const isDrawer = mayDraw(now);
    this.control("draw", isDrawer, own.draws && isDrawer);
    this.control("laser", isIn, own.points);
    this.control("all-draw", now.me?.leads === true, now.allows_drawing);
    this.control("erase", isIn && (leads || now.me?.leads === true));
    this.control("ask", isIn && !leads && !mayTake);
    this.control("take", isIn && !leads && mayTake);
    this.control("next", leads);
  }

  private say(now: RoomNow, own: Own): void {
    const leads = isLeading(now);
    const driver = now.people.find((one) => one.id === now.driver)?.name ?? "";
    part("room-free").hidden = now.me === null || own.follows || leads;
    part("room-who").textContent = leads ? "You present" : driver ? `${driver} presents` : "Nobody leads";
    part("room-rejoin").textContent = driver ? `Rejoin ${driver}` : "Rejoin";
  }

  private waitWords(now: RoomNow): string {
    if (now.status === "planned") return "This session has not begun. You come in by yourself when it does.";
    if (now.waiting) return "You are in the waiting room. Somebody lets you in in a moment.";
    if (now.hidden) return "What is shown now is not for you. You see the rest as it comes.";
    return this.props.is_looking ? "Who looks as somebody else does not come into a room." : "Coming in…";
  }

  private notes(opened: Opened | null): void {
    const field = document.getElementById("host-notes") as HTMLTextAreaElement | null;
    if (!field || document.activeElement === field) return;
    field.value = opened?.notes ?? "";
    field.dataset.item = opened?.item ?? "";
  }

  /** The panel of the decision hears by itself what changes; another item has another one. */
  private decision(address: string): void {
    const host = part("room-decision");
    if (host.dataset.address === address) return;
    host.dataset.address = address;
    host.replaceChildren();
    if (address) void window.htmx.ajax("get", address, { target: host, swap: "innerHTML" });
  }

  private control(act: string, isShown: boolean, isPressed: boolean | null = null): void {
    for (const one of this.root.querySelectorAll<HTMLElement>(`[data-room="${act}"]`)) {
      one.hidden = !isShown;
      if (isPressed !== null) one.setAttribute("aria-pressed", String(isPressed));
    }
  }
}
