/** A table as CSV (RFC 4180) with the mark by which spreadsheets know UTF-8. No cell is taken for a formula. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** What spreadsheets run begins with one of these; a sign before it makes it text (OWASP, CSV Injection). */
const cell = (value: string) =>
  `"${(/^\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]/u.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;
