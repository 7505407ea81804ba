import { sql } from 'kysely';
import type { RunEngine, RunOutcome, RunQuery, Writing, WritingRuns } from '#src/community/contract/runs.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { isPublicWish } from '../wishes/lock-wish.ts';
import { blockColumn, verdictOf } from './rules.ts';

/** Blocks of writings that everybody may read. */
const publicBlocks = (db: Db) =>
  db
    .selectFrom('community.run_block as b')
    .leftJoin('community.post as p', 'p.id', 'b.post_id')
    .leftJoin('community.post as q', 'q.id', 'p.parent_id')
    .leftJoin('community.faq as f', 'f.id', 'b.faq_id')
    .leftJoin('community.wish as w', 'w.id', 'b.wish_id')
    .where(
      sql<boolean>`(f.id is not null or ${isPublicWish} or (p.state = 'published' and coalesce(q.state, 'published') = 'published'))`,
    );

const resultsOf = (db: Db, blockIds: readonly number[]) =>
  db
    .selectFrom('community.run_result')
    .selectAll()
    .where('block_id', 'in', blockIds.length > 0 ? [...blockIds] : [0])
    .orderBy('major')
    .orderBy('ran_at')
    .execute();
type ResultRow = Awaited<ReturnType<typeof resultsOf>>[number];

const kept = (row: ResultRow) => ({
  engine: row.engine as RunEngine,
  major: row.major,
  version: row.version,
  digest: row.digest,
  shape: row.shape,
  isRecorded: row.is_recorded,
});

const writingOf = (block: {
  post_id: number | null;
  faq_id: number | null;
  wish_id: number | null;
}): Writing => {
  if (block.wish_id !== null) return { kind: 'wish', id: block.wish_id };
  return block.faq_id === null ? { kind: 'post', id: block.post_id ?? 0 } : { kind: 'faq', id: block.faq_id };
};

/** Entries of the FAQ that are retired, and wishes that will not come, run no more. */
const stillRuns = sql<boolean>`(coalesce(f.is_retired, false) = false
  and coalesce(w.state, 'open') not in ('declined', 'duplicate'))`;

/** What the blocks of public writings gave, and where they did not run. */
export async function listRuns({ db }: Context, query: RunQuery): Promise<WritingRuns[]> {
  const posts = query.post === undefined ? [] : [query.post].flat();
  const blocks = await publicBlocks(db)
    .select(['b.id', 'b.post_id', 'b.faq_id', 'b.wish_id', 'b.hash', 'b.majors', 'b.is_steady', 'b.is_proof'])
    .where((eb) =>
      eb.or([
        eb('b.post_id', 'in', posts.length > 0 ? posts : [0]),
        eb('b.faq_id', '=', query.faq ?? 0),
        eb('b.wish_id', '=', query.wish ?? 0),
      ]),
    )
    .orderBy('b.position')
    .execute();
  if (blocks.length === 0) return [];
  const [results, offered] = await Promise.all([
    resultsOf(
      db,
      blocks.map(({ id }) => id),
    ),
    db.selectFrom('community.offered_postgres').select('major').where('engine', '=', 'sandbox').execute(),
  ]);
  const resultsBy = Map.groupBy(results, (row) => row.block_id);
  const shown = blocks.map((block) => {
    const own = resultsBy.get(block.id) ?? [];
    const recorded = own.filter((row) => row.is_recorded).map(kept);
    const missing = block.majors.filter((major) => !own.some((row) => row.major === major));
    const isOffered = (major: number) => offered.some((one) => one.major === major);
    return {
      writing: writingOf(block),
      hash: block.hash,
      isProof: block.is_proof,
      results: own.map((row) => ({
        ...(row.outcome as unknown as RunOutcome),
        engine: row.engine as RunEngine,
        major: row.major,
        version: row.version,
        ranAt: row.ran_at.toISOString(),
        verdict: verdictOf(kept(row), recorded, block.is_steady ?? true),
        digest: row.digest,
      })),
      waiting: missing.filter(isOffered),
      absent: missing.filter((major) => !isOffered(major)),
    };
  });
  return [...Map.groupBy(shown, ({ writing }) => `${writing.kind} ${writing.id}`).values()].map((of) => ({
    ...of[0]!.writing,
    blocks: of.map(({ writing: _writing, ...block }) => block),
  }));
}

/** The blocks of a writing as their running needs them; undefined where nobody may read it. */
export async function findPlan(db: Db, writing: Writing) {
  const blocks = await publicBlocks(db)
    .selectAll('b')
    .select(['f.pg_from as pgFrom', 'f.pg_to as pgTo'])
    .select(sql<string | null>`coalesce(p.author_id, w.author_id)`.as('authorId'))
    .where(stillRuns)
    .where(`b.${blockColumn(writing)}`, '=', writing.id)
    .orderBy('b.position')
    .execute();
  const results = await resultsOf(
    db,
    blocks.map(({ id }) => id),
  );
  return blocks.map((block) => ({
    id: block.id,
    setup: block.setup,
    code: block.code,
    isProof: block.is_proof,
    isSteady: block.is_steady ?? true,
    authorId: block.authorId,
    onEach: block.wish_id !== null,
    majors: block.majors,
    range: block.is_proof && block.pgFrom !== null ? { from: block.pgFrom, to: block.pgTo } : null,
    results: results.filter((row) => row.block_id === block.id).map(kept),
  }));
}
export type PlanBlock = Awaited<ReturnType<typeof findPlan>>[number];

/** Writings with blocks that were last held against another offer, in no order, so that none waits for ever behind the others. */
export async function listOutdated(db: Db, signature: string, most: number): Promise<Writing[]> {
  const rows = await publicBlocks(db)
    .select(['b.post_id', 'b.faq_id', 'b.wish_id'])
    .where('b.held_against', '<>', signature)
    .where(stillRuns)
    .groupBy(['b.post_id', 'b.faq_id', 'b.wish_id'])
    .orderBy(sql`random()`)
    .limit(most)
    .execute();
  return rows.map(writingOf);
}
