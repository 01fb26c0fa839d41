/** Rounds are made here: files are dropped anywhere on the page, go two at a time, and nothing of them is lost.
 *
 * Any element with `data-new-round` opens the dialog; without one on the page nothing can be dropped.
 */
import { ApiError, get } from "../api";
import { icon } from "../icon";
import { toast } from "../toast";
import { RoundDialog } from "./uploader/dialog";
import { ServerDoor } from "./uploader/door";
import { draftOf, keep, type Draft } from "./uploader/draft";
import { listenToDrops } from "./uploader/drop";
import { button, element } from "./uploader/elements";
import type { Item, Upload } from "./uploader/item";
import { isRefused, Queue } from "./uploader/queue";
import { madeAlready, make, takeBack, tell, type Round } from "./uploader/round";
import { Rows } from "./uploader/rows";
import { Tray } from "./uploader/tray";
import { delayOf } from "./uploader/trouble";
import { arrived, files } from "./uploader/words";

interface Props {
  deliverable: string;
  name: string;
  /** Of the dialog's form. */
  address: string;
  /** Bytes that a file may have. */
  most: number;
}

const WATCH = 5_000;

export function mount(root: HTMLElement, props: Props): void {
  new Desk(root, props).start();
  root.dataset.ready = "";
}

class Desk {
  private readonly queue: Queue;
  private readonly rows: Rows;
  private readonly dialog: RoundDialog;
  private readonly tray: Tray;
  private readonly draft: Draft;
  private readonly chooser = element("input");
  private chosenFor: Item | null = null;
  private isWanted = false;
  private isMaking = false;
  private isSameMeant = false;
  private tries = 0;
  private timer = 0;
  private frame = 0;
  private said = "";

  constructor(private readonly root: HTMLElement, private readonly props: Props) {
    this.queue = new Queue(new ServerDoor(props.deliverable), () => this.changed(), props.most);
    this.draft = draftOf(props.deliverable);
    this.rows = new Rows(this.queue, (item) => this.choose(item));
    this.dialog = new RoundDialog(props.address, this.queue, this.rows, this.draft, {
      take: (given) => this.take(given),
      make: () => this.pressed(),
      typed: () => keep(props.deliverable, this.draft),
      redraw: () => this.draw(),
      closed: () => this.onClosed(),
    });
    this.tray = new Tray(this.queue, () => void this.open());
  }

  start(): void {
    const target = dropTarget(this.props.name);
    this.chooser.type = "file";
    this.chooser.hidden = true;
    this.root.append(this.dialog.root, this.tray.root, target, this.chooser);
    this.chooser.addEventListener("change", () => this.chosen());
    document.addEventListener("click", (event) => this.onClick(event));
    listenToDrops(target, () => this.isWelcome(), (given) => this.take(given));
    this.listenToNetwork();
    window.addEventListener("beforeunload", (event) => {
      if (this.queue.isRunning || this.isMaking) event.preventDefault();
    });
    void this.restore();
    if (location.hash === "#new-round") this.openByAddress();
  }

  private listenToNetwork(): void {
    window.addEventListener("offline", () => this.queue.offline());
    window.addEventListener("online", () => {
      this.queue.online();
      if (this.timer) this.makeNow();
    });
    if (!navigator.onLine) this.queue.offline();
    window.setInterval(() => this.queue.watch(), WATCH);
  }

