import { z } from 'zod';
import { Text } from '#src/platform/contract/i18n.ts';
import { page } from '#src/platform/contract/pages.ts';
import { line, prose, slug } from '#src/platform/contract/text.ts';
import { Handle } from './members.ts';

export const importSources = ['markdown', 'discourse', 'nodebb'] as const;
export const ImportSource = z.enum(importSources);
export type ImportSource = z.infer<typeof ImportSource>;

export const outcomes = ['created', 'updated', 'unchanged', 'refused'] as const;
export const Outcome = z.enum(outcomes);
export type Outcome = z.infer<typeof Outcome>;

export const BeginImport = z.object({
  source: ImportSource,
  /** A name for where it comes from; with the same one a second run changes what the first one brought. */
  site: slug,
  isDry: z.boolean().default(false),
});
export type BeginImport = z.infer<typeof BeginImport>;

/** One file with its path in the folder, or one topic of a forum as JSON with the users it names. */
export const ImportItem = z.object({ key: line(400), text: prose(900_000) });
export type ImportItem = z.infer<typeof ImportItem>;

/** Some of what is to be imported; `author` is whose all of it is, otherwise each says it itself. */
export const ImportBatch = z.object({
  items: z.array(ImportItem).min(1).max(50),
  author: Handle.optional(),
  /** Pictures that a dry run would have sent, by their paths: it misses only the others. */
  pictures: z.array(line(400)).max(2000).default([]),
});
export type ImportBatch = z.input<typeof ImportBatch>;

/** Pictures of a folder by their paths in it, with the SHA-256 of each in hexadecimal. */
export const OfferPictures = z.object({
  pictures: z
    .array(z.object({ key: line(400), digest: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256') }))
    .min(1)
    .max(200),
});
export type OfferPictures = z.infer<typeof OfferPictures>;

/** Which of them must be sent, because nobody sent the same ones before. */
export const MissingPictures = z.object({ missing: z.array(z.string().max(400)) });
export const ImportPicture = z.object({ key: line(400) });

export const ImportedItem = z.object({
  key: z.string().max(400),
  title: z.string().max(200),
  outcome: Outcome,
  reason: Text.nullable(),
  warnings: z.array(Text),
  path: z.string().max(400).nullable(),
});
export type ImportedItem = z.infer<typeof ImportedItem>;

export const ImportRun = z.object({
  id: z.uuid(),
  source: ImportSource,
  site: z.string().max(100),
  isDry: z.boolean(),
  startedBy: z.string().max(200),
  begunAt: z.string().max(40),
  counts: z.object({ created: z.int(), updated: z.int(), unchanged: z.int(), refused: z.int() }),
});
export type ImportRun = z.infer<typeof ImportRun>;
export const ImportRuns = page(ImportRun);
