import type { TLSSocket } from 'node:tls';
import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context as HonoContext } from 'hono';
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import {
  EnrolRequest,
  Heartbeat,
  RenewRequest,
  type AgentRelease,
  type EnrolAnswer,
  type HeartbeatAnswer,
} from '#src/fleet/contract/agents.ts';
import { GuardianReport, type GuardianWish } from '#src/fleet/contract/guardian.ts';
import { HappeningsReport } from '#src/fleet/contract/incidents.ts';
import { hostText } from '#src/fleet/contract/hosts.text.ts';
import { TaskReport } from '#src/fleet/contract/tasks.ts';
import { platformText } from '#src/platform/contract/platform.text.ts';
import { problemStatus } from '#src/platform/contract/problem.ts';
import { anonymous } from '#src/platform/server/context.ts';
import type { DB } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { limitBody } from '#src/platform/server/limits/limit-body.ts';
import { listen } from '#src/platform/server/listen.ts';
import type { Log } from '#src/platform/server/log.ts';
import { certificateLifeMs, issueCertificate } from '../certificates/issue-certificate.ts';
import type { FleetKeys } from '../certificates/make-keys.ts';
import { isDueForRenewal } from '../certificates/rules.ts';
import { enrolHost } from '../enrolments/enrol-host.ts';
import { isTokenKnown } from '../enrolments/queries.ts';
import { noteGuardian } from '../guardian/note-guardian.ts';
import { noteHappenings } from '../incidents/note-happenings.ts';
import { notePresence } from '../metrics/note-presence.ts';
import { takeMetrics } from '../metrics/take-metrics.ts';
import { listBusyHosts } from '../tasks/queries.ts';
import { reportTask } from '../tasks/report-task.ts';
import { takeTasks } from '../tasks/take-tasks.ts';
import { taskChannel } from '../tasks/rules.ts';
import { checkCertificate, Refusal } from './check-certificate.ts';
import { gatherLookups } from './gather-lookups.ts';
import { noteHeartbeats } from './note-heartbeats.ts';
import { findBundle, findRelease } from './queries.ts';
import { installScript } from './rules.ts';
import { keepable, needsCleaning } from './text.rules.ts';

export type AgentsOptions = {
  db: Kysely<DB>;
  log: Log;
  keys: FleetKeys;
  keyPin: string;
  /** The Node program for new hosts, gzipped. */
  nodeProgram: () => Promise<{ bytes: () => ReadableStream; sha256: string }>;
  certificateLifeMs?: number;
};

type Env = { Bindings: HttpBindings };
type Request = HonoContext<Env>;

/** How often a server asks which agent is wished. */
const releaseCacheMs = 1000;

