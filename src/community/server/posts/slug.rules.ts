/** The readable end of an address: letters and digits of any script in lower case, joined by dashes, at most 80 characters. */
export function slugOf(title: string): string {
  const slug = title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 80)
    .toWellFormed()
    .replace(/^-+|-+$/g, '');
  return slug.replace(/\ufffd/g, '');
}
