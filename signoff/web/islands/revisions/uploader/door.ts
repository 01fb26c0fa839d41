/** The queue's way to the server: announcing, sending, taking away. */
import { del, post } from "../../api";
import type { Item, Upload } from "./item";
import { forget, sendByParts } from "./parts";
import type { Door, Sending } from "./queue";
import { sendByTus } from "./tus";

export class ServerDoor implements Door {
  private readonly fresh = new Set<string>();

  constructor(private readonly deliverable: string) {}

  async check(file: File): Promise<void> {
    await file.slice(0, 1).arrayBuffer();
  }

  async begin(item: Item): Promise<Upload> {
    const { name, size, fingerprint } = item;
    const upload = await post<Upload>(`/deliverables/${this.deliverable}/uploads`, { name, size, fingerprint });
    this.fresh.add(upload.id);
    return upload;
  }

  send(file: File, upload: Upload, hear: (sent: number) => void): Sending {
    const isFresh = this.fresh.delete(upload.id);
    return upload.method === "parts" ? sendByParts(file, upload, hear) : sendByTus(file, upload, hear, isFresh);
  }

  drop(upload: Upload): Promise<void> {
    forget(upload);
    return del(`/uploads/${upload.id}`);
  }
}
