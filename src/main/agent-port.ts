import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:https';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { createAdaptorServer } from '@hono/node-server';
import type { Kysely } from 'kysely';
import type pg from 'pg';
import { publishRelease } from '#src/fleet/server/agents/publish-release.ts';
import { serveAgents } from '#src/fleet/server/agents/serve-agents.ts';
import { keyPinOf, makeKeys } from '#src/fleet/server/certificates/make-keys.ts';
import { notePort } from '#src/fleet/server/enrolments/note-port.ts';
import { offerLocalEnrolment } from '#src/fleet/server/enrolments/offer-local-enrolment.ts';
import type { Config } from '#src/platform/server/config.ts';
import type { DB } from '#src/platform/server/db.ts';
import type { Log } from '#src/platform/server/log.ts';
import type { Vault } from '#src/platform/server/secrets.ts';
import { bundleAgent } from './agent-bundle.ts';

export type AgentPortOptions = {
  db: Kysely<DB>;
  pool?: pg.Pool;
  vault?: Vault;
  config: Pick<Config, 'AGENT_PORT' | 'AGENT_HOST' | 'AGENT_URL' | 'home'>;
  log: Log;
  certificateLifeMs?: number;
  /** Another agent program than the one of these sources. */
  bundle?: Buffer;
};

/** Opens the port that agents dial, publishes the agent of this release, and leaves a one-time token for the agent of this very machine. */
export async function startAgentPort(
  options: AgentPortOptions,
): Promise<{ port: number; stop(): Promise<void> }> {
  const { db, config, log } = options;
  const keys = await makeKeys(db);
  const keyPin = keyPinOf(keys.port.certificate);
  const agents = serveAgents({
    db,
    log,
    keys,
    keyPin,
    nodeProgram: () => nodeProgram(join(config.home, 'cache')),
    ...(options.certificateLifeMs === undefined ? {} : { certificateLifeMs: options.certificateLifeMs }),
  });
  const server = createAdaptorServer({
    fetch: agents.app.fetch,
    overrideGlobalObjects: false,
    createServer: createServer as never,
    serverOptions: {
      key: keys.port.key,
      cert: keys.port.certificate,
      ca: keys.authority.certificate,
      requestCert: true,
      // Looked at by each route: a new host has no certificate yet, and a refusal should say why.
      rejectUnauthorized: false,
      minVersion: 'TLSv1.3',
      keepAliveTimeout: 65_000,
    } as never,
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.AGENT_PORT, config.AGENT_HOST, () => {
      server.off('error', reject);
      resolve((server.address() as { port: number }).port);
    });
  });
  await publishRelease(db, keys.release.privateKey, options.bundle ?? (await bundleAgent()));
  await notePort(db, { urls: urlsOf(config, port), keyPin });
  const local = { url: `https://127.0.0.1:${port}`, keyPin };
  const stopOffering = untilDone(() => offerLocalEnrolment(db, config.home, local), log);
  return {
    port,
    async stop() {
      stopOffering();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await agents.stop();
      if ('closeIdleConnections' in server) server.closeIdleConnections();
      const hard = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), 1000);
      await closed;
      clearTimeout(hard);
    },
  };
}

/** Tries every two seconds until it is done: a new Elepherd has no organisation before its first administrator. */
function untilDone(attempt: () => Promise<boolean>, log: Log): () => void {
  let timer: NodeJS.Timeout | undefined;
  const go = async () => {
    const isDone = await attempt().catch((err: unknown) => {
      log.warn({ err }, 'the token for the agent of this machine could not be left');
      return false;
    });
    if (!isDone) timer = setTimeout(() => void go(), 2000);
  };
  void go();
  return () => {
    clearTimeout(timer);
    attempt = async () => true;
  };
}

/** How hosts may reach the port: as it was said, else by each address of this machine, its name, and loopback. */
function urlsOf(config: AgentPortOptions['config'], port: number): string[] {
  const said = config.AGENT_URL?.replace(/\/$/, '');
  const all = config.AGENT_HOST === '0.0.0.0' || config.AGENT_HOST === '::';
  const addresses = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter((each) => !each.internal && each.family === 'IPv4')
    .map((each) => each.address);
  const names = all ? [...addresses, hostname(), '127.0.0.1'] : [config.AGENT_HOST];
  return [...new Set([...(said ? [said] : []), ...names.map((name) => `https://${name}:${port}`)])].slice(
    0,
    40,
  );
}

let program: Promise<{ path: string; sha256: string }> | undefined;

/** The Node this server runs on, gzipped once and kept: new hosts get it together with the agent. */
async function nodeProgram(cache: string): Promise<{ bytes: () => ReadableStream; sha256: string }> {
  program ??= packNode(cache).catch((error: unknown) => {
    program = undefined;
    throw error;
  });
  const { path, sha256 } = await program;
  return { bytes: () => Readable.toWeb(createReadStream(path)) as ReadableStream, sha256 };
}

async function packNode(cache: string): Promise<{ path: string; sha256: string }> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(process.execPath), hash);
  const sha256 = hash.digest('hex');
  const path = join(cache, `node-${process.version}-${sha256.slice(0, 12)}.gz`);
  if (await stat(path).catch(() => undefined)) return { path, sha256 };
  await mkdir(cache, { recursive: true });
  const making = `${path}.${process.pid}`;
  try {
    await pipeline(createReadStream(process.execPath), createGzip({ level: 1 }), createWriteStream(making));
    await rename(making, path);
  } finally {
    await rm(making, { force: true });
  }
  return { path, sha256 };
}
