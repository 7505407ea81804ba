import { z } from 'zod';
import { email, line } from '#src/platform/contract/text.ts';
import { Slug } from './organisations.ts';

/** How long a lead is kept. */
export const leadMonths = 12;
/** Which words of consent are asked for; they change with every change of `consentTo`. */
export const consentVersion = '2026-11-30';
/** How long a mailed link gives the file. */
export const linkDays = 3;

const Publisher = z.object({ slug: z.string().max(60), name: z.string().max(200) });

/** The file of a case study, as its reader may have it. */
export const Download = z.object({
  /** Which bytes these are; it is no address at which they could be read. */
  file: z.uuid(),
  name: z.string().max(200),
  contentType: z.string().max(100),
  sizeBytes: z.number().int(),
  isGated: z.boolean(),
  publisher: Publisher.nullable(),
  /** Whether the reader gets it without being asked. */
  isOpen: z.boolean(),
  /** Whether the reader may say that it is free or gated, and remove it. */
  mayMark: z.boolean(),
  /** How often it was fetched; only for those who may mark it. */
  count: z.number().int().nullable(),
});
export type Download = z.infer<typeof Download>;

/** What the page of a file shows. */
export const DownloadPage = z.object({
  article: z.object({ id: z.number().int(), slug: z.string().max(120), title: z.string().max(200) }),
  download: Download.nullable(),
  mayAttach: z.boolean(),
  /** The author's organisation, which could publish it gated; only for those who may say so. */
  organisation: Publisher.nullable(),
  /** What is known of the reader, to begin the form with. */
  known: z.object({ name: z.string(), email: z.string(), company: z.string() }).nullable(),
  consent: z.object({ version: z.string().max(20), keepUntil: z.iso.date() }),
});
export type DownloadPage = z.infer<typeof DownloadPage>;

export const NewDownload = z.object({ name: line(200) });

/** Whether a file is given to everybody or asks for a name first. */
export const MarkDownload = z.object({ isGated: z.boolean() });
export type MarkDownload = z.infer<typeof MarkDownload>;

/** What somebody gives for a gated file. The version and the day are those of the words that were read. */
export const GiveLead = z.object({
  name: line(200),
  email,
  company: line(200),
  agrees: z.literal(true),
  version: z.string().max(20),
  keepUntil: z.iso.date(),
});
export type GiveLead = z.infer<typeof GiveLead>;

/** Whether the file is the reader's now, or a mail brings the link. */
export const GivenLead = z.object({ next: z.enum(['file', 'mail']) });
export type GivenLead = z.infer<typeof GivenLead>;

/** The token of a mailed link. */
export const DownloadToken = z.string().regex(/^[\w-]{43}$/, 'must be the token of the mailed link');
export const ConfirmLead = z.object({ token: DownloadToken });
export type ConfirmLead = z.infer<typeof ConfirmLead>;

/** A lead, as the managers of the organisation see it. */
export const Lead = z.object({
  id: z.number().int(),
  at: z.string().max(40),
  name: z.string().max(200),
  email: z.string().max(254),
  company: z.string().max(200),
  isProved: z.boolean(),
  article: z.object({ id: z.number().int(), slug: z.string().max(120), title: z.string().max(200) }),
  consentVersion: z.string().max(20),
  consentWords: z.string().max(2000),
  keepUntil: z.iso.date(),
});
export type Lead = z.infer<typeof Lead>;

export const LeadsOf = z.object({ slug: Slug });
