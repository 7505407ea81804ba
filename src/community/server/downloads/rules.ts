/** As much as the API takes of bytes at once. */
export const downloadBytesAtMost = 16 * 1024 ** 2;

/** Documents that are ZIP archives inside, by the end of their names. */
const documents: Record<string, string> = {
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  odp: 'application/vnd.oasis.opendocument.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
};
const ends: Record<string, string> = { 'application/pdf': 'pdf', 'application/zip': 'zip' };

/** Whether bytes of this kind may go with a case study. */
export const isDocument = (kind: string | undefined) => kind !== undefined && kind in ends;

/** What a file is sent as. A name says only which document a ZIP archive is, never what the bytes are. */
export function contentTypeOf(kind: string, name: string): string {
  if (kind !== 'application/zip') return kind;
  return documents[endOf(name)] ?? kind;
}

/** A name that ends as the bytes do, without what a file system takes for a path. */
export function fileNameOf(kind: string, name: string): string {
  const plain = name.replace(/[/\\:*?"<>|]/g, '-');
  const end = ends[kind] ?? '';
  const fits = endOf(plain) === end || (kind === 'application/zip' && endOf(plain) in documents);
  return fits ? plain : `${plain.slice(0, 190).toWellFormed()}.${end}`;
}

const endOf = (name: string) => /\.([a-z]{2,4})$/i.exec(name)?.[1]?.toLowerCase() ?? '';

/** The day on which a lead given now is erased: so many months later, the last of the month where it has fewer days. */
export function keepUntilFrom(now: Date, months: number): string {
  const day = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
  day.setUTCDate(Math.min(now.getUTCDate(), last));
  return day.toISOString().slice(0, 10);
}
