import type { Locator, Page } from 'playwright-core';

/** Goes to an element by the keyboard alone, as far as that takes. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let steps = 0; steps < 160; steps++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The keyboard does not lead to ${target}`);
}

/** Goes to a field and puts a text in the place of what is there. */
export async function type(page: Page, selector: string, text: string): Promise<void> {
  await tabTo(page, page.locator(selector).first());
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(text);
}

/** Goes to an element and presses a key there. */
export async function press(page: Page, selector: string, key = 'Enter'): Promise<void> {
  await tabTo(page, page.locator(selector).first());
  await page.keyboard.press(key);
}
