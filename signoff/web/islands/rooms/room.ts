/** The live room: follows what it shows, or leads it. The server keeps the truth; this page says and hears changes. */
import { ApiError, del, pageHeaders, patch, post, put } from "../api";
import { part } from "../feedback/room/dom";
import { toast } from "../toast";
import { RoomClock, frameAt } from "./live/clock";
import { Laser } from "./live/laser";
import { Mouth } from "./live/mouth";
import { Board, mayDraw } from "./live/board";
import type { PersonActs } from "./live/panels";
import { Pen } from "./live/pen";
import { Stage } from "./live/stage";
import type { Drawing, RoomNow, RoomPerson, RoomProps, RoomState, Turn } from "./live/types";
import { Wire } from "./live/wire";

const SIGN_EVERY = 5_000;
const SAY_AFTER = 60; // ms: what moves in a row is said together
const JUMP = 3; // frames: so far beside the clock is a jump, and is said

export function mount(root: HTMLElement, props: RoomProps): void {
  new Room(root, props).start();
}

class Room {
  private now: RoomNow | null = null;
  private hasJoined = false;
  private follows = true;
  private isApplying = 0;
  private said: Partial<RoomState> = {};
  private sayTimer = 0;
  private peopleTimer = 0;
  private readonly clock = new RoomClock();
  private readonly path: string;
  private readonly stage: Stage;
  private readonly wire: Wire;
  private readonly mouth: Mouth;
  private readonly laser: Laser;
  private readonly pen: Pen;
  private readonly board: Board;

  constructor(private readonly root: HTMLElement, private readonly props: RoomProps) {
    const id = props.session.id;
    this.path = `/reviews/${id}/room`;
    this.stage = new Stage(part("room-canvas"), part("room-player"), props.shown, this.clock, (what) => this.staged(what));
    this.mouth = new Mouth(id, this.clock, (error) => this.refused(error));
    this.laser = new Laser(id, () => this.stage.surface?.picture ?? null, (one) => this.nameOf(one));
    this.pen = new Pen(id, (error) => this.refused(error));
    this.board = new Board(root, props, this.acts);
    this.wire = new Wire(id, props.stream, this.clock, {
      whole: (now) => void this.whole(now),
      turn: (turn) => this.turn(turn),
      spot: (spot) => spot.w !== this.now?.me?.id && this.laser.heard(spot),
      line: (isThere) => this.root.classList.toggle("is-cut", !isThere),
    });
  }

  start(): void {
    this.listen();
    this.wire.open();
    window.setInterval(() => void this.sign(), SIGN_EVERY);
    window.setInterval(() => this.board.tick(this.clock.now), 1_000);
  }

  private get leads(): boolean {
    return this.now?.driver != null && this.now.driver === this.now.me?.id;
  }

  // what is heard

  private async whole(now: RoomNow): Promise<void> {
    if (now.status === "concluded") return window.location.assign(this.props.over);
    const was = this.now;
    if (was?.status === "planned" && now.status === "open") return window.location.reload();
    this.now = now;
    if (now.status === "open" && !this.hasJoined && !this.props.is_looking) return this.join();
    if (was?.waiting && now.me) this.wire.open(); // let in: a stream that hears everything
    this.pen.all = now.drawings;
    await this.apply();
    this.paint();
  }

  private turn({ k, w, data = {} }: Turn): void {
    const now = this.now;
    if (!now) return;
    if (k === "show" && now.state) {
      now.state = { ...now.state, ...(data as Partial<RoomState>) };
      if ("item" in data || "revision" in data || "file" in data) this.pen.all = [];
      if (w !== now.me?.id) void this.apply();
      else this.markItem();
    } else if (k === "draw") {
      const mark = data.mark as Drawing;
      this.pen.all = [...this.pen.all.filter((one) => one.id !== mark.id), mark];
    } else if (k === "erase") this.pen.all = data.id ? this.pen.all.filter((one) => one.id !== data.id) : [];
    else if (k === "lead" || k === "take" || k === "lost") this.led(k, (data.to as string | null) ?? null);
    else if (k === "ask") now.wants = [...now.wants, w ?? ""];
    else if (k === "refuse") now.wants = now.wants.filter((one) => one !== data.to);
    else if (k === "drawing") now.allows_drawing = data.allowed === true;
    else if (k === "people") return this.readPeople();
    else if (k === "agenda") void this.readAgenda();
    else if (k === "conclude") return window.location.assign(this.props.over);
    this.paint();
  }

  private led(kind: string, to: string | null): void {
    const now = this.now!;
    now.driver = to;
    now.wants = now.wants.filter((one) => one !== to);
    if (kind === "lost" && now.state) now.state = { ...now.state, playing: false };
    this.mouth.forget();
    this.said = {};
    if (this.leads) this.stage.letGo();
    else void this.apply();
    if (to && to !== now.me?.id) toast({ title: `${this.nameOf(to)} leads`, tone: "info" });
  }

  /** Many come and go at once, so the list is asked for after a moment, by each page after another one. */
  private readPeople(): void {
    window.clearTimeout(this.peopleTimer);
    this.peopleTimer = window.setTimeout(() => void this.wire.read(), 300 + Math.random() * 900);
  }

