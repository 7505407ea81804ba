import { z } from 'zod';
import { Service } from '#src/fleet/contract/tasks.ts';

/** A service as the agent remembers it: how to run it, without the contents of its files. */
export const KnownService = Service.omit({ files: true }).extend({
  files: z.array(z.object({ path: z.string() })),
  /** Whether it should run; a stop by hand of the server's people is kept over restarts. */
  wished: z.enum(['running', 'stopped']),
});
export type KnownService = z.infer<typeof KnownService>;

/** What keeps a program running: systemd, or the agent itself where there is none. */
export type ServiceKeeper = {
  /** Makes it run by this definition; `changed` says that the definition is not what it was. */
  start(service: KnownService, changed: boolean): Promise<void>;
  stop(service: KnownService): Promise<void>;
  reload(service: KnownService): Promise<void>;
  /** Stops it and forgets it. */
  remove(name: string): Promise<void>;
  /** The main process, when it runs. */
  findPid(name: string): Promise<number | null>;
  /** The last lines of what it said. */
  lastWords(name: string, lines: number): Promise<string[]>;
  /** What it said since a place; without one, nothing but where its log ends now. */
  wordsSince(
    name: string,
    place: string | undefined,
  ): Promise<{ lines: string[]; place: string | undefined }>;
};
