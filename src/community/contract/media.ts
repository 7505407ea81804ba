import { z } from 'zod';
import { line } from '#src/platform/contract/text.ts';

/** An address of the web that a reader may be sent to. */
export const WebAddress = z.url({ protocol: /^https?$/, hostname: z.regexes.domain }).max(2000);
/** Where a browser plays from: never in the clear. */
const SafeAddress = z.url({ protocol: /^https$/, hostname: z.regexes.domain }).max(2000);

const durationSeconds = z
  .number()
  .int()
  .min(1)
  .max(24 * 3600)
  .nullable()
  .default(null);

export const audioTypes = ['audio/mpeg', 'audio/mp4', 'audio/ogg'] as const;

/** What an article is about when it is more than words: a recording, slides, or a session at a time. */
export const Media = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('video'), url: WebAddress, durationSeconds }),
  z.object({
    kind: z.literal('audio'),
    url: SafeAddress,
    contentType: z.enum(audioTypes).default('audio/mpeg'),
    /** As podcast programs want to know it beforehand; 0 where it is not known. */
    sizeBytes: z
      .number()
      .int()
      .min(0)
      .max(10 * 1024 ** 3)
      .default(0),
    durationSeconds,
  }),
  z.object({ kind: z.literal('slides'), url: WebAddress }),
  z
    .object({
      kind: z.literal('session'),
      /** Where one takes part. */
      url: WebAddress,
      startsAt: z.iso.datetime({ offset: true }),
      endsAt: z.iso.datetime({ offset: true }),
      /** Names as the author writes them, or members by their handle: `@anna`. */
      speakers: z
        .array(line(100).transform((one) => (one.startsWith('@') ? one.toLowerCase() : one)))
        .max(20)
        .default([]),
      /** Where it can be seen afterwards. */
      replayUrl: WebAddress.nullable().default(null),
    })
    .refine((one) => Date.parse(one.startsAt) < Date.parse(one.endsAt), {
      path: ['endsAt'],
      message: 'must be after the beginning',
    }),
]);
export type Media = z.output<typeof Media>;

/** A transcript of a recording that is to become an article. */
export const ImportTranscript = z.object({
  title: z.string().trim().max(200).default(''),
  /** SubRip (.srt) or WebVTT (.vtt). */
  transcript: z.string().min(1).max(400_000),
  mediaUrl: WebAddress.nullable().default(null),
  /** Write over the draft of an article that is there. */
  replace: z.boolean().default(false),
});
export type ImportTranscript = z.input<typeof ImportTranscript>;

/** One episode of the podcast. */
export const Episode = z.object({
  id: z.number().int(),
  title: z.string().max(200),
  slug: z.string().max(120),
  excerpt: z.string().max(400),
  html: z.string(),
  author: z.string().max(200),
  contentType: z.enum(audioTypes),
  sizeBytes: z.number().int(),
  durationSeconds: z.number().int().nullable(),
  publishedAt: z.string().max(40),
});
export type Episode = z.infer<typeof Episode>;
