import { z } from 'zod';
import { line } from './text.ts';

/** What an upload may be; decided by its first bytes, never by its name. */
export const fileTypes = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'application/pdf',
  'application/zip',
  'application/gzip',
  'text/plain; charset=utf-8',
] as const;

/** What is said about an upload beside its bytes. */
export const NewFile = z.object({
  name: line(200),
  /** Readable by everybody who knows its address, as pictures of public pages are. */
  public: z.stringbool().default(false),
});
export type NewFile = z.infer<typeof NewFile>;

/** One upload. */
export const StoredFile = z.object({
  id: z.uuid(),
  name: z.string(),
  contentType: z.enum(fileTypes),
  sizeBytes: z.number().int(),
  sha256: z.string(),
  isPublic: z.boolean(),
  createdAt: z.iso.datetime(),
});
export type StoredFile = z.infer<typeof StoredFile>;