  private async apply(): Promise<void> {
    const { now } = this;
    if (!now?.state || now.hidden) return this.stage.show({ item: null } as RoomState, false);
    if (this.leads && this.stage.opened) return;
    if (!this.follows) return;
    this.isApplying++;
    try {
      await this.stage.show(now.state, !this.leads);
    } finally {
      this.isApplying--;
    }
    this.markItem();
  }

  // what is said

  /** The person has gone somewhere: who leads takes all with them, who follows is free from then on. */
  private moved(): void {
    if (this.isApplying) return;
    if (!this.leads || this.sayTimer) return;
    this.sayTimer = window.setTimeout(() => {
      this.sayTimer = 0;
      this.sayPlace();
    }, SAY_AFTER);
  }

  private sayPlace(): void {
    const state = this.now?.state;
    if (!this.leads || !state || this.isApplying) return;
    const here = this.stage.said();
    const known = { ...state, ...this.said };
    const change: Partial<RoomState> = {};
    for (const name of ["file", "playing", "rate", "page", "view"] as const) {
      if (JSON.stringify(here[name] ?? null) !== JSON.stringify(known[name] ?? null)) Object.assign(change, { [name]: here[name] ?? null });
    }
    const expected = frameAt(known, this.clock.now, this.stage.each, this.stage.last);
    const beside = Math.abs((here.frame ?? 0) - expected);
    const isJump = here.playing ? beside > Math.max((JUMP * this.stage.each) / 25, JUMP) : here.frame !== known.frame;
    if (this.stage.each && (isJump || "playing" in change || "rate" in change)) change.frame = here.frame ?? 0;
    if (!Object.keys(change).length) return;
    this.said = { ...this.said, ...change, ...("frame" in change ? { at: this.clock.now } : {}) };
    Object.assign(state, change, "frame" in change ? { at: this.clock.now } : {});
    this.mouth.say(change);
  }

  private sayItem(item: string, revision: string | null): void {
    const change: Partial<RoomState> = revision ? { item, revision } : { item };
    this.said = {};
    this.mouth.forget();
    void patch<{ seq: number }>(this.path, { state: change }).then(() => this.openOwn()).catch((error: unknown) => this.refused(error));
  }

  /** Who leads sees what the room shows now, as everybody does. */
  private async openOwn(): Promise<void> {
    await this.wire.read();
    if (!this.now?.state) return;
    this.isApplying++;
    try {
      await this.stage.show(this.now.state, false);
    } finally {
      this.isApplying--;
    }
    this.markItem();
  }

  private go(item: string, revision: string | null = null): void {
    if (this.leads) return this.sayItem(item, revision);
    this.setFollows(false);
    void this.stage.fetch(item, revision).then((opened) => {
      if (!opened || !this.now?.state) return;
      const alone = { ...this.now.state, item, revision: opened.revision.id, file: null, frame: 0, playing: false, page: 1, view: null };
      return this.stage.show(alone, false);
    });
  }

  private setFollows(follows: boolean): void {
    if (this.follows === follows || this.leads) return;
    this.follows = follows;
    void this.sign();
    if (follows) void this.apply();
    else this.stage.letGo();
    this.paint();
  }

  private async join(): Promise<void> {
    this.hasJoined = true;
    try {
      const now = await post<RoomNow>(`${this.path}/attendance`);
      this.wire.open();
      await this.whole(now);
    } catch (error) {
      this.refused(error);
    }
  }

