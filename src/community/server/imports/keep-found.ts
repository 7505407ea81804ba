import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { postPath } from '#src/community/contract/addresses.ts';
import type { Outcome } from '#src/community/contract/imports.ts';
import { keyOfLink, replaceLinks } from '#src/community/contract/import-links.ts';
import { importText } from '#src/community/contract/imports.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import type { Context } from '#src/platform/server/context.ts';
import { handleFrom } from '../members/handle.rules.ts';
import { getMemberById, type OwnMember } from '../members/queries.ts';
import { insertPost, type Writing } from '../posts/insert-post.ts';
import { revisePost } from '../posts/revise-post.ts';
import { indexPost } from '../search/index-post.ts';
import type { Found, FoundAuthor } from './found.rules.ts';

export type Kept = { outcome: Exclude<Outcome, 'refused'>; postId: number | null; warnings: Text[] };

/** Who imports, whose all of it is, and pictures that are only tried and not to be missed. */
export type Who = { importer: OwnMember; author: OwnMember | undefined; tried: ReadonlySet<string> };

/** Keeps a writing that was found elsewhere with its answers, in the caller's transaction: new, changed, or as it is. */
export async function keepFound(
  tx: Context,
  site: string,
  key: string,
  found: Found,
  who: Who,
): Promise<Kept> {
  const source = `${site}:${key}`;
  // What broke off may still be at work when it is run again: each is kept by one at a time.
  await sql`select pg_advisory_xact_lock(hashtextextended('community.import:' || ${source}::text, 0))`.execute(
    tx.db,
  );
  const { markdown, warnings } = await leadLinks(tx, site, key, found.markdown, who.tried);
  const author = who.author ?? (found.author ? await writerOf(tx, site, found.author) : who.importer);
  const root = await keepPost(
    tx,
    who.importer,
    source,
    found.at,
    {
      kind: found.kind,
      title: found.title,
      markdown,
      tags: found.tags,
      locale: found.locale,
      state: found.isDraft ? 'draft' : 'published',
    },
    author,
  );
  if (found.sourceUrl !== null && root.outcome === 'created') {
    await tx.db
      .updateTable('community.post')
      .set({ origin: 'reposted', source_url: found.sourceUrl, source_author: found.author?.name ?? null })
      .where('id', '=', root.postId)
      .execute();
  }
  let isChanged = root.outcome === 'updated';
  for (const answer of found.answers) {
    const kept = await keepPost(
      tx,
      who.importer,
      `${source}:${answer.key}`,
      answer.at,
      {
        kind: 'answer',
        parentId: root.postId,
        markdown: answer.markdown,
        locale: found.locale,
        state: 'published',
      },
      who.author ?? (await writerOf(tx, site, answer.author)),
    );
    isChanged ||= kept.outcome !== 'unchanged';
    if (answer.isAccepted) await accept(tx, root.postId, kept.postId);
  }
  await tx.db
    .updateTable('community.post as q')
    .set({
      active_at: sql<Date>`greatest(q.published_at, (select max(a.published_at) from community.post a where a.parent_id = q.id))`,
    })
    .where('id', '=', root.postId)
    .where('published_at', 'is not', null)
    .execute();
  const outcome = root.outcome === 'unchanged' && isChanged ? 'updated' : root.outcome;
  return { outcome, postId: root.postId, warnings: [...found.warnings, ...warnings] };
}

async function keepPost(
  tx: Context,
  importer: OwnMember,
  source: string,
  at: Date | null,
  writing: Writing,
  author: OwnMember,
): Promise<{ outcome: Kept['outcome']; postId: number }> {
  const { title, markdown, tags } = writing;
  const hash = createHash('sha256')
    .update(JSON.stringify([title, markdown, tags]))
    .digest();
  const before = await tx.db
    .selectFrom('community.post')
    .select(['id', 'imported_hash'])
    .where('imported_from', '=', source)
    .forUpdate()
    .executeTakeFirst();
  if (before?.imported_hash && hash.equals(before.imported_hash))
    return { outcome: 'unchanged', postId: before.id };
  const postId = before?.id ?? (await insertPost(tx, author, writing));
  if (before)
    await revisePost(tx, importer, postId, {
      markdown,
      ...(title !== undefined && { title }),
      ...(tags && { tags }),
    });
  await tx.db
    .updateTable('community.post')
    .set({
      imported_from: source,
      imported_hash: hash,
      ...(!before &&
        at !== null && {
          created_at: at,
          active_at: at,
          ...(writing.state === 'published' && { published_at: at }),
        }),
    })
    .where('id', '=', postId)
    .execute();
  // Its standing depends on the date it has only now.
  await indexPost(tx, postId);
  return { outcome: before ? 'updated' : 'created', postId };
}

