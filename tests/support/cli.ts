import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo, Socket } from 'node:net';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { afterAll } from 'vitest';
import { startIdentity } from '#src/identity/server/public.ts';
import { commands } from '#src/main/cli-commands.ts';
import { rooms } from '#src/main/rooms.ts';
import { runProgram } from '#src/platform/cli/run-program.ts';
import type { Terminal } from '#src/platform/cli/terminal.ts';
import { homeFiles } from '#src/platform/contract/home.ts';
import { createApi } from '#src/platform/server/api.ts';
import { readConfig } from '#src/platform/server/config.ts';
import type { Context } from '#src/platform/server/context.ts';
import { startListening } from '#src/platform/server/listen.ts';
import { createLog } from '#src/platform/server/log.ts';
import { createVault, setVault } from '#src/platform/server/secrets.ts';
import { database, testContext } from './context.ts';

export interface CliRun {
  code: number;
  out: string;
  errors: string;
}

export interface RunOptions {
  environment?: Record<string, string>;
  /** Piped into standard input, or typed when `isTyped`. */
  input?: string;
  isTyped?: boolean;
  /** Standard error is a terminal of this width. */
  columns?: number;
  /** Called with all that was written to standard error so far, after each write. */
  watch?(errors: string, interrupt: () => void): void;
}

export interface TestCli {
  url: string;
  home: string;
  /** The first organisation's owner, whom the admin token signs in. */
  owner: Context;
  run(words: string, options?: RunOptions): Promise<CliRun>;
  /** Command, output and exit code of each, with what changes from run to run made the same. */
  transcript(lines: readonly string[], options?: RunOptions): Promise<string>;
  /** Cuts every connection, as a broken cable does. */
  cut(): void;
  /** Requests that came in, as `GET /api/…`, with their headers. */
  requests: { line: string; headers: Headers }[];
  /** Called before a request is answered; what it returns is answered instead. */
  intercept: ((request: Request) => Promise<Response | undefined> | Response | undefined) | undefined;
}

/** The command line against a real API on a port, signed in by the admin token of a home made for this file. */
export async function startTestCli(): Promise<TestCli> {
  const { db, url: databaseUrl } = database;
  const log = createLog('test', 'silent');
  const home = await mkdtemp(join(tmpdir(), 'elepherd-cli-'));
  const config = readConfig({ ELEPHERD_HOME: home });
  const vault = await createVault(home);
  setVault(vault);
  const owner = await testContext({ may: ['*'] });
  const listening = startListening(databaseUrl, log);
  const permissions = rooms.flatMap((room) => room.permissions);
  const identity = await startIdentity({ db, config, vault, permissions });
  const app = createApi({ db, rooms, authenticate: identity.authenticate, log, config });
  const requests: TestCli['requests'] = [];
  const sockets = new Set<Socket>();
  const server = serve({
    port: 0,
    hostname: '127.0.0.1',
    async fetch(request, env) {
      requests.push({
        line: `${request.method} ${request.url.replace(/^https?:\/\/[^/]+/, '')}`,
        headers: request.headers,
      });
      return (await cli.intercept?.(request)) ?? app.fetch(request, env);
    },
  }) as Server;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  if (!server.listening) await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await mkdir(join(home, 'run'), { recursive: true });
  await writeFile(join(home, homeFiles.running), JSON.stringify({ url }));
  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    identity.stop();
    await listening.stop();
    await rm(home, { recursive: true, force: true });
  });
  const cli: TestCli = {
    url,
    home,
    owner,
    requests,
    intercept: undefined,
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    run: (words, options = {}) =>
      runOnce(words, {
        ...options,
        environment: { ELEPHERD_HOME: home, ...options.environment },
      }),
    async transcript(lines, options) {
      let text = '';
      for (const line of lines) {
        const { code, out, errors } = await cli.run(line, options);
        const said = errors === '' ? '' : errors.replace(/^(?=.)/gm, '! ');
        text += `$ elepherd ${line}\n${out}${said}[${code}]\n\n`;
      }
      return steady(text.replaceAll(url, 'http://127.0.0.1:7433').replaceAll(home, '/home'));
    },
  };
  return cli;
}

/** One command line, as typed in a terminal that is no terminal unless `columns` says so. */
export async function runOnce(words: string, options: RunOptions = {}): Promise<CliRun> {
  let out = '';
  let errors = '';
  let interrupt = () => {};
  const terminal: Terminal = {
    words: splitShell(words),
    environment: { LANG: 'en_US.UTF-8', ...options.environment },
    isRoot: false,
    userHome: '/nonexistent',
    input: {
      isTTY: options.isTyped ?? false,
      async *[Symbol.asyncIterator]() {
        yield options.input ?? '';
      },
    },
    output: { write: (text) => (out += text), isTTY: options.columns !== undefined },
    errors: {
      write(text) {
        errors += text;
        options.watch?.(errors, () => interrupt());
      },
      isTTY: options.columns !== undefined || options.isTyped === true,
      columns: options.columns,
      rows: 24,
    },
    onInterrupt(stop) {
      interrupt = stop;
      return () => (interrupt = () => {});
    },
    runLocally: async () => 0,
  };
  const code = await runProgram(commands, terminal, '0.0.0');
  return { code, out, errors };
}

/** Words as a shell splits them, with '…' and "…" for words with spaces. */
function splitShell(line: string): string[] {
  return [...line.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'),
  );
}

/** Ids numbered in the order of their appearance, times and durations set to one value, all as wide as before. */
function steady(text: string): string {
  const ids = new Map<string, string>();
  return text
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
      if (!ids.has(id)) ids.set(id, `00000000-0000-0000-0000-${String(ids.size + 1).padStart(12, '0')}`);
      return ids.get(id) ?? '';
    })
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, '2026-11-22 09:00:00')
    .replace(/\b\d\d:\d\d:\d\d\b/g, '09:00:00')
    .replace(/\b\d\.\d (s|秒)/g, '0.1 $1')
    .replace(/Test [0-9a-f]{8}/g, 'Test 00000000')
    .replace(
      /ela_[\w-]{43}|elp_[\w-]{20,}/g,
      (token) => `${token.slice(0, 4)}${'x'.repeat(token.length - 4)}`,
    )
    .replace(/elp_[\w-]{8}…/g, 'elp_xxxxxxxx…')
    .replace(/\b[0-9a-f-]{36}@example\.com/g, '00000000-0000-0000-0000-000000000000@example.com');
}
