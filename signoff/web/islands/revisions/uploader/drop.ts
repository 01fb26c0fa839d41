/** Files dropped on the page, whole folders with what is in them. */

/** Calls back with what is dropped anywhere, while `isOpen` says that it is welcome; shows where that is. */
export function listenToDrops(target: HTMLElement, isOpen: () => boolean, take: (files: File[]) => void): void {
  let depth = 0;
  const show = (isOver: boolean): void => {
    document.body.classList.toggle("is-dropping", isOver);
    target.hidden = !isOver;
  };
  const on = (kind: string, run: (event: DragEvent) => void): void =>
    document.addEventListener(kind, (event) => {
      if (!hasFiles(event as DragEvent)) return;
      event.preventDefault(); // else the browser leaves the page for the file
      run(event as DragEvent);
    });
  on("dragenter", () => {
    depth += 1;
    show(isOpen());
  });
  on("dragover", (event) => {
    if (event.dataTransfer) event.dataTransfer.dropEffect = isOpen() ? "copy" : "none";
  });
  on("dragleave", () => {
    depth = Math.max(depth - 1, 0);
    if (!depth) show(false);
  });
  on("drop", (event) => {
    depth = 0;
    show(false);
    if (isOpen() && event.dataTransfer) void filesOf(event.dataTransfer).then((files) => files.length && take(files));
  });
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}

/** The files themselves and those in folders, in the order of their paths. */
async function filesOf(data: DataTransfer): Promise<File[]> {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  const plain = [...data.files];
  if (!entries.some((entry) => entry?.isDirectory)) return plain;
  const found = await Promise.all(entries.filter((entry) => entry !== null).map(within));
  return found.flat();
}

async function within(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) return [await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail))];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const inside: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
    if (!some.length) break; // they come a hundred at a time
    inside.push(...some);
  }
  const seen = inside.filter((one) => !one.name.startsWith(".")).sort((a, b) => (a.name < b.name ? -1 : 1));
  return (await Promise.all(seen.map(within))).flat();
}
