/** Two rounds beside or over each other, held together; and the work through the notes that went from one to the other. */
import { readShown, writeShown, type Mode, type Shown, type SideName } from "./compare/address";
import { toA, toB } from "./compare/clock";
import { listenToCompareKeys } from "./compare/keys";
import { linkTime, linkViews, type Link } from "./compare/link";
import { SideMarks } from "./compare/marks";
import { SideNotes, type SideProps } from "./compare/notes";
import { pairsOf, type Pair } from "./compare/pairs";
import { Pane } from "./compare/pane";
import { chooseMode, listenToModes, otherSide, Stage } from "./compare/stage";
import { showTabs } from "./compare/tabs";
import { showTools, STEP, type Unit } from "./compare/tools";
import { toBeKnown } from "./compare/words";
import { CarriedWork } from "./compare/work";
import { PagesSurface } from "./room/document";
import { part } from "./room/dom";
import { Files } from "./room/files";
import { within } from "./room/frames";
import { leaveFull, toggleFull } from "./room/full";
import { listenToPanels } from "./room/panels";
import { Player } from "./room/player";
import { SoundSurface } from "./room/sound";
import { isFilm, looksTheSame, type Playing } from "./room/surface";
import type { Shown as Surface } from "./room/surface";
import type { Person, RoomFile } from "./room/types";
import type { ViewState } from "./room/surface_view";
import { zoomControls } from "./room/zoom";

export interface Props {
  a: SideProps;
  b: SideProps;
  deliverable: { id: string; name: string };
  is_client: boolean;
  people: Person[];
}

const WRITE_AFTER = 250; // ms without a move, before it stands in the address
const AGAIN = 10_000; // ms between two fresh addresses

export function mount(root: HTMLElement, props: Props): Promise<void> {
  return new CompareRoom(root, props).start();
}

export class CompareRoom {
  readonly a: Pane;
  readonly b: Pane;
  shown: Shown;
  player: Player | null = null;
  isHidden = false;
  lead: SideName = "b";
  readonly work: CarriedWork;
  private pairs: Pair[];
  readonly stage: Stage;
  private links: Link[] = [];
  private ends: (() => void)[] = [];
  private opening = 0;
  private opened: Promise<void> = Promise.resolve();
  private writing = 0;
  private askedAt = 0;
  private isFlipHeld = false;

  constructor(private readonly root: HTMLElement, props: Props) {
    this.shown = readShown(window.location.search);
    const room = this;
    const choice = { get selected() { return room.shown.comment; }, choose: (id: string | null) => this.work.choose(id) };
    const [left, right] = [props.a, props.b].map((side) => new SideNotes(side, props.deliverable.id, choice)) as [SideNotes, SideNotes];
    [this.a, this.b] = [new Pane("a", left), new Pane("b", right)];
    this.pairs = pairsOf(left.files, right.files);
    this.stage = new Stage(part("room-canvas"), this.a, this.b, (wipe) => this.change({ wipe }), (isHeld) => this.holdFlip(isHeld));
    this.work = new CarriedWork(this, props);
  }

  async start(): Promise<void> {
    new Files(part("room-files").parentElement ?? this.root, (key) => void this.openPair(key));
    listenToPanels(this.root);
    listenToModes(this.root.querySelector(".compare-modes")!, (mode) => this.change({ mode }));
    listenToCompareKeys(this);
    this.listen();
    const wanted = this.shown;
    this.root.dataset.ready = "";
    const pair = this.pairs[wanted.pair - 1] ?? this.pairs[0];
    if (pair) await (this.opened = this.open(pair, wanted));
    if (this.shown.comment !== wanted.comment) return; // somebody went on meanwhile
    if (wanted.at === null && wanted.page === null) this.work.choose(wanted.comment);
    else this.work.tellChosen();
  }

  /** For the keys that all rooms share: the side that leads. */
  get surface(): Surface | null {
    return this[this.lead].surface ?? this[otherSide(this.lead)].surface;
  }

