import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { testApi } from '#tests/support/api.ts';
import { database, testContext } from '#tests/support/context.ts';
import { expectResponse } from '#tests/support/openapi.ts';
import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { knowOperators } from '../operators.ts';
import { platform } from '../platform.ts';
import { forgetMails, sendMailJob } from './send-mail.job.ts';
import { sendMail } from './send-mail.ts';

const { db } = database;
const log = createLog('test', 'silent');
const api = testApi([platform]);

/** A real mail server; `answer` says how it takes the next receivers. */
const taken: { from: string; to: string[]; raw: string }[] = [];
let answer: 'take' | 'busy' | 'unknown' = 'take';
const refusal = (text: string, responseCode: number) => Object.assign(new Error(text), { responseCode });
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onAuth({ username, password }, _session, done) {
    if (username === 'elepherd' && password === 'p@ss') done(null, { user: username });
    else done(refusal('Authentication failed', 535));
  },
  onRcptTo(_address, _session, done) {
    if (answer === 'busy') done(refusal('Try later', 451));
    else if (answer === 'unknown') done(refusal('No such mailbox', 550));
    else done();
  },
  onData(stream, session, done) {
    let raw = '';
    stream.on('data', (chunk) => (raw += chunk));
    stream.on('end', () => {
      const { mailFrom, rcptTo } = session.envelope;
      taken.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map((one) => one.address), raw });
      done();
    });
  },
});
let smtpUrl = '';
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  smtpUrl = `smtp://elepherd:p%40ss@127.0.0.1:${(server.server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise<void>((resolve) => server.close(resolve)));
afterEach(() => {
  answer = 'take';
  taken.length = 0;
});

const letter = { orgId: null, to: 'ada@example.com', subject: '欢迎 👋', text: 'Hello Ada\n.\nline' };
const stateOf = (id: string) =>
  db.selectFrom('platform.mail').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const attempt = (id: string, env: NodeJS.ProcessEnv = { SMTP_URL: smtpUrl }) =>
  sendMailJob.run({ db, log, config: readConfig({ PUBLIC_URL: 'https://herd.example.com', ...env }) }, {
    id,
  } as never);
async function nextSeconds(id: string) {
  const { rows } = await sql<{ s: number }>`select extract(epoch from run_at - now())::float8 as s
    from graphile_worker.jobs where key = ${`mail:${id}`}`.execute(db);
  return rows.map((row) => Math.max(0, Math.round(row.s)));
}

test('a mail goes out once with its words, and its words do not stay', async () => {
  const id = await sendMail(db, { ...letter, html: '<p>Hello <b>Ada</b></p>' });
  expect(await nextSeconds(id)).toEqual([0]);
  await attempt(id);
  await attempt(id);
  expect(taken).toHaveLength(1);
  expect(taken[0]).toMatchObject({ from: 'elepherd@localhost', to: ['ada@example.com'] });
  const { raw } = taken[0]!;
  expect(raw).toContain(`Message-ID: <${id}@herd.example.com>`);
  expect(raw).toContain('Auto-Submitted: auto-generated');
  expect(raw).toContain('multipart/alternative');
  expect(raw).toMatch(/^Subject: =\?UTF-8\?/m);
  expect(raw).toContain('Hello Ada\r\n.\r\nline');
  expect(await stateOf(id)).toMatchObject({
    state: 'sent',
    text: null,
    html: null,
    ended_at: expect.any(Date),
  });
});

test('a mail of a transaction that was rolled back is never sent', async () => {
  const before = await db.selectFrom('platform.mail').select('id').execute();
  await db
    .transaction()
    .execute(async (tx) => {
      await sendMail(tx, letter);
      throw new Error('undone');
    })
    .catch(() => {});
  expect(await db.selectFrom('platform.mail').select('id').execute()).toEqual(before);
});

test('without a mail server the mail is kept, readable', async () => {
  const id = await sendMail(db, letter);
  await attempt(id, {});
  expect(await stateOf(id)).toMatchObject({ state: 'kept', text: letter.text });
});

test('a busy or absent server is asked again, later each time, and in the end given up', async () => {
  const id = await sendMail(db, letter);
  answer = 'busy';
  const waits: (number | undefined)[] = [];
  for (let i = 0; i < 9; i++) {
    await attempt(id, i % 2 === 0 ? { SMTP_URL: smtpUrl } : { SMTP_URL: 'smtp://127.0.0.1:1' });
    waits.push((await nextSeconds(id))[0]);
  }
  expect(waits).toEqual([60, 120, 240, 480, 960, 1920, 3840, 7680, 15360]);
  expect(await stateOf(id)).toMatchObject({
    state: 'queued',
    attempts: 9,
    last_error: expect.stringContaining('Try later'),
  });
  await attempt(id);
  expect(await stateOf(id)).toMatchObject({ state: 'dead', text: letter.text });
  const facts = await db.selectFrom('platform.event').select('fact').where('subject_id', '=', id).execute();
  expect(facts).toEqual([{ fact: 'platform.mail-dead' }]);
});

test('a receiver the server does not know is given up at once; a refused sign-in is not', async () => {
  const unknown = await sendMail(db, letter);
  answer = 'unknown';
  await attempt(unknown);
  expect(await stateOf(unknown)).toMatchObject({
    state: 'dead',
    attempts: 1,
    last_error: expect.stringContaining('No such mailbox'),
  });

  answer = 'take';
  const refused = await sendMail(db, letter);
  await attempt(refused, { SMTP_URL: smtpUrl.replace('p%40ss', 'wrong') });
  expect(await stateOf(refused)).toMatchObject({ state: 'queued', attempts: 1 });
  expect((await stateOf(refused)).last_error).not.toContain('wrong');
});

test.for([
  ['a second receiver', { to: 'ada@example.com, eve@example.com' }],
  ['a line break in the address', { to: 'ada@example.com>\r\nRCPT TO:<eve@example.com' }],
])('%s reaches nobody else', async ([, change]) => {
  const id = await sendMail(db, { ...letter, ...(change as object) });
  await attempt(id);
  expect(taken.flatMap((mail) => mail.to)).not.toContain('eve@example.com');
});

test('a line break in the subject makes no header', async () => {
  await attempt(await sendMail(db, { ...letter, subject: 'Hi\r\nBcc: eve@example.com' }));
  expect(taken[0]!.to).toEqual(['ada@example.com']);
  expect(taken[0]!.raw).not.toMatch(/^Bcc:/im);
});

test('the outbox: own organisation only, no words once sent, and those of nobody only for who runs this Elepherd', async () => {
  const document = await api.openapi();
  const ctx = await testContext({ may: ['platform.mail.*'] });
  const stranger = await testContext({ may: ['platform.mail.*'] });
  const ids = [];
  for (const subject of ['one', 'two', 'three']) {
    ids.push(await sendMail(db, { ...letter, orgId: ctx.actor.orgId, subject }));
  }
  const ofNobody = await sendMail(db, letter);
  const list = async (who: typeof ctx, query = '') => {
    const path = `/api/platform/mails${query}`;
    return (await expectResponse(document, 'GET', path, await api.call(who, 'GET', path))) as {
      items: { id: string; subject: string }[];
      nextCursor: string | null;
    };
  };
  const first = await list(ctx, '?limit=2');
  const second = await list(ctx, `?limit=2&cursor=${first.nextCursor}`);
  expect([...first.items, ...second.items].map((mail) => mail.subject)).toEqual(['three', 'two', 'one']);
  expect(second.nextCursor).toBe(null);
  expect((await list(stranger)).items).toEqual([]);

  const show = async (who: typeof ctx, id: string) => {
    const path = `/api/platform/mails/${id}`;
    const found = await api.call(who, 'GET', path);
    return {
      status: found.status,
      body: (await expectResponse(document, 'GET', path, found)) as { text: string | null },
    };
  };
  expect((await show(ctx, ids[0]!)).body.text).toBe(letter.text);
  await attempt(ids[0]!);
  expect((await show(ctx, ids[0]!)).body.text).toBe(null);
  expect((await show(stranger, ids[0]!)).status).toBe(404);
  expect((await show(ctx, ofNobody)).status).toBe(404);
  knowOperators(async ({ actor }) => actor.orgId === ctx.actor.orgId);
  expect((await show(ctx, ofNobody)).body.text).toBe(letter.text);
  expect((await show(stranger, ofNobody)).status).toBe(404);
  expect((await api.call(await testContext({ may: ['fleet.*'] }), 'GET', '/api/platform/mails')).status).toBe(
    403,
  );
});

test('a kept or dead mail can be sent again, and nothing else', async () => {
  const ctx = await testContext({ may: ['platform.mail.*'] });
  const document = await api.openapi();
  const id = await sendMail(db, { ...letter, orgId: ctx.actor.orgId });
  const path = `/api/platform/mails/${id}/send`;
  const send = async (who = ctx) => {
    const found = await api.call(who, 'POST', path);
    await expectResponse(document, 'POST', path, found);
    return found.status;
  };
  expect(await send()).toBe(409);
  await attempt(id, {});
  expect(await send(await testContext({ may: ['platform.mail.*'] }))).toBe(404);
  expect(await send(await testContext({ may: ['platform.mail.read'], orgId: ctx.actor.orgId }))).toBe(403);
  expect(await send()).toBe(200);
  await attempt(id);
  expect(taken).toHaveLength(1);
  expect(await send()).toBe(409);
});

test('mails go a month after their end, not before', async () => {
  const [old, young, waiting] = [
    await sendMail(db, letter),
    await sendMail(db, letter),
    await sendMail(db, letter),
  ];
  await attempt(old);
  await attempt(young);
  await sql`update platform.mail set ended_at = now() - interval '31 days' where id = ${old}`.execute(db);
  await sql`update platform.mail set created_at = now() - interval '31 days' where id = ${waiting}`.execute(
    db,
  );
  await forgetMails.run({ db, log, config: readConfig({}) }, {} as never);
  const left = (await db.selectFrom('platform.mail').select('id').execute()).map((row) => row.id);
  expect([old, young, waiting].map((id) => left.includes(id))).toEqual([false, true, true]);
});
