/** A list gone through by keyboard: J and K choose a row, Enter opens it, and keys of its controls press them.
 *
 * A row is `[data-row]`, its link `[data-open]`, a control `[data-press="a"]`. The chosen row is kept by the
 * address of its link while the list is drawn anew.
 */
import { shortcut } from "../keys";

const ACTS: [string, string][] = [
  ["a", "Approve"],
  ["s", "Start"],
  ["d", "Hand in, mark done"],
  ["r", "Request changes"],
];

export function mount(root: HTMLElement): void {
  const list = new Rows(root);
  const group = "In the list";
  shortcut({ keys: "j", label: "Next row", group, run: () => list.move(1) });
  shortcut({ keys: "k", label: "Previous row", group, run: () => list.move(-1) });
  shortcut({ keys: "enter", label: "Open the row", group, run: (event) => list.open(event) });
  if (root.dataset.acts !== undefined) {
    for (const [keys, label] of ACTS) shortcut({ keys, label, group, run: () => list.press(keys) });
  }
  document.addEventListener("focusin", (event) => list.follow(event.target as Element));
  root.addEventListener("htmx:afterSettle", () => list.restore());
  root.dataset.ready = "";
}

class Rows {
  private chosen = "";
  private at = -1;
  private focused = -1; // the row that has the focus, so that its control may go and the focus stays in the list

  constructor(private readonly root: HTMLElement) {}

  move(by: number): void {
    const rows = this.rows();
    if (!rows.length) return;
    this.at = Math.min(Math.max(this.at + by, 0), rows.length - 1);
    this.mark(rows, this.at, true);
  }

  open(event: KeyboardEvent): void {
    const target = event.target as Element;
    const pressed = target.closest<HTMLElement>("a[href], button, summary");
    if (pressed) return pressed.click();
    this.rows()[this.at]?.querySelector<HTMLElement>("[data-open]")?.click();
  }

  press(key: string): void {
    if (document.querySelector("dialog[open]")) return; // what lies behind a dialog is not meant
    this.rows()[this.at]?.querySelector<HTMLElement>(`[data-press="${key}"]`)?.click();
  }

  /** After the list was drawn anew: the same row, or what stands in its place now. */
  restore(): void {
    const rows = this.rows();
    this.keepFocus(rows);
    if (this.at < 0) return;
    const same = rows.findIndex((row) => address(row) === this.chosen);
    this.at = same >= 0 ? same : Math.min(this.at, rows.length - 1);
    if (this.at >= 0) this.mark(rows, this.at, false);
  }

  follow(target: Element): void {
    const row = target.closest<HTMLElement>("[data-row]");
    this.focused = row ? this.rows().indexOf(row) : -1;
  }

  /** What was pressed went away with its row: go on at the row that stands there now, at its name and not its act. */
  private keepFocus(rows: HTMLElement[]): void {
    if (this.focused < 0 || document.activeElement !== document.body) return;
    rows[Math.min(this.focused, rows.length - 1)]?.querySelector<HTMLElement>("[data-open]")?.focus({ preventScroll: true });
  }

  private mark(rows: HTMLElement[], at: number, isFocused: boolean): void {
    rows.forEach((row, index) => row.toggleAttribute("data-chosen", index === at));
    const row = rows[at];
    if (!row) return;
    this.chosen = address(row);
    row.scrollIntoView({ block: "nearest" });
    if (isFocused) row.querySelector<HTMLElement>("[data-open]")?.focus({ preventScroll: true });
  }

  private rows(): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>("[data-row]")];
  }
}

function address(row: HTMLElement): string {
  return row.id || (row.querySelector<HTMLAnchorElement>("[data-open]")?.href ?? "");
}
