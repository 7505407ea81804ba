import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Happening } from '#src/fleet/contract/incidents.ts';
import { findJson, writeJson } from '../files.ts';

const kept = 500;
const sentAtOnce = 50;

/** What happened on this host, kept in a file until the server has it; beyond 500 the oldest is forgotten. */
export class Happenings {
  readonly #file: string;
  readonly #log: (message: string) => void;
  #waiting: Happening[] = [];
  #writing: Promise<void> = Promise.resolve();

  constructor(file: string, log: (message: string) => void) {
    this.#file = file;
    this.#log = log;
  }

  /** Finds what an earlier life of the agent could not tell. */
  async open(): Promise<void> {
    const found = await findJson(this.#file, z.array(Happening));
    this.#waiting = [...(found ?? []), ...this.#waiting].slice(-kept);
  }

  /** Notes one; it is told soon, or when the server is back. */
  note(happening: Omit<Happening, 'id' | 'at'> & { at?: string }): void {
    this.#waiting.push({ id: randomUUID(), at: new Date().toISOString(), ...happening });
    this.#waiting = this.#waiting.slice(-kept);
    this.#keep();
  }

  /** Those that wait, the oldest first. */
  waiting(): Happening[] {
    return this.#waiting.slice(0, sentAtOnce);
  }

  /** The server has these. */
  forget(told: readonly Happening[]): void {
    const ids = new Set(told.map((one) => one.id));
    this.#waiting = this.#waiting.filter((one) => !ids.has(one.id));
    this.#keep();
  }

  /** A full disk must not keep the agent from working: then they are only in memory. */
  #keep(): void {
    this.#writing = this.#writing
      .then(() => writeJson(this.#file, this.#waiting))
      .catch((error: unknown) => this.#log(`happenings could not be kept: ${String(error)}`));
  }
}
