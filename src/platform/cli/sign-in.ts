import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { cliText } from '../contract/cli.text.ts';
import { defaultHome, homeFiles } from '../contract/home.ts';
import { exitCode } from './exit-code.ts';
import { CliFailure, usageFailure } from './failure.ts';
import type { Terminal } from './terminal.ts';

/** Where the API is, and with which key it is asked. */
export interface SignIn {
  url: string;
  key: string | undefined;
  /** Organisation to act for; the key's own when left out. */
  org: string | undefined;
  from: 'environment' | 'login' | 'machine' | 'nowhere';
}

const Stored = z.object({ url: z.url(), key: z.string().min(1).max(500), org: z.string().optional() });
export type Stored = z.infer<typeof Stored>;

const Running = z.object({ url: z.url() });
const defaultPort = '7433';

/** How this person is signed in: by the environment, else by `elepherd login`, else by this machine's own key. */
export async function findSignIn(
  terminal: Terminal,
  wished: { url: string | undefined; org: string | undefined },
): Promise<SignIn> {
  const { environment } = terminal;
  const stored = await readStored(terminal);
  const machineUrl = await findMachineUrl(terminal);
  const given = wished.url ?? environment['ELEPHERD_URL'] ?? '';
  const url = given === '' ? undefined : checkUrl(given);
  const org = wished.org ?? (environment['ELEPHERD_ORG'] || undefined);
  const key = environment['ELEPHERD_API_KEY'];
  if (key) return { url: url ?? stored?.url ?? machineUrl, key, org, from: 'environment' };
  // A key goes only where it belongs: another address, however it came here, gets none.
  if (stored && (url === undefined || isSamePlace(url, stored.url))) {
    return { url: stored.url, key: stored.key, org: org ?? stored.org, from: 'login' };
  }
  if (url === undefined || isSamePlace(url, machineUrl)) {
    const token = await readMachineKey(terminal);
    if (token !== undefined) return { url: url ?? machineUrl, key: token, org, from: 'machine' };
  }
  return { url: url ?? machineUrl, key: undefined, org, from: 'nowhere' };
}

/** The sign-in, or a failure that says how to get one. */
export async function getSignIn(
  terminal: Terminal,
  wished: { url: string | undefined; org: string | undefined },
): Promise<SignIn> {
  const found = await findSignIn(terminal, wished);
  if (found.key !== undefined) return found;
  const machineUrl = await findMachineUrl(terminal);
  if (!isSamePlace(found.url, machineUrl)) {
    throw new CliFailure(exitCode.notSignedIn, cliText.noKeyForThere(found.url, machineUrl));
  }
  const token = join(homeOf(terminal), homeFiles.adminToken);
  const isThere = await stat(token).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code === 'EACCES',
  );
  throw new CliFailure(
    exitCode.notSignedIn,
    isThere ? cliText.tokenNotReadable(token) : cliText.notSignedIn(token),
  );
}

/** The file in which `elepherd login` keeps address and key. */
export function storedFile({ environment, userHome }: Terminal): string {
  return join(environment['XDG_CONFIG_HOME'] || join(userHome, '.config'), 'elepherd', 'cli.json');
}

/** What `elepherd login` kept; undefined when nobody logged in. */
export async function readStored(terminal: Terminal): Promise<Stored | undefined> {
  const file = storedFile(terminal);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  if (((await stat(file)).mode & 0o077) !== 0) {
    throw new CliFailure(exitCode.failed, cliText.loginFileOpen(file));
  }
  try {
    return Stored.parse(JSON.parse(text));
  } catch {
    throw new CliFailure(exitCode.failed, cliText.loginFileDamaged(file));
  }
}

/** Keeps address and key where only this person can read them; never leaves a half-written file. */
export async function writeStored(terminal: Terminal, stored: Stored): Promise<string> {
  const file = storedFile(terminal);
  const next = `${file}.${process.pid}`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(next, `${JSON.stringify(stored, null, 2)}\n`, { mode: 0o600 });
    await rename(next, file);
  } catch (error) {
    await rm(next, { force: true }).catch(() => {});
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new CliFailure(exitCode.failed, cliText.loginFileNotWritable(file, why), { cause: error });
  }
  return file;
}

/** Forgets address and key; false when there were none. */
export async function removeStored(terminal: Terminal): Promise<boolean> {
  const file = storedFile(terminal);
  const wasThere = await stat(file).then(
    () => true,
    () => false,
  );
  await rm(file, { force: true });
  return wasThere;
}

/** An address as the person gave it, without what follows the host; refused when it is not http or https. */
export function checkUrl(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw usageFailure(cliText.notAnAddress(given.slice(0, 200)));
  }
  return url.origin;
}

/** Whether what is sent there can be read on the way. */
export function isReadableOnTheWay(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !isLoopback(hostname);
}

const isLoopback = (host: string) => /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(host);

function isSamePlace(one: string, other: string): boolean {
  const [a, b] = [new URL(one), new URL(other)];
  if (a.origin === b.origin) return true;
  return a.protocol === b.protocol && a.port === b.port && isLoopback(a.hostname) && isLoopback(b.hostname);
}

function homeOf({ environment, isRoot, userHome }: Terminal): string {
  return (
    environment['ELEPHERD_HOME'] || defaultHome({ isRoot, userHome, dataHome: environment['XDG_DATA_HOME'] })
  );
}

/** Where the Elepherd of this machine answers: as it says itself, else where it would by its settings. */
async function findMachineUrl(terminal: Terminal): Promise<string> {
  try {
    const text = await readFile(join(homeOf(terminal), homeFiles.running), 'utf8');
    return checkUrl(Running.parse(JSON.parse(text)).url);
  } catch {
    return `http://127.0.0.1:${Number(terminal.environment['PORT']) || defaultPort}`;
  }
}

async function readMachineKey(terminal: Terminal): Promise<string | undefined> {
  const text = await readFile(join(homeOf(terminal), homeFiles.adminToken), 'utf8').catch(() => '');
  return /^[\x21-\x7e]{1,500}$/.test(text.trim()) ? text.trim() : undefined;
}
