/** The words of a PDF and where they stand, read by pdf.js in a worker of our own. Loaded only when it is wanted. */
import { getDocument, GlobalWorkerOptions, TextLayer, VerbosityLevel, type PDFDocumentProxy } from "pdfjs-dist";
import { matchesIn, type Match } from "./document_matches";
import worker from "pdfjs-dist/build/pdf.worker.min.mjs?url";

GlobalWorkerOptions.workerSrc = worker;

const MOST_PAGES = 400; // searched at once

/** Raises an Error whose message is for people. */
export async function readText(address: string): Promise<PageText> {
  try {
    const task = getDocument({ url: address, isEvalSupported: false, verbosity: VerbosityLevel.ERRORS, enableXfa: false, disableFontFace: true, useSystemFonts: false, disableAutoFetch: true });
    return new PageText(await task.promise);
  } catch (error) {
    throw new Error(wordsFor(error), { cause: error });
  }
}

function wordsFor(error: unknown): string {
  const name = error instanceof Error ? error.name : "";
  if (name === "PasswordException") return "The document is locked with a password: its pages are shown as pictures, its text cannot be marked or searched.";
  return "The text of this document cannot be read: its pages are shown as pictures.";
}

export class PageText {
  private readonly kept = new Map<number, Promise<string>>();

  constructor(private readonly document: PDFDocumentProxy) {}

  /** Lays the text of a page, unseen but to be marked, over its picture of this width in CSS pixels. */
  async lay(page: number, into: HTMLElement, width: number): Promise<void> {
    const found = await this.document.getPage(page);
    const natural = found.getViewport({ scale: 1 });
    const viewport = found.getViewport({ scale: width / natural.width });
    into.replaceChildren();
    into.style.setProperty("--total-scale-factor", String(viewport.scale));
    into.style.setProperty("--scale-factor", String(viewport.scale));
    await new TextLayer({ textContentSource: found.streamTextContent(), container: into, viewport }).render();
  }

  async find(typed: string): Promise<Match[]> {
    const wanted = typed.trim().toLowerCase();
    if (!wanted) return [];
    const found: Match[] = [];
    for (let page = 1; page <= Math.min(this.document.numPages, MOST_PAGES) && found.length < 200; page++) {
      found.push(...matchesIn(await this.textOf(page), wanted, page));
    }
    return found;
  }

  close(): void {
    void this.document.loadingTask.destroy();
  }

  private textOf(page: number): Promise<string> {
    const text = this.kept.get(page) ?? this.read(page);
    this.kept.set(page, text);
    return text;
  }

  private async read(page: number): Promise<string> {
    const content = await (await this.document.getPage(page)).getTextContent();
    const parts = content.items.map((item) => ("str" in item ? item.str + (item.hasEOL ? " " : "") : ""));
    return parts.join("").replace(/\s+/g, " ");
  }
}
