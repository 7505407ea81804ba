import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';

/** A still picture of the page: fonts loaded, nothing moving. Answers the path it was written to. */
export async function takePicture(page: Page, folder: string, name: string, full = false): Promise<string> {
  const path = join(folder, `${name}.png`);
  await mkdir(dirname(path), { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path, fullPage: full, animations: 'disabled', caret: 'hide' });
  return path;
}