  get unit(): Unit | null {
    const [a, b] = [this.a.surface, this.b.surface];
    if (isFilm(a) && isFilm(b)) return "frame";
    if (a instanceof PagesSurface && b instanceof PagesSurface) return "page";
    return a instanceof SoundSurface && b instanceof SoundSurface ? "ms" : null;
  }

  get isHeard(): boolean {
    return this.unit === "frame" || this.unit === "ms";
  }

  get offset(): number {
    return this.shown.offset;
  }

  /** What is laid over each other has to be there, on both sides, and of one kind. */
  get mode(): Mode {
    const isBoth = this.a.isSeen && this.b.isSeen && this.a.file?.kind === this.b.file?.kind;
    return isBoth ? this.shown.mode : "side";
  }

  change(change: Partial<Shown>): void {
    const before = this.mode;
    this.shown = { ...this.shown, ...change };
    if (change.offset !== undefined) this.follow();
    this.show();
    if (this.mode !== before) this.layAnew(this.shown.view);
  }

  /** The second round goes on by one, the first one stays where it is. */
  nudge(by: 1 | -1): void {
    const { unit } = this;
    if (!unit) return;
    const step = by * STEP[unit];
    this.pause();
    this.shown = { ...this.shown, offset: this.shown.offset + step };
    const { surface } = this.b;
    if (isFilm(surface)) void surface.seek(surface.aim + step);
    else if (surface instanceof SoundSurface) void surface.seek(surface.ms + step);
    else if (surface instanceof PagesSurface) void surface.turn(surface.page + step);
    this.follow();
    this.show();
  }

  /** The key: over to flipping, then from one to the other. */
  flip(): void {
    const side = otherSide(this.shown.side);
    this.change(this.shown.mode === "flip" ? { side } : { mode: "flip", side: "a" });
  }

  hear(): void {
    if (!this.isHeard) return;
    const before = this.media(this.lead);
    this.lead = otherSide(this.lead);
    const now = this.media(this.lead);
    if (before && now) [now.muted, now.volume, before.muted] = [before.muted, before.volume, true];
    const isPlaying = this.player?.surface.isPlaying ?? false;
    this.equip();
    if (isPlaying) void this.player?.play();
    this.show();
  }

  hide(): void {
    this.isHidden = !this.isHidden;
    for (const pane of [this.a, this.b]) pane.marks?.hide(this.isHidden);
    this.show();
  }

  openFile(id: string): Promise<void> {
    const pair = this.pairs.find(({ a, b }) => a?.id === id || b?.id === id);
    return pair && pair !== this.pairs[this.shown.pair - 1] ? this.openPair(pair.key) : this.opened;
  }

  pause(): void {
    this.player?.surface.pause();
  }

  step(by: 1 | -1): void {
    const next = this.pairs[this.shown.pair - 1 + by];
    if (next) void this.openPair(next.key);
  }

  toggleFull(): void {
    toggleFull(part("work"));
  }

  leaveFull(): boolean {
    return leaveFull();
  }

  private openPair(key: string): Promise<void> {
    const pair = this.pairs.find((one) => one.key === key);
    if (pair) this.opened = this.open(pair, { ...this.shown, at: null, page: null, view: null, offset: 0 });
    return this.opened;
  }

  /** Shows two files, where `shown` says. */
  private async open(pair: Pair, shown: Shown): Promise<void> {
    const turn = ++this.opening;
    this.close();
    delete this.root.dataset.opened;
    this.shown = { ...shown, pair: this.pairs.indexOf(pair) + 1 }; // at once: what is pressed meanwhile counts
    this.lead = pair.b ? "b" : "a";
    const marks = (notes: SideNotes) => (surface: Surface): SideMarks => new SideMarks(surface, notes, (one) => this.work.isCarried(one), (one) => this.work.shiftOf(notes, one));
    await Promise.all([this.a.open(pair.a, pair.b, marks(this.a.notes)), this.b.open(pair.b, pair.a, marks(this.b.notes))]);
    if (turn !== this.opening) return;
    this.link();
    this.equip();
    this.layAnew(shown.view);
    this.show();
    await this.goWhere(shown);
    if (turn !== this.opening) return;
    this.root.dataset.opened = pair.key;
    this.follow();
    this.show();
  }

