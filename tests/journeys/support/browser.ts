import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type Page, chromium } from 'playwright-core';
import type { Locale } from '#src/platform/contract/i18n.ts';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

// Quiet on the network, and able to run as root inside a container.
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/** The two widths at which pages are looked at. */
export const sizes = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
export type Size = keyof typeof sizes;

export type Reader = { size?: Size; locale?: Locale; scheme?: 'light' | 'dark'; scripts?: boolean };

export type TestBrowser = {
  /** A window of a fresh reader: own cookies, own language, own colours. Errors in the page fail `close`. */
  open: (reader?: Reader) => Promise<Page>;
  /** Ends the browser and throws when any page had an uncaught error or broke the content security policy. */
  close: () => Promise<void>;
};

/** Starts the system's Chromium with a profile of its own. */
export async function startBrowser(): Promise<TestBrowser> {
  const executablePath = process.env['CHROMIUM'] ?? candidates.find((path) => existsSync(path));
  if (!executablePath)
    throw new Error('No Chromium found: apt-get install chromium, or set CHROMIUM to its path.');
  const profile = await mkdtemp(join(tmpdir(), 'elepherd-chromium-'));
  // A persistent context owns the profile; every reader gets a context beside it.
  const own = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: flags,
  });
  const browser = own.browser();
  if (!browser) throw new Error('Chromium started without a browser to open windows in.');
  const contexts: BrowserContext[] = [];
  const errors: string[] = [];
  return {
    open: async ({ size = 'wide', locale = 'en', scheme = 'light', scripts = true } = {}) => {
      const context = await browser.newContext({
        viewport: sizes[size],
        deviceScaleFactor: size === 'phone' ? 2 : 1,
        hasTouch: size === 'phone',
        locale,
        colorScheme: scheme,
        timezoneId: 'Asia/Shanghai',
        reducedMotion: 'reduce',
        javaScriptEnabled: scripts,
      });
      contexts.push(context);
      const page = await context.newPage();
      page.on('pageerror', (error) => errors.push(`${page.url()}: ${error.message}`));
      page.on('console', (message) => {
        const text = message.text();
        if (message.type() === 'error' && /Content Security Policy|hydrat|Minified React error/i.test(text)) {
          errors.push(`${page.url()}: ${text}`);
        }
      });
      return page;
    },
    close: async () => {
      for (const context of contexts) await context.close();
      await own.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
      if (errors.length > 0) throw new Error(`Errors inside pages:\n${errors.join('\n')}`);
    },
  };
}
