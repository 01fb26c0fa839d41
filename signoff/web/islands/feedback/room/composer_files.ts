/** Files that go with the note that is written: chosen, dropped or pasted. They live as long as the page. */
import { icon } from "../../icon";
import { toast } from "../../toast";
import { sizeWords } from "./comments_words";
import { signButton, make } from "./dom";
import { MOST_BYTES } from "./store_attach";

const MOST = 20;

export class Files {
  readonly root = make("div", "composer-files", { hidden: "" });
  readonly button: HTMLButtonElement;
  list: File[] = [];
  private readonly input = make("input", "", { type: "file", multiple: "", hidden: "", "aria-label": "Files to attach" });

  constructor(private readonly changed: () => void) {
    this.button = signButton(icon("paperclip"), "Attach files", () => this.input.click());
    this.root.before(this.input);
    this.input.addEventListener("change", () => {
      this.add([...(this.input.files ?? [])]);
      this.input.value = "";
    });
    this.button.append(this.input);
    this.input.addEventListener("click", (event) => event.stopPropagation());
  }

  add(files: File[]): void {
    const fit = files.filter((file) => file.size <= MOST_BYTES && file.size > 0);
    if (fit.length < files.length) toast({ title: "Too large for a note", text: "A file with a note has at most 25 MiB. Upload larger ones as a round.", tone: "warn" });
    this.list = [...this.list, ...fit].slice(0, MOST);
    this.show();
  }

  /** Takes them out, to be sent. */
  take(): File[] {
    const files = this.list;
    this.list = [];
    this.show();
    return files;
  }

  private show(): void {
    this.root.hidden = this.list.length === 0;
    this.root.replaceChildren(...this.list.map((file) => this.row(file)));
    this.changed();
  }

  private row(file: File): HTMLElement {
    const drop = signButton(icon("x", "icon-xs"), `Leave ${file.name} out`, () => {
      this.list = this.list.filter((one) => one !== file);
      this.show();
    });
    return make("span", "chip", {}, icon("paperclip"), make("span", "truncate", {}, file.name), make("span", "muted", {}, sizeWords(file.size)), drop);
  }
}