  private async sign(): Promise<void> {
    if (this.props.is_looking || !this.now || (!this.now.me && !this.now.waiting)) return;
    await put(`${this.path}/attendance`, { follows: this.follows || this.leads }).catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 409) void this.wire.read();
    });
  }

  private refused(error: unknown): void {
    if (!(error instanceof ApiError)) return;
    toast({ title: error.detail, tone: "error" });
    if (error.status === 403 || error.status === 409) void this.wire.read();
  }

  // what is shown around

  private staged(what: "opened" | "moved" | "closed"): void {
    if (what === "moved") {
      this.pen.show();
      return this.moved();
    }
    this.pen.put(what === "opened" ? this.stage.surface : null);
    this.board.opened(this.stage.opened);
    this.markItem();
  }

  private paint(): void {
    if (!this.now) return;
    if (!mayDraw(this.now)) this.pen.switch(false);
    this.board.paint(this.now, { follows: this.follows, draws: this.pen.isOn, points: this.laser.isOn });
  }

  private markItem(): void {
    this.board.mark(this.now?.state?.item ?? null, this.stage.opened?.item ?? null);
  }

  /** The agenda as the page has it now; everything else stays as it is. */
  private async readAgenda(): Promise<void> {
    const answer = await fetch(window.location.href, { credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const said = page.getElementById("live-props")?.textContent;
    const list = page.querySelector(".agenda ol");
    if (!said || !list) return;
    this.props.items = (JSON.parse(said) as RoomProps).items;
    this.root.querySelector(".agenda ol")?.replaceWith(list);
    this.board.opened(this.stage.opened);
    this.markItem();
  }

  private nameOf(id: string): string {
    return this.now?.people.find((one) => one.id === id)?.name ?? "Somebody";
  }

  private readonly acts: PersonActs = {
    letIn: (person) => void this.person(person, { is_admitted: true }),
    cohost: (person, isCohost) => void this.person(person, { role: isCohost ? "cohost" : "viewer" }),
    give: (person) => void put(`${this.path}/lead`, { person: person.id }).catch((error: unknown) => this.refused(error)),
    refuse: (person) => void del(`${this.path}/requests/${person.id}`).catch((error: unknown) => this.refused(error)),
  };

  private async person(person: RoomPerson, change: Record<string, unknown>): Promise<void> {
    await patch(`/reviews/${this.props.session.id}/people/${person.attendance}`, change).catch((error: unknown) => this.refused(error));
  }

  // hands

  private listen(): void {
    this.root.addEventListener("click", (event) => this.click(event));
    const work = part("work");
    work.addEventListener("pointermove", (event) => this.laser.move(event.clientX, event.clientY));
    for (const kind of ["pointerdown", "wheel", "keydown"]) work.addEventListener(kind, (event) => this.touched(event.target as Element), { passive: true, capture: true });
    part("room-rounds").addEventListener("change", () => this.chosen());
    document.getElementById("host-notes")?.addEventListener("change", (event) => void this.keepNotes(event.target as HTMLTextAreaElement));
    document.getElementById("room-say")?.addEventListener("submit", (event) => void this.speak(event));
    window.addEventListener("pagehide", () => this.leave());
    for (const verb of ["comment.added", "comment.changed", "comment.removed", "note.changed", "decision.given"]) {
      document.body.addEventListener(verb, (event) => this.heardOfWork(event as CustomEvent<{ deliverable: string | null }>));
    }
  }

  /** Something was said or decided on what is open here. */
  private heardOfWork(event: CustomEvent<{ deliverable: string | null }>): void {
    const entry = this.props.items.find((one) => one.id === this.stage.opened?.item);
    if (!entry || event.detail.deliverable !== entry.deliverable) return;
    void this.stage.anew();
  }

  /** Who follows and takes hold of the work or its player is free from then on. */
  private touched(target: Element): void {
    if (!target.closest("#room-canvas, #room-player") || this.pen.isOn || this.laser.isOn) return;
    if (!this.leads && this.now?.me) this.setFollows(false);
  }

  private chosen(): void {
    const select = part("room-rounds") as HTMLSelectElement;
    if (this.stage.opened) this.go(this.stage.opened.item, select.value);
  }

  private click(event: MouseEvent): void {
    const target = (event.target as Element).closest<HTMLElement>("[data-item], [data-room]");
    if (!target) return;
    if (target.dataset.item) {
      event.preventDefault();
      return this.go(target.dataset.item);
    }
    this.act(target.dataset.room ?? "");
  }

  private act(name: string): void {
    const refused = (error: unknown): void => this.refused(error);
    if (name === "draw") this.pen.switch(!this.pen.isOn);
    if (name === "laser") this.laser.isOn = !this.laser.isOn;
    if (name === "erase") this.pen.clear();
    if (name === "all-draw") void put(`${this.path}/drawing`, { allowed: !this.now?.allows_drawing }).catch(refused);
    if (name === "ask") void post(`${this.path}/requests`).catch(refused);
    if (name === "take") void put(`${this.path}/lead`, { person: null }).catch(refused);
    if (name === "rejoin") this.setFollows(true);
    if (name === "next") this.goNext();
    this.paint();
  }

  private goNext(): void {
    const at = this.props.items.findIndex((one) => one.id === this.stage.opened?.item);
    const next = this.props.items[at + 1];
    if (next) this.go(next.id);
  }

  private async keepNotes(field: HTMLTextAreaElement): Promise<void> {
    if (!field.dataset.item) return;
    const path = `/reviews/${this.props.session.id}/items/${field.dataset.item}`;
    await patch(path, { speaker_notes: field.value }).catch((error: unknown) => this.refused(error));
  }

  private async speak(event: Event): Promise<void> {
    event.preventDefault();
    const field = part("room-words") as HTMLTextAreaElement;
    const opened = this.stage.opened;
    if (!opened || !field.value.trim()) return;
    const place = this.stage.surface?.place() ?? {};
    try {
      await post(`/rounds/${opened.revision.id}/comments`, { text: field.value, ...place });
      field.value = "";
      await this.stage.anew();
    } catch (error) {
      this.refused(error);
    }
  }

  /** Who leads may only be loading the page anew: they are missed after a while, not at once. */
  private leave(): void {
    if (this.leads || (!this.now?.me && !this.now?.waiting)) return;
    const address = `${this.props.stream.replace(/\/rooms\/.*$/, "")}/api/v1${this.path}/attendance`;
    void fetch(address, { method: "DELETE", headers: pageHeaders(), credentials: "same-origin", keepalive: true }).catch(() => undefined);
    this.wire.close();
  }
}

