import { createHash } from 'node:crypto';
import type {
  OfferedPostgres,
  RunEngine,
  RunOutcome,
  RunVerdict,
  ServerRun,
  Writing,
} from '#src/community/contract/runs.ts';
import { showError, showRows } from '#src/community/contract/shown-rows.ts';

/** The column that says which writing a block is of. */
export const blockColumn = ({ kind }: Writing) => `${kind}_id` as const;

/** What can be had, and by which engine. */
export type Offer = OfferedPostgres & { engine: RunEngine };

/**
 * A block as far as it matters where it runs. A proof has the range of its entry instead of named majors; the test of a wish
 * runs on each major, until there is one that passes it and beyond.
 */
export type PlannedBlock = {
  majors: readonly number[];
  range: { from: number; to: number | null } | null;
  onEach?: boolean;
  results: readonly { engine: RunEngine; major: number; version: string; isRecorded: boolean }[];
};

/**
 * On what of the offer a block is to run: its named majors and every later one on real servers, a proof on the newest one
 * of its range, a test on each, and what names none in PostgreSQL as WebAssembly. What it ran on already is left out.
 */
export function wantedRuns(block: PlannedBlock, offers: readonly Offer[]): Offer[] {
  const { majors, range, results, onEach = false } = block;
  const newest = Math.max(...majors);
  const fits = ({ engine, major }: Offer) => {
    // Where there is a real server, WebAssembly says nothing more.
    if (onEach)
      return engine === 'sandbox' || !offers.some((o) => o.engine === 'sandbox' && o.major === major);
    if (range) return major >= range.from && (range.to === null || major <= range.to);
    if (majors.length === 0) return engine === 'pglite';
    return engine === 'sandbox' && (majors.includes(major) || major > newest);
  };
  const fitting = offers.filter(fits);
  return (range ? fitting.toSorted(byProof).slice(0, 1) : fitting).filter(
    ({ engine, version }) => !results.some((one) => one.engine === engine && one.version === version),
  );
}

/** The newest first, and a real server before one of WebAssembly. */
const byProof = (a: Offer, b: Offer) =>
  b.major - a.major || Number(a.engine === 'pglite') - Number(b.engine === 'pglite');

/** Whether what runs now is what the author shows: the first on a major that they named, or the first at all. */
export function isRecording({ majors, results, onEach }: PlannedBlock, offer: Offer): boolean {
  // Nobody says beforehand what a test gives: whether it passes is all that counts.
  if (onEach) return false;
  const recorded = results.filter((one) => one.isRecorded);
  if (majors.length === 0) return recorded.length === 0;
  return majors.includes(offer.major) && !recorded.some(({ major }) => major === offer.major);
}

type Kept = { engine: RunEngine; major: number; digest: string; shape: string; isRecorded: boolean };

/**
 * What became of a block: held against what the author recorded on that major, or else on the newest before it. Where the
 * values change from run to run, only its columns are held. Null for what was recorded itself.
 */
export function verdictOf(result: Kept, recorded: readonly Kept[], isSteady: boolean): RunVerdict | null {
  if (result.isRecorded) return null;
  const before = recorded
    .filter(({ major }) => major <= result.major)
    .toSorted((a, b) => b.major - a.major)[0];
  if (!before) return null;
  return (isSteady ? result.digest === before.digest : result.shape === before.shape) ? 'held' : 'broke';
}

/** The same of what a block has just given. */
export function verdictOn(
  block: Omit<PlannedBlock, 'results'> & { results: readonly (Kept & Offer)[]; isSteady: boolean },
  { engine, major }: Offer,
  { digest, shape }: Pick<ServerRun, 'digest' | 'shape'>,
): RunVerdict | null {
  const isRecorded = isRecording(block, { engine, major, version: '' });
  const recorded = block.results.filter((one) => one.isRecorded);
  return verdictOf({ engine, major, digest, shape, isRecorded }, recorded, block.isSteady);
}

/** Of 15.14-0+deb12u1 and of "15.14 (Debian …)" the version itself: 15.14. */
export const shortVersion = (version: string): string =>
  /^\d{2}(?:\.\d+)*(?:(?:alpha|beta|rc|devel)\d*)?/.exec(version)?.[0] ?? version.slice(0, 40);

/** Names an offer, so that another one is seen to be another. */
export const signatureOf = (offers: readonly Offer[]): string =>
  digest(offers.map(({ engine, version }) => `${engine} ${version}`).toSorted());

type Answer = { fields: readonly { name: string }[]; rows: readonly (string | null)[][] };

/** What a run on a server is kept as: the rows of the last statement that gives some, of several one after another. */
export function runOf(version: string, answers: readonly Answer[]): ServerRun {
  const last = answers.findLast(({ fields }) => fields.length > 0);
  const columns = last?.fields.map(({ name }) => name) ?? [];
  const outcome = showRows(columns, last?.rows ?? []);
  return { ...outcome, version, digest: digest([columns, last?.rows ?? []]), shape: digest(columns) };
}

/** The same of one that was refused. */
export function refusalOf(version: string, error: unknown): ServerRun {
  const outcome: RunOutcome = showError(error);
  const mark = digest(['refused', outcome.error?.sqlstate]);
  return { ...outcome, version, digest: mark, shape: mark };
}

/** How a run ends that took too much of a server, as PostgreSQL numbers such ends. */
export const overLimit = {
  time: { code: '57014', message: 'took longer than is allowed here' },
  bytes: { code: '54000', message: 'more came out than is kept here' },
  memory: { code: '53200', message: 'took more memory than is allowed here' },
};

/** Whether a run ended because it took too much: that says nothing of what it asks. */
export const isOverLimit = ({ error }: Pick<RunOutcome, 'error'>): boolean =>
  Object.values(overLimit).some(({ code }) => code === error?.sqlstate);

const digest = (what: unknown) =>
  createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 32);
