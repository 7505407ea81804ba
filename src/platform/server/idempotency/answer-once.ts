import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MiddlewareHandler } from 'hono';
import { sql } from 'kysely';
import { z } from 'zod';
import { idempotencyText } from '../../contract/idempotency.text.ts';
import type { Actor } from '../context.ts';
import type { Db } from '../db.ts';
import { AppError } from '../errors.ts';
import type { ApiEnv } from '../http.ts';
import { defineJob } from '../jobs.ts';

/** How long a second request waits for the first one's answer before it is told to come again. */
const waitSecondsAtMost = 10;
const pollMs = 50;
const keptHours = 24;
/** Answers of ours are far smaller; a larger one is not kept, and its key then answers that it is not known. */
const bodyBytesAtMost = 1024 * 1024;

const Kept = z.object({ status: z.number(), headers: z.record(z.string(), z.string()), body: z.base64() });
type Kept = z.infer<typeof Kept>;

const keptHeaders = ['content-type', 'location', 'etag'];

/**
 * A write that carries `Idempotency-Key` takes effect once per actor: repeated, it answers what it answered before, with
 * `idempotency-replayed: true`. Refuses a key that was used for another request. What failed on our side (5xx) may be repeated.
 * Requests of nobody in particular, uploads and answers that set cookies are left alone: they are nobody's to repeat.
 */
export function answerOnce(options: { waitSeconds?: number } = {}): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const key = c.req.header('idempotency-key');
    const { db, actor } = c.var.ctx;
    if (
      key === undefined ||
      isSafe(c.req.method) ||
      actor.id === null ||
      isUpload(c.req.header('content-type'))
    )
      return next();
    if (!/^[\x21-\x7e]{16,200}$/.test(key)) throw new AppError('invalid', idempotencyText.badKey);
    const slot = slotOf(actor, key, await hashRequest(c.req.raw, actor, await c.req.arrayBuffer()));
    const before = await claim(db, slot, options.waitSeconds ?? waitSecondsAtMost);
    if (before) {
      c.res = new Response(Buffer.from(before.body, 'base64'), {
        status: before.status,
        headers: before.headers,
      });
      c.res.headers.set('idempotency-replayed', 'true');
      return undefined;
    }
    try {
      await next();
      await keep(db, slot, c.res.clone());
    } catch (error) {
      await forget(db, slot);
      throw error;
    }
    return undefined;
  };
}

type Slot = { actor: string; keyHash: Buffer; requestHash: Buffer; secret: Buffer };

/** Only the hash of the key is kept; the key itself opens the answer, which may hold a password shown once. */
function slotOf(actor: Actor, key: string, requestHash: Buffer): Slot {
  const name = `${actor.kind}:${actor.id}`;
  const keyHash = createHash('sha256').update(`${name} ${key}`).digest();
  return {
    actor: name,
    keyHash,
    requestHash,
    secret: Buffer.from(hkdfSync('sha256', key, name, 'idempotency', 32)),
  };
}

async function hashRequest(request: Request, actor: Actor, body: ArrayBuffer): Promise<Buffer> {
  const { pathname, search } = new URL(request.url);
  const head = JSON.stringify([request.method, pathname, search, actor.orgId]);
  return createHash('sha256').update(head).update('\n').update(new Uint8Array(body)).digest();
}

/** Undefined when this request is the first and must do the work; else the answer of the first one. */
async function claim(db: Db, slot: Slot, waitSeconds: number): Promise<Kept | undefined> {
  const until = Date.now() + waitSeconds * 1000;
  for (;;) {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('platform.idempotency')
      .values({ actor: slot.actor, key_hash: slot.keyHash, request_hash: slot.requestHash })
      .onConflict((oc) => oc.doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 1n) return undefined;
    const row = await rowOf(db, slot);
    // The first one failed on our side meanwhile: the way is free.
    if (!row) continue;
    if (!row.request_hash.equals(slot.requestHash))
      throw new AppError('invalid', idempotencyText.otherRequest);
    if (row.state === 'done' && row.sealed) return open(row.sealed, slot.secret);
    // A row left by a process that died stays as it is: nobody knows whether its transaction was committed.
    if (row.state === 'done' || Date.now() >= until) {
      throw new AppError('conflict', idempotencyText.stillRunning, { retryAfterSeconds: 5 });
    }
    await sleep(pollMs);
  }
}

const rowOf = (db: Db, slot: Slot) =>
  db
    .selectFrom('platform.idempotency')
    .select(['state', 'request_hash', 'sealed'])
    .where('actor', '=', slot.actor)
    .where('key_hash', '=', slot.keyHash)
    .executeTakeFirst();

async function keep(db: Db, slot: Slot, answer: Response): Promise<void> {
  if (answer.status >= 500 || answer.status === 429 || answer.headers.has('set-cookie'))
    return forget(db, slot);
  const body = Buffer.from(await answer.arrayBuffer());
  const headers = Object.fromEntries([...answer.headers].filter(([name]) => keptHeaders.includes(name)));
  const kept: Kept = { status: answer.status, headers, body: body.toString('base64') };
  await db
    .updateTable('platform.idempotency')
    .set({
      state: 'done',
      status: answer.status,
      sealed: body.length > bodyBytesAtMost ? null : seal(kept, slot.secret),
    })
    .where('actor', '=', slot.actor)
    .where('key_hash', '=', slot.keyHash)
    .execute();
}

async function forget(db: Db, slot: Slot): Promise<void> {
  await db
    .deleteFrom('platform.idempotency')
    .where('actor', '=', slot.actor)
    .where('key_hash', '=', slot.keyHash)
    .execute();
}

function seal(kept: Kept, secret: Buffer): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', secret, nonce);
  const body = Buffer.concat([cipher.update(JSON.stringify(kept)), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

function open(sealed: Buffer, secret: Buffer): Kept {
  const decipher = createDecipheriv('aes-256-gcm', secret, sealed.subarray(0, 12), { authTagLength: 16 });
  decipher.setAuthTag(sealed.subarray(12, 28));
  return Kept.parse(
    JSON.parse(Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString()),
  );
}

const isSafe = (method: string) => method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
const isUpload = (type: string | undefined) =>
  type !== undefined && !type.startsWith('application/json') && !type.startsWith('text/');

/** Every hour: answers older than a day are forgotten, and so are requests that never got one. */
export const forgetAnswers = defineJob(
  'platform.forget-answers',
  z.object({}),
  async ({ db }) => {
    await db
      .deleteFrom('platform.idempotency')
      .where('created_at', '<', sql<Date>`now() - make_interval(hours => ${keptHours})`)
      .execute();
  },
  { schedule: '23 * * * *' },
);