  private close(): void {
    this.work.placing?.end();
    for (const link of this.links) link.destroy();
    for (const end of this.ends) end();
    this.links = [];
    this.ends = [];
    this.player = null;
    part("room-player").replaceChildren();
    part("room-zoom").replaceChildren();
    this.a.close();
    this.b.close();
  }

  /** Where the address says, each side by itself: a frame that one of them has not is shown by the other. */
  private async goWhere({ at, page, offset }: Shown): Promise<void> {
    const [a, b] = [this.a.surface, this.b.surface];
    const going: (Promise<void> | undefined)[] = [];
    if (isFilm(a) && isFilm(b)) {
      if (at !== null && within(at, b.frames) !== at) this.lead = "a";
      const inB = at ?? (offset < 0 ? 0 : offset);
      going.push(b.seek(inB), a.seek(toA(inB, { a: a.rate, b: b.rate, offset })));
    } else if (this.unit === "ms") going.push((b as SoundSurface).seek(at ?? 0), (a as SoundSurface).seek((at ?? 0) - offset));
    else if (this.unit === "page") going.push((b as PagesSurface).turn(page ?? 1), (a as PagesSurface).turn((page ?? 1) - offset));
    else going.push(this.surface?.go({ file: null, frame_in: at, ms_in: at, page }));
    await Promise.all(going);
  }

  private link(): void {
    const [a, b] = [this.a.surface, this.b.surface];
    if (!a || !b) return void this.watch();
    const time = linkTime(a, b, this);
    if (time) this.links.push(time);
    if (a.view && b.view && this.a.file?.kind === this.b.file?.kind) this.links.push(linkViews(a.view, b.view));
    const media = this.media(otherSide(this.lead));
    if (media) media.muted = true;
    this.watch();
  }

  private watch(): void {
    for (const pane of [this.a, this.b]) if (pane.surface) this.ends.push(pane.surface.onMove(() => this.moved()));
  }

  /** The player is that of the side that leads; so is the zoom. */
  private equip(): void {
    const { surface } = this;
    this.player?.destroy();
    this.player = null;
    const pane = this[this.lead].surface ? this[this.lead] : this[otherSide(this.lead)];
    if (surface && pane.file && (isFilm(surface) || surface instanceof SoundSurface)) {
      const player = new Player(part("room-player"), surface as Playing, pane.file, pane.notes, () => this.toggleFull());
      this.player = player;
      this.ends.push(() => player.destroy());
    }
    if (surface?.view) part("room-zoom").replaceChildren(...zoomControls(surface.view, this.player ? null : () => this.toggleFull()));
  }

  /** After another way of laying them the frames have other sizes: the same piece is shown in them. */
  private layAnew(view: ViewState | null): void {
    for (const pane of [this.a, this.b]) if (pane.surface?.view) pane.surface.view.state = view;
  }

  follow(): void {
    for (const link of this.links) link.follow();
  }

  private media(side: SideName): HTMLMediaElement | null {
    const { surface } = this[side];
    if (isFilm(surface)) return surface.video;
    return surface instanceof SoundSurface ? surface.audio : null;
  }

  private show(): void {
    const seen = this.isFlipHeld ? otherSide(this.shown.side) : this.shown.side;
    const kind = this.unit === "ms" ? "sound" : (this.b.file ?? this.a.file)?.kind ?? "";
    this.stage.show({ ...this.shown, side: seen }, this.mode, kind);
    chooseMode(this.root, this.shown.mode);
    showTools(part("compare-tools"), this, this.mode);
    showTabs(part("room-files"), this.pairs, this.shown.pair);
    this.say();
    this.write();
  }

  /** What one has to know to believe one's eyes. */
  private say(): void {
    const said = part("compare-said");
    const words = toBeKnown(this.a, this.b, this.mode === this.shown.mode, this.unit === "ms");
    said.hidden = words === "";
    if (said.textContent !== words) said.textContent = words;
  }

  private holdFlip(isHeld: boolean): void {
    this.isFlipHeld = isHeld;
    this.show();
  }

  private moved(): void {
    this.shown.view = this.surface?.view?.state ?? null;
    this.write();
  }

