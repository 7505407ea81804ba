import { isbot } from 'isbot';
import { PageRead } from '#src/community/contract/reads.ts';
import type { Counted } from './count-reads.ts';

/** Who read a page, as far as counting must know: a browser or a program, whether it only fetched ahead, and whose account. */
export type PageReader = { userAgent: string | null; purpose: string | null; accountId: string | null };

const flushMilliseconds = 10_000;
/** Pages and readers between two writes; more than that is a flood, and is not counted. */
const placesAtMost = 10_000;

/**
 * Gathers what was read, and hands it to `write` every ten seconds and when it stops: reading a page costs no write.
 * Programs that say what they are, and pages fetched ahead, count for nothing. What could not be written is lost, and told.
 */
export function gatherReads(write: (reads: Counted[]) => Promise<void>, lost: (error: unknown) => void) {
  let gathered = new Map<string, Counted>();
  const flush = async (): Promise<void> => {
    if (gathered.size === 0) return;
    const reads = [...gathered.values()];
    gathered = new Map();
    await write(reads).catch(lost);
  };
  const timer = setInterval(() => void flush(), flushMilliseconds).unref();
  return {
    /** A page was answered; `page` is what its route says of it. */
    tell(page: string, { userAgent, purpose, accountId }: PageReader): void {
      if (purpose !== null || !userAgent || isbot(userAgent)) return;
      const key = `${page} ${accountId ?? ''}`;
      const known = gathered.get(key);
      if (known !== undefined) known.count += 1;
      else if (gathered.size < placesAtMost) {
        const read = PageRead.safeParse(page).data;
        if (read !== undefined) gathered.set(key, { ...read, accountId, count: 1 });
      }
    },
    async stop(): Promise<void> {
      clearInterval(timer);
      await flush();
    },
  };
}
