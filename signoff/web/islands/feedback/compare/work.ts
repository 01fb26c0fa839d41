/** The work through the notes that went from one round to the other: to each of them on both sides, and to its new place. */
import { basePath } from "../../api";
import { placeNote } from "../room/comments_acts";
import { part } from "../room/dom";
import { SoundSurface } from "../room/sound";
import { isFilm } from "../room/surface";
import type { Comment, Person, Place } from "../room/types";
import type { Shown, SideName } from "./address";
import type { CardHost } from "./card";
import type { Carried } from "./carried";
import { offsetOf, toA, toB } from "./clock";
import { mountFresh } from "./fresh";
import type { SideNotes } from "./notes";
import type { Pane } from "./pane";
import { CarriedPanel } from "./panel";
import { Placing } from "./placing";
import type { Stage } from "./stage";
import type { Unit } from "./tools";

export interface Room {
  readonly a: Pane;
  readonly b: Pane;
  readonly lead: SideName;
  readonly unit: Unit | null;
  readonly shown: Shown;
  readonly stage: Stage;
  /** Shows the two files of which one is this. */
  openFile(id: string): Promise<void>;
  pause(): void;
  follow(): void;
  change(change: Partial<Shown>): void;
}

export class CarriedWork {
  readonly panel: CarriedPanel;
  placing: Placing | null = null;
  private readonly host: CardHost;

  constructor(private readonly room: Room, props: { deliverable: { id: string }; people: Person[]; is_client: boolean }) {
    this.host = this.cardHost(`${basePath()}/deliverables/${props.deliverable.id}`, props.people);
    this.panel = new CarriedPanel(part("room-carried"), this.host);
    mountFresh(part("room-new"), this.host, props.is_client, (comment) => this.goTo({ note: comment, before: null, answer: null }));
  }

  private cardHost(here: string, people: Person[]): CardHost {
    const [older, newer] = [this.sides.older.notes, this.sides.newer.notes];
    return {
      older, newer, people,
      open: (carried) => this.goTo(carried),
      place: (carried) => this.askPlace(carried),
      addressFrom: (round, comment) => `${here}/compare?a=${round}&b=${newer.number}&c=${comment}`,
      review: (comment) => `${here}/review?round=${newer.number}&c=${comment.id}`,
      addressOfReview: `${here}/review?round=${newer.number}`,
    };
  }

  private get sides(): { older: Pane; newer: Pane } {
    const { a, b } = this.room;
    return a.notes.number < b.notes.number ? { older: a, newer: b } : { older: b, newer: a };
  }

  isCarried(comment: Comment): boolean {
    return this.panel.all.some(({ note }) => note.id === comment.id);
  }

  /** Marks are drawn on frames of where it was said; in the newer round they go where the note went. */
  shiftOf(notes: SideNotes, comment: Comment): number {
    if (notes !== this.host.newer) return 0;
    const before = this.host.older.comments.find((one) => one.id === comment.id);
    return (comment.frame_in ?? 0) - (before?.frame_in ?? comment.frame_in ?? 0);
  }

  /** A pin or a mark on the timeline was pressed. */
  choose(id: string | null): void {
    const found = this.panel.all.find(({ note }) => note.id === id);
    if (found) return this.goTo(found);
    this.room.change({ comment: id });
    this.tellChosen();
  }

  tellChosen(): void {
    for (const pane of [this.room.a, this.room.b]) pane.notes.tell("selected");
    this.panel.current?.root.scrollIntoView({ block: "nearest" });
  }

  /** The older round where it was, the newer one where it is; where nobody has looked yet, where it would be. */
  goTo(carried: Carried): void {
    this.placing?.end();
    this.room.change({ comment: carried.note.id });
    this.tellChosen();
    void this.goToPlaces(carried);
  }

  private async goToPlaces({ note, before }: Carried): Promise<void> {
    const { older, newer } = this.sides;
    const file = note.file ?? before?.file;
    if (!file) return; // about the whole round
    await this.room.openFile(file);
    this.room.pause();
    const isKnown = !note.note?.is_approximate;
    if (before && isKnown) this.meet(before, note);
    const { unit } = this.room;
    if (unit === "frame" || unit === "ms") await (before && !isKnown ? this.goLinked(older, before) : this.goLinked(newer, note));
    else await Promise.all([before ? older.surface?.go(before) : undefined, newer.surface?.go(note)]);
  }

  /** The offset with which both stand at the note. */
  private meet(before: Comment, note: Comment): void {
    const { room } = this;
    const [inA, inB] = this.sides.older === room.a ? [before, note] : [note, before];
    const [a, b] = [room.a.surface, room.b.surface];
    if (isFilm(a) && isFilm(b)) room.change({ offset: offsetOf(inA.frame_in ?? 0, inB.frame_in ?? 0, a.rate, b.rate) });
    else if (room.unit === "ms") room.change({ offset: (inB.ms_in ?? 0) - (inA.ms_in ?? 0) });
    else if (room.unit === "page") room.change({ offset: (inB.page ?? 1) - (inA.page ?? 1) });
  }

  /** Who leads goes to where this place is for it; the other one follows. */
  private async goLinked(pane: Pane, place: Comment): Promise<void> {
    const { a, b, lead, shown } = this.room;
    const leading = this.room[lead];
    const [left, right] = [a.surface, b.surface];
    if (isFilm(left) && isFilm(right)) {
      const linked = { a: left.rate, b: right.rate, offset: shown.offset };
      const frame = place.frame_in ?? 0;
      const at = pane === leading ? frame : pane === a ? toB(frame, linked) : toA(frame, linked);
      await (lead === "a" ? left : right).seek(at);
    } else {
      const by = pane === leading ? 0 : pane === a ? shown.offset : -shown.offset;
      await (leading.surface as SoundSurface).seek((place.ms_in ?? 0) + by);
    }
    this.room.follow();
    if (place.region) leading.surface?.view?.reveal(place.region);
  }

  private askPlace({ note, before }: Carried): void {
    const { newer } = this.sides;
    const { stage } = this.room;
    if (!newer.surface || this.placing) return;
    this.room.pause();
    if (stage.mode === "flip") this.room.change({ side: newer.side });
    stage.root.classList.add("is-placing");
    const known = note.region || !before ? note : { ...note, region: before.region ?? null };
    const done = async (place: Place): Promise<boolean> => {
      const isDone = await placeNote(newer.notes, note, place);
      if (isDone) newer.notes.live.again();
      return isDone;
    };
    this.placing = new Placing(newer.surface, stage.root, known, done, () => {
      this.placing = null;
      stage.root.classList.remove("is-placing");
    });
  }
}
