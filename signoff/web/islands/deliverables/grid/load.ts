/** Reading the grid: whole (not sent again while unchanged), or single rows. */
import { ApiError, basePath, get } from "../../api";
import type { GridData } from "./model";

export class Loader {
  private tag = "";

  constructor(private readonly project: string) {}

  /** The whole grid; nothing when it is as it was. */
  async whole(): Promise<GridData | undefined> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (this.tag) headers["If-None-Match"] = this.tag;
    const answer = await fetch(`${basePath()}/api/v1/projects/${this.project}/grid`, { headers, credentials: "same-origin", cache: "no-store" });
    if (answer.status === 304) return undefined;
    if (!answer.ok) throw new ApiError(answer.status, "error", `The grid could not be read (${answer.status}).`);
    this.tag = answer.headers.get("ETag") ?? "";
    return (await answer.json()) as GridData;
  }

  row(id: string): Promise<GridData> {
    return get<GridData>(`/projects/${this.project}/grid`, { deliverable: id });
  }
}