/** Everything the agents' port answers, under `/agent`. Each route lets in either a certificate of ours or a one-time token. */
export function serveAgents(options: AgentsOptions): { app: Hono<Env>; stop(): Promise<void> } {
  const { db, log, keys } = options;
  const guard = checkCertificate(db);
  const heartbeats = noteHeartbeats({ db, log });
  const take = takeMetrics(db);
  const presence = notePresence({ db, log });
  const waits = waitingRoom();
  guard.onRevoked((hostId) => waits.wake(hostId));
  /** Hosts whose work was looked at since the last news of them: their next heartbeat needs no query. */
  const settled = new Set<string>();
  const stopListening = listen(taskChannel, (hostId) => {
    if (hostId === null) settled.clear();
    else settled.delete(hostId);
    waits.wake(hostId);
  });
  const isBusy = gatherLookups(
    async (hostIds) => new Map((await listBusyHosts(db, hostIds)).map((hostId) => [hostId, true])),
  );
  const lookForWork = async (hostId: string, inHand: readonly string[]) => {
    const nothing = { orders: [], cancel: [] };
    if (inHand.length === 0 && settled.has(hostId)) return nothing;
    // Before the query: news that comes during it must lead to another.
    settled.add(hostId);
    try {
      if (inHand.length === 0 && !(await isBusy(hostId))) return nothing;
      return await takeTasks(db, hostId, inHand);
    } catch (error) {
      settled.delete(hostId);
      throw error;
    }
  };
  let release: { known: AgentRelease | undefined; until: number } = { known: undefined, until: 0 };
  const wishedRelease = async () => {
    if (release.until < Date.now())
      release = { known: await findRelease(db), until: Date.now() + releaseCacheMs };
    return release.known;
  };
  const hostOf = (c: Request) => guard.check(c.env.incoming.socket as TLSSocket);
  const letIn = async (c: Request) => {
    const token = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1];
    if (token === undefined) await hostOf(c);
    else if (!(await isTokenKnown(db, token))) throw new AppError('forbidden', hostText.badToken);
  };

  const app = new Hono<Env>();
  app.onError((error, c) => refuse(error, c as unknown as Request, log));
  app.notFound(() => {
    throw new AppError('not_found', platformText.notFound);
  });
  const small = limitBody(1024 * 1024);

  app.post('/agent/heartbeat', small, async (c) => {
    let known = await hostOf(c);
    const beat = await parse(c, Heartbeat);
    const facts = beat.facts && { ...beat.facts, timeOffsetSeconds: (beat.clockMs - Date.now()) / 1000 };
    heartbeats.note(known.hostId, { ...beat, facts });
    if (beat.resync) settled.delete(known.hostId);
    const until = Date.now() + beat.waitSeconds * 1000;
    for (;;) {
      const work = await lookForWork(known.hostId, beat.known);
      const leftMs = until - Date.now();
      if (work.orders.length > 0 || work.cancel.length > 0 || leftMs <= 0 || waits.closed()) {
        const answer: HeartbeatAnswer = {
          ...work,
          agentVersion: (await wishedRelease())?.version ?? beat.agentVersion,
          renewCertificate: isDueForRenewal(known),
        };
        return c.json(answer);
      }
      // News that came while the database was asked.
      if (!settled.has(known.hostId)) continue;
      await waits.wait(known.hostId, leftMs, c.req.raw.signal);
      if (c.req.raw.signal.aborted) return c.body(null, 204);
      // Revoked meanwhile: nothing more for this one.
      known = await hostOf(c);
    }
  });

  app.post('/agent/tasks/:id/report', limitBody(16 * 1024 * 1024), async (c) => {
    const { hostId } = await hostOf(c);
    const id = c.req.param('id');
    const said = /^[0-9a-f-]{36}$/.test(id)
      ? await reportTask(db, hostId, id, await parse(c, TaskReport))
      : 'unknown';
    return c.json({ known: said !== 'unknown' });
  });

  app.post('/agent/happenings', small, async (c) => {
    const { hostId } = await hostOf(c);
    const { happenings } = await parse(c, HappeningsReport);
    return c.json(await noteHappenings(db, hostId, happenings));
  });

  app.post('/agent/guardian', small, async (c) => {
    const { hostId } = await hostOf(c);
    const report = await parse(c, GuardianReport);
    const answer: GuardianWish = await db.transaction().execute((tx) => noteGuardian(tx, hostId, report));
    return c.json(answer);
  });

  app.post('/agent/metrics', limitBody(4 * 1024 * 1024), async (c) => {
    const { hostId } = await hostOf(c);
    const sentAt = Number(c.req.header('x-sent-at') ?? Number.NaN);
    const body = new Uint8Array(await c.req.arrayBuffer());
    return c.json(await take(hostId, Number.isFinite(sentAt) ? sentAt : Date.now(), body));
  });

  app.post('/agent/enrol', small, async (c) => {
    const request = await parse(c, EnrolRequest);
    const ip = c.env.incoming.socket.remoteAddress?.replace(/^::ffff:/, '') ?? null;
    const ctx = { db, actor: anonymous, requestId: null, ip, locale: 'en' as const };
    const host = await enrolHost(ctx, keys.authority, request, ip ?? '127.0.0.1');
    log.info({ host: host.hostName, hostId: host.hostId, ip }, 'a host enrolled');
    const answer: EnrolAnswer = {
      ...host,
      authority: keys.authority.certificate,
      releaseKey: keys.release.publicKey,
    };
    return c.json(answer);
  });

  app.post('/agent/renew', small, async (c) => {
    const { hostId } = await hostOf(c);
    const { certificateRequest } = await parse(c, RenewRequest);
    const life = options.certificateLifeMs ?? certificateLifeMs;
    return c.json({
      certificate: await issueCertificate(db, keys.authority, hostId, certificateRequest, life),
    });
  });

  app.get('/agent/release', async (c) => {
    await letIn(c);
    const found = await wishedRelease();
    if (!found) throw new AppError('unavailable', hostText.noRelease);
    return c.json(found);
  });

  app.get('/agent/bundle/:version', async (c) => {
    await letIn(c);
    const bundle = await findBundle(db, c.req.param('version'));
    if (!bundle) throw new AppError('not_found', platformText.notFound);
    return c.body(new Uint8Array(bundle), 200, { 'content-type': 'text/javascript' });
  });

  app.get('/agent/node', async (c) => {
    await letIn(c);
    const { bytes, sha256 } = await options.nodeProgram();
    return c.body(bytes(), 200, { 'content-type': 'application/gzip', 'x-sha256': sha256 });
  });

  app.get('/agent/install.sh', async (c) => {
    const found = await wishedRelease();
    const host = c.req.header('host') ?? '';
    if (!found) throw new AppError('unavailable', hostText.noRelease);
    if (!/^[\w.:[\]-]{1,260}$/.test(host)) throw new AppError('invalid', platformText.invalid);
    const node = await options.nodeProgram();
    const script = installScript({
      url: `https://${host}`,
      keyPin: options.keyPin,
      agent: found.version,
      node: node.sha256,
    });
    return c.body(script, 200, { 'content-type': 'text/x-shellscript; charset=utf-8' });
  });

  return {
    app,
    async stop() {
      stopListening();
      guard.stop();
      presence.stop();
      waits.close();
      await heartbeats.stop();
    },
  };
}

