import type { PostgresSource, RunEngine } from '#src/community/contract/runs.ts';
import type { Offer } from './rules.ts';

let sources: Partial<Record<RunEngine, PostgresSource>> = {};

/** Tells this program where blocks of SQL can be run; without any they are shown as they are. */
export function providePostgres(given: Partial<Record<RunEngine, PostgresSource>>): void {
  sources = given;
}

/** The source of an engine; undefined where this Elepherd has none. */
export const postgresOf = (engine: RunEngine): PostgresSource | undefined => sources[engine];

/** Everything on which blocks can run at once. */
export async function listOffers(): Promise<Offer[]> {
  const engines = Object.keys(sources) as RunEngine[];
  const lists = await Promise.all(
    engines.map(async (engine) =>
      ((await sources[engine]?.listOffered()) ?? []).map((one) => ({ engine, ...one })),
    ),
  );
  return lists.flat();
}
