/** Drafts in this browser, each under its own id, so that no tab writes over another one's. */
import type { Draft } from "./types";

export class Shelf<T extends { sent_as: string } = Draft> {
  /** `prefix` says what, whose, and of which round. */
  constructor(private readonly prefix: string) {}

  keep(one: T): boolean {
    try {
      localStorage.setItem(this.prefix + one.sent_as, JSON.stringify(one));
      return true;
    } catch {
      return false; // full, or a browser that keeps nothing
    }
  }

  drop(id: string): void {
    try {
      localStorage.removeItem(this.prefix + id);
    } catch {
      // there is none either
    }
  }

  find(id: string): T | null {
    return this.read(this.prefix + id);
  }

  all(): T[] {
    const keys: string[] = [];
    try {
      for (let at = 0; at < localStorage.length; at++) keys.push(localStorage.key(at) ?? "");
    } catch {
      return [];
    }
    return keys.filter((key) => key.startsWith(this.prefix)).flatMap((key) => this.read(key) ?? []);
  }

  /** Is this key of a `storage` event one of ours? */
  has(key: string | null): boolean {
    return key?.startsWith(this.prefix) ?? false;
  }

  private read(key: string): T | null {
    try {
      const said = JSON.parse(localStorage.getItem(key) ?? "null") as Partial<T> | null;
      return said && key === this.prefix + said.sent_as ? (said as T) : null;
    } catch {
      return null;
    }
  }
}
