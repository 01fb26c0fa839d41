/** The review page: opens a file of the round on a surface, and brings player, comments and drawing together. */
import { PagesSurface } from "./room/document";
import { DocumentTools } from "./room/document_tools";
import { mountChecklist } from "./room/checklist";
import { mountComments } from "./room/comments";
import { mountDrawing } from "./room/drawing";
import { part } from "./room/dom";
import { Files } from "./room/files";
import { leaveFull, toggleFull } from "./room/full";
import { listenToRoomKeys } from "./room/keys";
import { readAddress, writeAddress } from "./room/address";
import { listenToPanels } from "./room/panels";
import { Player } from "./room/player";
import { SoundSurface } from "./room/sound";
import { makeStore, type StoreProps } from "./room/store";
import { isFilm, looksTheSame, makeSurface, type Shown } from "./room/surface";
import type { Comment, Person, Place, RoomFile } from "./room/types";
import { zoomControls } from "./room/zoom";
import { countDown } from "../until";

export interface Props extends StoreProps {
  round: { id: string; round: number; newest: number; is_latest: boolean; is_locked: boolean };
  deliverable: { id: string; name: string };
  comments: Comment[];
  me: Person;
  is_client: boolean;
  may: Record<string, boolean>;
  people: Person[];
}

const WRITE_AFTER = 250; // ms without a move, before it stands in the address
const AGAIN = 10_000; // ms between two fresh addresses: one that fails at once is not asked for for ever

export function mount(root: HTMLElement, props: Props): Promise<void> {
  const room = new ReviewRoom(root, props);
  return room.start();
}

export class ReviewRoom {
  surface: Shown | null = null;
  player: Player | null = null;
  private readonly store;
  private readonly files: Files;
  private readonly canvas = part("room-canvas");
  private ends: (() => void)[] = [];
  private opening = 0;
  private writing = 0;
  private askedAt = 0;

  constructor(private readonly root: HTMLElement, private readonly props: Props) {
    this.store = makeStore(props);
    this.files = new Files(part("room-files").parentElement ?? root, (id) => void this.open(id));
  }

  async start(): Promise<void> {
    this.listen();
    listenToRoomKeys(this);
    mountComments(part("room-comments"), this.store, () => this.surface);
    mountChecklist(part("room-checklist"), this.store);
    const wanted = readAddress(window.location.search);
    const file = this.store.files[wanted.position - 1] ?? this.store.files[0];
    const opened = file ? this.open(file.id, { file: file.id, ...wanted.place }) : Promise.resolve();
    this.root.dataset.ready = "";
    await opened;
    if (wanted.comment) this.store.select(wanted.comment);
  }

  /** Show another file; with a place, there. */
  async open(id: string, place?: Place): Promise<void> {
    const file = this.store.files.find((one) => one.id === id);
    if (!file) return;
    const turn = ++this.opening;
    this.close();
    const surface = await makeSurface(this.canvas, file);
    if (turn !== this.opening) return surface.destroy(); // somebody was quicker
    this.surface = surface;
    this.canvas.dataset.kind = file.kind;
    this.equip(surface, file);
    this.files.show(id);
    this.tellEar(file);
    this.ends.push(surface.onMove(() => this.moved()), mountDrawing(surface, this.store));
    this.ends.push(() => surface.destroy());
    if (place) await surface.go(place); // may take as long as the network does
    this.moved();
  }

  step(by: 1 | -1): void {
    const at = this.store.files.findIndex((one) => one.id === this.openId);
    const next = this.store.files[at + by];
    if (next) void this.open(next.id);
  }

  turn(comments: 1 | -1): void {
    const cards = [...part("room-comments").querySelectorAll<HTMLElement>(".comment:not([hidden])")];
    const at = cards.findIndex((one) => one.hasAttribute("aria-current"));
    const next = at < 0 && comments < 0 ? cards.at(-1) : cards[at + comments];
    if (next) this.store.select(next.id.replace("c-", ""));
  }

  toggleFull(): void {
    toggleFull(part("work"));
  }

  leaveFull(): boolean {
    return leaveFull();
  }

  private get openId(): string | null {
    return this.surface?.place().file ?? null;
  }

