/** What stands in the page's address: round, file, and where in it. Pure. */
import type { Place, RoomFile } from "./types";

export interface Wanted { position: number; place: Partial<Place>; comment: string | null }

const MOST = 2_147_483_647;

/** `?round=2&file=1&frame=170`: nonsense counts as not said. */
export function readAddress(query: string): Wanted {
  const said = new URLSearchParams(query);
  const place: Partial<Place> = {};
  const frame = whole(said.get("frame"));
  const ms = whole(said.get("ms"));
  const page = whole(said.get("page"));
  if (frame !== null) place.frame_in = frame;
  if (ms !== null) place.ms_in = ms;
  if (page) place.page = page;
  const comment = said.get("c");
  return { position: whole(said.get("file")) ?? 1, place, comment: comment && /^[0-9a-f-]{32,36}$/i.test(comment) ? comment : null };
}

/** Where one is, so that the address can be sent to somebody. */
export function writeAddress(round: number, files: RoomFile[], place: Place, comment: string | null): string {
  const said = new URLSearchParams({ round: String(round) });
  const position = files.findIndex((one) => one.id === place.file) + 1;
  if (position > 1) said.set("file", String(position));
  const parts = { frame: place.frame_in, ms: place.ms_in, page: place.page && place.page > 1 ? place.page : null };
  for (const [name, value] of Object.entries(parts)) if (value) said.set(name, String(value));
  if (comment) said.set("c", comment);
  return `?${said}`;
}

function whole(said: string | null): number | null {
  return said !== null && /^\d{1,10}$/.test(said) && Number(said) <= MOST ? Number(said) : null;
}
