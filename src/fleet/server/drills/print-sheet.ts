import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sheet } from './sheet.rules.ts';

/** The package names no file of its own to others; its fonts lie beside its program. */
const fontPath = () =>
  join(
    dirname(fileURLToPath(import.meta.resolve('@embedpdf/fonts-sc'))),
    '../fonts/NotoSansHans-Regular.otf',
  );
const green = '#14602b';
const red = '#9b1c1c';
const nameWidth = 150;

/** The sheet as a PDF of one page or a few, with its font in it, so that it reads the same everywhere and in ten years. */
export async function printSheet(sheet: Sheet, made: Date): Promise<Buffer> {
  // Loaded by the first sheet: its fonts and compressors take more memory than all of the drills.
  const { default: PDFDocument } = await import('pdfkit');
  const document = new PDFDocument({
    size: 'A4',
    margin: 48,
    info: { Title: sheet.title, Creator: 'Elepherd', CreationDate: made, ModDate: made },
  });
  const parts: Buffer[] = [];
  document.on('data', (part: Buffer) => parts.push(part));
  const ended = new Promise<void>((resolve, reject) => {
    document.on('end', resolve);
    document.on('error', reject);
  });
  const width = document.page.width - 96;
  document.font(fontPath());
  document.fontSize(18).text(sheet.title);
  document
    .moveDown(0.3)
    .fontSize(14)
    .fillColor(sheet.isGood ? green : red)
    .text(sheet.verdict);
  document.fillColor('black').fontSize(10);
  if (sheet.reason !== null) document.moveDown(0.3).text(sheet.reason);
  document.moveDown(0.6);
  for (const [name, value] of sheet.rows) {
    const height = document.heightOfString(value, { width: width - nameWidth }) + 5;
    if (document.y + height > document.page.height - 60) document.addPage();
    const { y } = document;
    document.fillColor('#555').text(name, 48, y, { width: nameWidth - 10 });
    document.fillColor('black').text(value, 48 + nameWidth, y, { width: width - nameWidth });
    document.y = y + height;
  }
  document.x = 48;
  document.moveDown(0.8).fontSize(9).text(sheet.signedBy, { width });
  document.fillColor('#333').text(sheet.signature, { width });
  document.moveDown(0.5).fillColor('black').text(sheet.how, { width });
  document.fillColor('#333').text(sheet.command, { width });
  document.end();
  await ended;
  return Buffer.concat(parts);
}
