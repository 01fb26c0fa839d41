/** What a room says of itself: `rooms/look.py` and `rooms/state.py`. */
import type { Mark } from "../../feedback/room/types";

export interface ViewSaid { x: number; y: number; zoom: number }

export interface RoomState {
  item: string | null;
  revision: string | null;
  file: string | null;
  frame: number; // milliseconds of a sound
  playing: boolean;
  rate: number;
  page: number;
  view: ViewSaid | null;
  marks: boolean;
  at: number; // since when, on the room's clock
}

export interface RoomPerson {
  id: string;
  attendance: string;
  name: string;
  initials: string;
  hue: number;
  role: "host" | "cohost" | "viewer";
  is_here: boolean;
  waits: boolean;
  follows: boolean;
}

export type Drawing = Mark & { by: string; page: number | null };

/** All of it. While one waits, or nothing is open, there is no state. */
export interface RoomNow {
  status: "planned" | "open" | "concluded";
  now: number;
  waiting: boolean;
  seq: number;
  state: RoomState | null;
  hidden: boolean;
  drawings: Drawing[];
  driver: string | null;
  wants: string[];
  allows_drawing: boolean;
  is_open: boolean;
  me: { id: string; role: RoomPerson["role"]; leads: boolean } | null;
  people: RoomPerson[];
}

/** One change: `q` its number, `k` its kind, `w` who made it. What is not for these eyes has no `data`. */
export interface Turn { q: number; k: string; w?: string | null; data?: Record<string, unknown>; hidden?: boolean }
export interface SpotSaid { w: string; data: { x: number; y: number; on: boolean } }

/** What the page says of the session. */
export interface RoomProps {
  session: { id: string; name: string; minutes: number };
  opened_at: string | null;
  is_looking: boolean;
  may_hold: boolean;
  items: { id: string; deliverable: string; name: string; reason: string }[];
  stream: string;
  shown: string;
  over: string;
}