  private onClick(event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!(event.target as Element).closest("[data-new-round]")) return;
    event.preventDefault();
    void this.open();
  }

  private openByAddress(): void {
    history.replaceState(history.state, "", location.pathname + location.search);
    if (this.mayUpload()) void this.open();
  }

  private mayUpload(): boolean {
    return document.querySelector("[data-new-round]") !== null;
  }

  /** Drops are for the dialog of the round or for the page, not for another dialog on it. */
  private isWelcome(): boolean {
    const other = document.querySelector("dialog[open]:not(.round-dialog)");
    return this.mayUpload() && !other && !this.isMaking;
  }

  private async open(): Promise<void> {
    await this.dialog.open();
    void this.rows.sortable();
  }

  private onClosed(): void {
    this.draw();
    const active = document.activeElement; // still in the closed dialog, when there was no focus before it
    if (!active || active === document.body || this.dialog.root.contains(active)) document.querySelector<HTMLElement>("[data-new-round]")?.focus();
  }

  private take(given: readonly File[]): void {
    const count = this.queue.add(given);
    if (!this.dialog.isOpen) void this.open();
    this.isSameMeant = false;
    this.dialog.notice("");
    if (count < given.length) this.dialog.notice(given.length === 1 ? `${given[0]?.name} is in the list already.` : "Files that are in the list already were left out.", "info");
  }

  private choose(item: Item): void {
    this.chosenFor = item;
    this.chooser.value = "";
    this.chooser.click();
  }

  private chosen(): void {
    const file = this.chooser.files?.[0];
    if (file && this.chosenFor) this.queue.choose(this.chosenFor, file);
    this.chosenFor = null;
  }

  /** What was on its way when the page was left. */
  private async restore(): Promise<void> {
    try {
      this.queue.restore(await get<Upload[]>(`/deliverables/${this.props.deliverable}/uploads`), this.draft.order);
    } catch {
      // the page works without; what was sent is found again by its file
    }
  }

  private changed(): void {
    const { items, sum } = this.queue;
    if (!items.length) this.isWanted = false;
    if (this.isWanted && !this.isMaking && items.length && sum.here === items.length) this.makeNow();
    this.frame ||= requestAnimationFrame(() => this.draw());
    this.keepOrder();
  }

  private keepOrder(): void {
    const order = this.queue.items.map((item) => item.fingerprint);
    if (!order.length || order.join("\n") === this.draft.order.join("\n")) return;
    this.draft.order = order;
    keep(this.props.deliverable, this.draft);
  }

  private draw(): void {
    this.frame = 0;
    this.dialog.draw(this.isWanted);
    this.tray.draw(this.dialog.isOpen, this.isWanted, this.dialog.number || 0);
    const { items, sum } = this.queue;
    const said = items.length ? arrived(sum.here, items.length) : "";
    if (said === this.said) return;
    this.said = said;
    if (this.dialog.isOpen) this.dialog.announce(said);
    else document.getElementById("live")?.replaceChildren(said);
  }

  /** The button: makes the round, or remembers to, or forgets that again. */
  private pressed(): void {
    const { items, sum } = this.queue;
    if (this.isMaking || !items.length) return;
    this.dialog.notice("");
    if (this.dialog.needsReason && !this.draft.reason.trim()) return void this.dialog.wrong("reason", "Say why there is one more round.");
    const refused = items.filter(isRefused);
    if (refused.length) return this.askToTakeAway(refused);
    if (sum.here === items.length) return this.makeNow();
    this.isWanted = !this.isWanted;
    this.draw();
  }

  /** A round waits for all of its files, and these will never be here. */
  private askToTakeAway(refused: readonly Item[]): void {
    const [first] = refused;
    const said = refused.length === 1 ? `${first?.name} cannot be sent.` : `${files(refused.length)} cannot be sent.`;
    const away = button(refused.length === 1 ? "Take it away" : "Take them away", () => {
      for (const item of refused) this.queue.remove(item);
      this.dialog.notice("");
      this.dialog.focusOnAdding();
    });
    this.dialog.notice(said, "danger", [away]);
    away.focus();
  }

  private makeNow(): void {
    window.clearTimeout(this.timer);
    this.timer = 0;
    void this.make();
  }

  private async make(): Promise<void> {
    this.isMaking = true;
    const { deliverable } = this.props;
    const { number, before } = this.dialog;
    const uploads = this.queue.items.map((item) => item.upload?.id ?? "").filter(Boolean);
    const isNew = this.draft.as === "new";
    try {
      const round = await make({ deliverable, number, before, uploads, isSameMeant: this.isSameMeant }, this.draft);
      this.done(round, isNew, uploads.length);
    } catch (error) {
      await this.refused(error as ApiError);
    }
  }

  private done(round: Round, isNew: boolean, count: number): void {
    Object.assign(this, { isMaking: false, isWanted: false, isSameMeant: false, tries: 0 });
    Object.assign(this.draft, { note: "", reason: "", isChargeable: true, isHandedIn: false, as: "new", order: [] });
    keep(this.props.deliverable, this.draft);
    this.queue.clear();
    this.dialog.close();
    tell(isNew ? "round.added" : "round.replaced", this.props.deliverable);
    if (!isNew) toast({ title: `Round ${round.round} has its new files`, text: files(count), tone: "ok" });
    else toast({ title: `Round ${round.round} is here`, text: `${this.props.name}, ${files(count)}`, tone: "ok", undo: () => this.undo(round) });
  }

  private async undo(round: Round): Promise<void> {
    try {
      await takeBack(round);
      tell("round.withdrawn", this.props.deliverable);
      toast({ title: `Round ${round.round} is taken back`, tone: "info" });
    } catch (error) {
      toast({ title: `Round ${round.round} stays`, text: (error as ApiError).detail, tone: "error" });
    }
  }

  /** Each refusal at its place; what may pass by itself is tried again. */
  private async refused(error: ApiError): Promise<void> {
    if (error.status === 0 || error.status === 502 || error.status === 503 || error.status === 504) return this.later();
    if (this.tries && (await this.wasMade(error))) return;
    Object.assign(this, { isMaking: false, isWanted: false, tries: 0 });
    if (!this.dialog.isOpen) await this.open();
    const judge = REFUSALS[error.code];
    await judge?.(this, error);
    if (!judge && !(error.field && this.dialog.wrong(error.field, error.detail))) this.dialog.notice(error.detail ?? "That did not work. Nothing was changed; try again.");
    this.draw();
  }

  /** A try whose answer got lost may have made the round: then its files are used, or its number is taken. */
  private async wasMade(error: ApiError): Promise<boolean> {
    if (error.code !== "round_taken" && error.code !== "upload_gone") return false;
    const isNew = this.draft.as === "new";
    const number = isNew ? this.dialog.number : this.dialog.number - 1;
    const round = await madeAlready(this.props.deliverable, number, this.queue.items).catch(() => null);
    if (round) this.done(round, isNew, round.files.length);
    return round !== null;
  }

  private later(): void {
    this.tries += 1;
    this.timer = window.setTimeout(() => this.makeNow(), delayOf(this.tries));
    this.dialog.notice("Waiting for the network; the round is made when it is back.", "warn");
  }

  /** Allowance, number or what may be replaced are not what the form said. */
  async askAnew(text: string, field = ""): Promise<void> {
    await this.dialog.refresh();
    if (!field || !this.dialog.wrong(field, text)) this.dialog.notice(text, "warn");
  }

  askWhetherSame(error: ApiError): void {
    const yes = button("Make the round all the same", () => {
      this.isSameMeant = true;
      this.dialog.notice("");
      this.makeNow();
    });
    const no = button("Choose other files", () => this.dialog.notice(""));
    this.dialog.notice(`These are the files of round ${String(error.problem.round)}, byte for byte. Make the round all the same?`, "warn", [yes, no]);
    yes.focus();
  }

  loseUploads(error: ApiError): void {
    const ids = Array.isArray(error.problem.ids) ? (error.problem.ids as string[]) : [];
    for (const item of this.queue.items) if (ids.includes(item.upload?.id ?? "")) this.queue.lost(item, "This upload is over: used elsewhere, taken away, or too old. Send it again.");
    this.dialog.notice("Some files are not here any more. Send them again, or take them out.", "danger");
  }

  sendUnfinished(error: ApiError): void {
    const names = Array.isArray(error.problem.names) ? (error.problem.names as string[]) : [];
    for (const item of this.queue.items) if (names.includes(item.name)) this.queue.reopen(item);
    this.dialog.notice("Some files are not whole yet; what is missing is sent now.", "warn");
  }

  /** The round before is no longer to be changed: what is here becomes a new one, if it is meant so. */
  async onlyNew(error: ApiError): Promise<void> {
    this.draft.as = "new";
    await this.askAnew(error.detail);
  }
}

const REFUSALS: Record<string, (desk: Desk, error: ApiError) => unknown> = {
  reason_needed: (desk, error) => desk.askAnew(error.detail, "reason"),
  round_taken: (desk, error) => desk.askAnew(`Somebody added a round in the meantime. Look at it first; yours would be round ${String(error.problem.round)}.`),
  same_files: (desk, error) => desk.askWhetherSame(error),
  upload_gone: (desk, error) => desk.loseUploads(error),
  upload_not_finished: (desk, error) => desk.sendUnfinished(error),
  round_settled: (desk, error) => desk.onlyNew(error),
  old_round: (desk, error) => desk.onlyNew(error),
};

function dropTarget(name: string): HTMLElement {
  const target = element("div", "drop-page");
  const words = element("p");
  words.append(icon("upload", "icon-lg"), element("b", "", "Drop the files here"), element("span", "", `They become a round of ${name}`));
  target.append(words);
  target.hidden = true;
  return target;
}
