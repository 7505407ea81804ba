import { expect, test } from 'vitest';
import { writeCsv } from '../leads/rules.ts';
import { contentTypeOf, fileNameOf, keepUntilFrom } from './rules.ts';

test.each([
  ['2026-11-30', '2027-11-30'],
  ['2028-02-29', '2029-02-28'],
  ['2026-12-31', '2027-12-31'],
])('what is given on %s is kept until %s', (now, until) => {
  expect(keepUntilFrom(new Date(`${now}T23:59:59Z`), 12)).toBe(until);
});

test('a name ends as its bytes do and is no path', () => {
  expect(fileNameOf('application/pdf', 'Report.PDF')).toBe('Report.PDF');
  expect(fileNameOf('application/pdf', 'report.html')).toBe('report.html.pdf');
  expect(fileNameOf('application/zip', 'slides.pptx')).toBe('slides.pptx');
  expect(fileNameOf('application/zip', 'a/b\\c.exe')).toBe('a-b-c.exe.zip');
  expect(contentTypeOf('application/zip', 'a.odp')).toBe('application/vnd.oasis.opendocument.presentation');
  expect(contentTypeOf('application/zip', 'a.zip')).toBe('application/zip');
  expect(contentTypeOf('application/pdf', 'a.pptx')).toBe('application/pdf');
});

test.each(['=1+1', '+1', '-1', '@A1', ' =1', '\t=1', '＝1', '\r=1'])('%j is text in a table', (cell) => {
  expect(writeCsv([[cell]])).toBe(`\ufeff"'${cell}"\r\n`);
});

test('other cells stand as they are, quoted', () => {
  expect(writeCsv([['a', 'b "c", d', '2026-01-01']])).toBe('\ufeff"a","b ""c"", d","2026-01-01"\r\n');
});
