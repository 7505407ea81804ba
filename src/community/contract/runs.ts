import { z } from 'zod';
import { PostId } from './posts.ts';
import { shownColumns, shownRows } from './shown-rows.ts';

/** What came out of a block: the rows of its last statement, or what PostgreSQL said against it. */
export const RunOutcome = z.object({
  /** Names of columns; none where the last statement gives no rows. */
  columns: z.array(z.string().max(200)).max(shownColumns),
  rows: z.array(z.array(z.string().nullable())).max(shownRows),
  /** How many rows there were: more than are shown. */
  rowCount: z.number().int().min(0),
  /** What refused it, by its SQLSTATE; null when nothing did. */
  error: z.object({ sqlstate: z.string().max(5), message: z.string().max(1000) }).nullable(),
});
export type RunOutcome = z.infer<typeof RunOutcome>;

/** Where a block ran: in PostgreSQL as WebAssembly, or on a server made for it. */
export const RunEngine = z.enum(['pglite', 'sandbox']);
export type RunEngine = z.infer<typeof RunEngine>;

/** What became of a block on a version that its author had not named: the same as they recorded, or not. */
export const RunVerdict = z.enum(['held', 'broke']);
export type RunVerdict = z.infer<typeof RunVerdict>;

/** One result of a block as a page shows it. */
export const RunResult = RunOutcome.extend({
  engine: RunEngine,
  major: z.number().int(),
  /** As the server named itself: 18.4. */
  version: z.string().max(40),
  ranAt: z.string().max(40),
  verdict: RunVerdict.nullable(),
  /** Results of the same digest are the same result. */
  digest: z.string().max(32),
});
export type RunResult = z.infer<typeof RunResult>;

/** A block of a writing with what it gave, and the named majors on which it has not run. */
export const RunBlock = z.object({
  hash: z.string().max(16),
  /** Of an entry of the FAQ: what shows that it is right. */
  isProof: z.boolean(),
  results: z.array(RunResult),
  waiting: z.array(z.number().int()),
  absent: z.array(z.number().int()),
});
export type RunBlock = z.infer<typeof RunBlock>;

/** A writing whose blocks run: a post, an entry of the FAQ, or the test of a wish. */
export const Writing = z.object({ kind: z.enum(['post', 'faq', 'wish']), id: PostId });
export type Writing = z.output<typeof Writing>;

/** The blocks of one writing. */
export const WritingRuns = Writing.extend({ blocks: z.array(RunBlock) });
export type WritingRuns = z.infer<typeof WritingRuns>;

/** Which writings' blocks are asked for: posts by their numbers, one entry of the FAQ, or the test of one wish. */
export const RunQuery = z.object({
  post: z.union([PostId, z.array(PostId).max(100)]).optional(),
  faq: PostId.optional(),
  wish: PostId.optional(),
});
export type RunQuery = z.output<typeof RunQuery>;

/** How many blocks run for whom; a community changes it by the setting `runs`. */
export const RunTerms = z.object({
  /** The lowest trust level whose blocks run on servers. */
  trustLevel: z.number().int().min(0).max(4).default(1),
  blocksAWriting: z.number().int().min(0).max(20).default(10),
  /** Of one author, every one of their writings counted. */
  runsADay: z.number().int().min(0).max(10_000).default(100),
  secondsAtMost: z.number().int().min(1).max(60).default(10),
});
export type RunTerms = z.infer<typeof RunTerms>;

/** A version that can be had, as its source names it: 18.4. */
export type OfferedPostgres = { major: number; version: string };

/** A block as it is to be run on a fresh server. */
export type RunWish = { setup: string; code: string; secondsAtMost: number };

/** What came of it there, with what is the same whenever the result is. */
export type ServerRun = RunOutcome & { version: string; digest: string; shape: string };

/** What the community needs of whoever has PostgreSQL to run things on. It knows nothing else of it. */
export type PostgresSource = {
  /** What can be had at once, without installing anything. */
  listOffered(): Promise<OfferedPostgres[]>;
  /** Runs each wish on an empty server of that major and throws away the server; fails only when there is none. */
  runAll(major: number, wishes: readonly RunWish[]): Promise<ServerRun[]>;
};