async function accept(tx: Context, questionId: number, answerId: number): Promise<void> {
  const { numUpdatedRows } = await tx.db
    .updateTable('community.post')
    .set({ accepted_answer_id: answerId, accepted_at: sql<Date>`now()` })
    .where('id', '=', questionId)
    .where('accepted_answer_id', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) await indexPost(tx, answerId);
}

/** The member who stands for a writer elsewhere: made once, without an account, until the person comes and is merged with it. */
async function writerOf(tx: Context, site: string, { key, name }: FoundAuthor): Promise<OwnMember> {
  const source = `${site}:user:${key}`;
  for (let attempt = 0; attempt < 6; attempt++) {
    const known = await tx.db
      .selectFrom('community.member')
      .select('id')
      .where('imported_from', '=', source)
      .executeTakeFirst();
    if (known) return getMemberById(tx.db, known.id);
    await tx.db
      .insertInto('community.member')
      .values({ handle: handleFrom(name, attempt), name: name || key, imported_from: source })
      .onConflict((oc) => oc.doNothing())
      .execute();
  }
  throw new Error('no free handle was found');
}

/** Leads links between files of the folder to what was made of them; says which lead to nothing yet. */
async function leadLinks(
  tx: Context,
  site: string,
  key: string,
  markdown: string,
  tried: ReadonlySet<string>,
) {
  const targets = new Map<string, string>();
  const pictures = new Map<string, string>();
  const warnings: Text[] = [];
  replaceLinks(markdown, (target, isPicture) => {
    const inside = keyOfLink(key, target);
    if (inside !== undefined) (isPicture ? pictures : targets).set(target, inside);
    return undefined;
  });
  if (targets.size + pictures.size === 0) return { markdown, warnings };
  const paths = await findPosts(tx, site, [...targets.values()]);
  const files = await findPictures(tx, site, [...pictures.values()]);
  const led = replaceLinks(markdown, (target, isPicture) =>
    isPicture ? files.get(pictures.get(target) ?? '') : paths.get(`${site}:${targets.get(target)}`),
  );
  for (const inside of new Set(pictures.values())) {
    if (!files.has(inside) && !tried.has(inside))
      warnings.push(importText.pictureMissing(inside.slice(0, 200)));
  }
  for (const inside of new Set(targets.values())) {
    if (!paths.has(`${site}:${inside}`)) warnings.push(importText.linkMissing(inside.slice(0, 200)));
  }
  return { markdown: led, warnings: warnings.slice(0, 20) };
}

/** Where the writings made of files of the folder are read, by their sources. */
async function findPosts(
  tx: Context,
  site: string,
  keys: readonly string[],
): Promise<Map<string | null, string>> {
  if (keys.length === 0) return new Map();
  const posts = await tx.db
    .selectFrom('community.post')
    .select(['id', 'kind', 'slug', 'imported_from as source'])
    .where(
      'imported_from',
      'in',
      [...new Set(keys)].map((key) => `${site}:${key}`),
    )
    .execute();
  return new Map(posts.map((post) => [post.source, postPath(post)]));
}

/** Where pictures of the folder are shown from, by their paths in it. */
async function findPictures(
  tx: Context,
  site: string,
  keys: readonly string[],
): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('community.import_picture')
    .select(['key', 'file_id'])
    .where('site', '=', site)
    .where('key', 'in', [...new Set(keys)])
    .execute();
  return new Map(rows.map(({ key, file_id }) => [key, `/api/platform/files/${file_id}`]));
}