/** Those who wait for news of a host. */
function waitingRoom() {
  const waiting = new Map<string, Set<() => void>>();
  let isClosed = false;
  const wake = (hostId: string | null) => {
    const sets = hostId === null ? [...waiting.values()] : [waiting.get(hostId) ?? new Set()];
    for (const set of sets) for (const go of set) go();
  };
  return {
    wake,
    closed: () => isClosed,
    close() {
      isClosed = true;
      wake(null);
    },
    async wait(hostId: string, ms: number, signal: AbortSignal): Promise<void> {
      if (isClosed || signal.aborted) return;
      await new Promise<void>((resolve) => {
        const set = waiting.get(hostId) ?? new Set();
        waiting.set(hostId, set);
        const go = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', go);
          set.delete(go);
          if (set.size === 0 && waiting.get(hostId) === set) waiting.delete(hostId);
          resolve();
        };
        const timer = setTimeout(go, ms);
        signal.addEventListener('abort', go);
        set.add(go);
      });
    },
  };
}

async function parse<T extends z.ZodType>(c: Request, schema: T): Promise<z.infer<T>> {
  const text = await c.req.text();
  const parsed = schema.safeParse(needsCleaning(text) ? keepable(read(text)) : read(text));
  if (!parsed.success) throw new AppError('invalid', platformText.invalid, { cause: parsed.error });
  return parsed.data;
}

function read(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AppError('invalid', platformText.notJson, { cause });
  }
}

function refuse(error: unknown, c: Request, log: Log): Response {
  if (error instanceof Refusal) {
    return c.json({ code: 'unauthenticated', detail: error.text.en, leave: error.leave }, 401);
  }
  const known = error instanceof AppError ? error : new AppError('internal', platformText.internal);
  if (known.code === 'internal') log.error({ err: error, path: c.req.path }, 'a request of an agent failed');
  return c.json({ code: known.code, detail: known.text.en, leave: false }, problemStatus[known.code] as 500);
}