  private close(): void {
    for (const end of this.ends) end();
    this.ends = [];
    this.surface = this.player = null;
    part("room-player").replaceChildren();
    part("room-zoom").replaceChildren();
  }

  /** What stands around the surface: the player of what plays, the pages of a document, the zoom of a picture. */
  private equip(surface: Shown, file: RoomFile): void {
    const toFull = (): void => this.toggleFull();
    if (isFilm(surface) || surface instanceof SoundSurface) {
      const player = new Player(part("room-player"), surface, file, this.store, toFull);
      this.player = player;
      this.ends.push(() => player.destroy());
    }
    if (surface instanceof PagesSurface) {
      const tools = new DocumentTools(this.canvas, surface, file);
      this.ends.push(() => tools.destroy());
    }
    if (surface.view) part("room-zoom").replaceChildren(...zoomControls(surface.view, this.player ? null : toFull));
  }

  private listen(): void {
    this.canvas.addEventListener("room.over", () => this.askAnew());
    this.store.onChange((what) => {
      if (what === "selected") void this.follow();
      if (what === "comments" || what === "selected") this.count();
    });
    this.count();
    new MutationObserver(() => this.offerDecision()).observe(part("room-decision"), { childList: true, subtree: true });
    document.body.addEventListener("htmx:oobAfterSwap", (event) => {
      const { target } = (event as CustomEvent<{ target: Element }>).detail;
      if (target.id === "room-data") this.takeFiles();
      if (target.id === "room-files") this.files.show(this.openId);
    });
    listenToPanels(this.root);
    window.setInterval(() => countDown(part("room-decision")), 1_000);
  }

  /** Who has something to decide gets the button that leads there. */
  private offerDecision(): void {
    const button = document.getElementById("room-decide");
    if (button) button.hidden = !part("room-decision").querySelector(".decision-buttons");
  }

  /** A comment that was chosen anywhere: go to where it is. */
  private async follow(): Promise<void> {
    this.moved();
    if (!this.store.leads) return;
    const found = this.store.comments.find((one) => one.id === this.store.selected);
    const head = found?.parent ? this.store.comments.find((one) => one.id === found.parent) : found;
    if (!head?.file) return;
    if (head.file !== this.openId) return this.open(head.file, head);
    await this.surface?.go(head);
  }

  private count(): void {
    const sign = document.querySelector<HTMLElement>('[data-count="comments"]');
    if (!sign) return;
    const count = this.store.comments.filter((one) => one.parent === null && !one.is_removed).length;
    sign.textContent = String(count);
    sign.hidden = count === 0;
  }

  private moved(): void {
    window.clearTimeout(this.writing);
    this.writing = window.setTimeout(() => {
      if (!this.surface || this.player?.surface.isPlaying) return;
      const address = writeAddress(this.props.round.round, this.store.files, this.surface.place(), this.store.selected);
      window.history.replaceState(window.history.state, "", address);
    }, WRITE_AFTER);
  }

  /** The ear knows which file is open, so that what comes anew shows the same one. */
  private tellEar(file: RoomFile): void {
    const field = document.querySelector<HTMLInputElement>("#room-ear [name=file]");
    if (field) field.value = String(this.store.files.indexOf(file) + 1);
  }

  private askAnew(): void {
    if (Date.now() - this.askedAt < AGAIN) return;
    this.askedAt = Date.now();
    part("room-ear").dispatchEvent(new CustomEvent("refresh"));
  }

  /** Files as they are now: what was in the making is shown when it is there, what plays goes on. */
  private takeFiles(): void {
    const said = document.getElementById("room-files-now")?.textContent;
    if (!said) return;
    const before = this.store.files;
    this.store.replaceFiles(JSON.parse(said) as RoomFile[]);
    const id = this.openId;
    const [was, now] = [before, this.store.files].map((files) => files.find((one) => one.id === id));
    if (!now) {
      const first = this.store.files[0];
      return void (first ? this.open(first.id) : this.close());
    }
    if (this.surface && was && looksTheSame(was, now)) this.surface.renew(now);
    else if (id) void this.open(id, this.surface?.place());
  }
}