  private write(): void {
    window.clearTimeout(this.writing);
    this.writing = window.setTimeout(() => {
      if (!this.player?.surface.isPlaying) window.history.replaceState(window.history.state, "", this.address(this.rounds));
    }, WRITE_AFTER);
  }

  private get rounds(): { a: number; b: number } {
    return { a: this.a.notes.number, b: this.b.notes.number };
  }

  private address(rounds: { a: number; b: number }, change: Partial<Shown> = {}): string {
    return writeShown(rounds, { ...this.shown, ...this.now(), ...change }, this.unit === "ms" || this.surface instanceof SoundSurface ? "ms" : "frame");
  }

  /** Where b is; where it ends before, where it would be. */
  private now(): Pick<Shown, "at" | "page"> {
    const [a, b] = [this.a.surface, this.b.surface];
    const lead = this.surface;
    if (isFilm(a) && isFilm(b)) return { at: this.lead === "b" ? b.aim : toB(a.aim, { a: a.rate, b: b.rate, offset: this.offset }), page: null };
    if (lead instanceof SoundSurface) return { at: this.lead === "a" && this.b.file ? lead.ms + this.offset : lead.ms, page: null };
    if (isFilm(lead)) return { at: lead.aim, page: null };
    return { at: null, page: lead instanceof PagesSurface ? lead.page : null };
  }

  private inA(): Partial<Shown> {
    const { surface } = this.a;
    if (isFilm(surface)) return { at: surface.aim };
    if (surface instanceof SoundSurface) return { at: surface.ms };
    return surface instanceof PagesSurface ? { page: surface.page } : {};
  }

  private listen(): void {
    document.body.addEventListener("htmx:oobAfterSwap", (event) => {
      const { target } = (event as CustomEvent<{ target: Element }>).detail;
      if (target.id === "room-data") this.takeFiles();
    });
    this.root.addEventListener("room.over", () => this.askAnew());
    // On a phone the work stays in sight, and what is scrolled to comes to rest below it.
    new ResizeObserver(() => this.root.style.setProperty("--work", `${part("work").offsetHeight}px`)).observe(part("work"));
    document.addEventListener("click", (event) => this.takeAlong(event), { capture: true });
  }

  /** To other rounds one goes with all that is set here. */
  private takeAlong(event: MouseEvent): void {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-rounds]");
    if (!link) return;
    const said = new URLSearchParams(new URL(link.href).search);
    const rounds = { a: Number(said.get("a")), b: Number(said.get("b")) };
    const { offset, side } = this.shown;
    const isSwap = link.dataset.swap !== undefined;
    const turned = { offset: offset === 0 ? 0 : -offset, side: otherSide(side), ...this.inA() };
    link.href = this.address(rounds, isSwap ? turned : { offset: 0 });
  }

  private askAnew(): void {
    if (Date.now() - this.askedAt < AGAIN) return;
    this.askedAt = Date.now();
    part("room-ear").dispatchEvent(new CustomEvent("refresh"));
  }

  /** Files as they are now; what looks the same stays where it is. */
  private takeFiles(): void {
    const said = document.getElementById("room-files-now")?.textContent;
    if (!said) return;
    const files = JSON.parse(said) as { a: RoomFile[]; b: RoomFile[] };
    for (const side of ["a", "b"] as const) {
      this[side].notes.files = files[side];
      this[side].notes.tell("files");
    }
    this.pairs = pairsOf(files.a, files.b);
    const pair = this.pairs.find((one) => one.key === (this.b.file ?? this.a.file)?.id) ?? this.pairs[0];
    if (!pair) return this.close();
    const isSame = (["a", "b"] as const).every((side) => renewed(this[side], pair[side]));
    if (!isSame) void this.open(pair, { ...this.shown, ...this.now() });
    else this.show();
  }
}

function renewed(pane: Pane, file: RoomFile | null): boolean {
  if (!pane.file || !file) return pane.file === file;
  const isSame = pane.file.id === file.id && looksTheSame(pane.file, file) && pane.file.state === file.state;
  if (isSame) pane.surface?.renew(file);
  pane.file = isSame ? file : pane.file;
  return isSame;
}
