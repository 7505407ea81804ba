// Over 300 lines: all ways of being told, over the same rows.
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { somebody, type Somebody, writePost } from '#tests/support/somebody.ts';
import { database, testContext } from '#tests/support/context.ts';
import { anonymous, inTransaction } from '#src/platform/server/context.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { createLog } from '#src/platform/server/log.ts';
import { setOutgoingNetworks } from '#src/platform/server/outgoing.ts';
import { createVault, setVault } from '#src/platform/server/secrets.ts';
import { changeWays } from './change-ways.ts';
import { deliverNotices, deliverTo } from './deliver-notices.job.ts';
import { ensurePushKey } from './ensure-push-key.ts';
import { mailNotices } from './mail-notices.ts';
import { markRead } from './mark-read.ts';
import { notifyMember, type Notice } from './notify-member.ts';
import { countUnread, getSettings, listNotices } from './queries.ts';
import { sealToken } from './seal-token.ts';
import { sendDigests } from './send-digests.job.ts';
import { subscribePush, unsubscribePush } from './subscribe-push.ts';
import { findUnsubscription, unsubscribeMails } from './unsubscribe-mails.ts';
import { whenMailDead } from './when-mail-dead.ts';

await testContext({ may: [] });
setVault(await createVault(await mkdtemp(join(tmpdir(), 'vault-'))));
const config = readConfig({ PUBLIC_URL: 'https://herd.example' });
const job = { db: database.db, log: createLog('test', 'silent'), config };

let me: Somebody;
let other: Somebody;
let address = '';
beforeEach(async () => {
  me = await somebody();
  other = await somebody({ name: 'Anna Tusk' });
  address = await accountOf(me).then(({ email }) => email);
});
const accountOf = ({ ctx }: Somebody) =>
  database.db
    .selectFrom('identity.account')
    .select('email')
    .where('id', '=', ctx.actor.id)
    .executeTakeFirstOrThrow();
const tell = (notice: Partial<Notice> = {}) =>
  inTransaction(me.ctx, (tx) =>
    notifyMember(tx, {
      memberId: me.member.id,
      kind: 'answer',
      key: `answer:${Math.random()}`,
      actorId: other.member.id,
      payload: { href: '/questions/1', title: 'Why?' },
      ...notice,
    }),
  );
const mails = () =>
  database.db
    .selectFrom('platform.mail')
    .select(['id', 'subject', 'text', 'headers'])
    .where('recipient', '=', address)
    .orderBy('created_at')
    .execute();
const deliver = () => deliverTo(job, me.member.id);
const list = () => listNotices(me.ctx, me.member.id, { limit: 50 });

test('a notice is a sentence with who did what; read ones are no longer counted, and those of others are not one’s own', async () => {
  await tell();
  await tell({ kind: 'vote-milestone', payload: { amount: 10, title: 'Why?' } });
  const { items, unread } = await list();
  expect(items).toMatchObject([
    { words: '10 members found this useful', href: '/notifications', isRead: false },
    { words: 'Anna Tusk answered your question', title: 'Why?', href: '/questions/1' },
  ]);
  expect(unread).toBe(2);
  await markRead(other.ctx, { ids: items.map(({ id }) => id) });
  expect(await countUnread(database.db, me.member.id)).toBe(2);
  await markRead(me.ctx, { ids: [items[0]?.id ?? 0] });
  expect(await countUnread(database.db, me.member.id)).toBe(1);
  await markRead(me.ctx, { upTo: items[0]?.id ?? 0 });
  expect(await countUnread(database.db, me.member.id)).toBe(0);
});

test('a link that leads elsewhere than to a page of ours leads to the list', async () => {
  for (const href of ['//evil.example', 'https://evil.example', 'javascript:alert(1)', '/\\evil.example'])
    await tell({ payload: { href } });
  expect((await list()).items.map(({ href }) => href)).toEqual(
    Array.from({ length: 4 }, () => '/notifications'),
  );
});

test('of a post that was hidden since nothing is said, nor counted, nor mailed; shown again, it is', async () => {
  const postId = await writePost(other);
  await tell({ kind: 'mention', payload: { postId, title: 'Secret words', href: '/questions/1' } });
  await tell({ kind: 'answer', payload: { postId, title: 'Secret words', href: '/questions/1' } });
  const hide = (state: 'hidden' | 'published') =>
    database.db.updateTable('community.post').set({ state }).where('id', '=', postId).execute();
  await hide('hidden');
  expect(await list()).toMatchObject({ items: [], unread: 0 });
  await deliver();
  expect(await mails()).toEqual([]);
  await hide('published');
  expect((await list()).unread).toBe(2);
  await deliver();
  expect(await mails()).toHaveLength(1);
});

test('what happens together is one mail, in the reader’s language, with a one-click end in its head', async () => {
  await database.db
    .updateTable('identity.account')
    .set({ locale: 'zh-CN' })
    .where('id', '=', me.ctx.actor.id)
    .execute();
  await tell();
  await deliver();
  await tell();
  await tell({ kind: 'message' });
  await deliver();
  await deliver();
  const sent = await mails();
  expect(sent.map(({ subject }) => subject)).toEqual([
    'Anna Tusk 回答了您的问题：Why?',
    '社区里有 2 条与您有关的动态',
  ]);
  expect(sent[0]?.headers).toEqual({
    'List-Unsubscribe': expect.stringMatching(
      /^<https:\/\/herd\.example\/api\/community\/notifications\/unsubscribe\?token=[\w-]+>$/,
    ),
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  });
  expect(sent[0]?.text).toContain('https://herd.example/questions/1');
});

test('what was read before the mail left is not mailed, nor to an address nobody proved', async () => {
  await tell();
  await markRead(me.ctx, { upTo: Number.MAX_SAFE_INTEGER });
  await deliver();
  await database.db
    .updateTable('identity.account')
    .set({ email_verified: false })
    .where('id', '=', me.ctx.actor.id)
    .execute();
  await tell();
  await deliver();
  expect(await mails()).toEqual([]);
});

test('a crash between mail and mark sends once, and so do ten workers at once', async () => {
  await tell();
  await expect(
    inTransaction(me.ctx, async (tx) => {
      await mailNotices(tx, config, me.member.id, 'now');
      throw new Error('killed');
    }),
  ).rejects.toThrow('killed');
  expect(await mails()).toHaveLength(0);
  await Promise.all(Array.from({ length: 10 }, deliver));
  expect(await mails()).toHaveLength(1);
  // The negative control: without the mark each of them would have sent one.
  await database.db
    .updateTable('community.notification')
    .set({ mailed_at: null })
    .where('member_id', '=', me.member.id)
    .execute();
  await deliver();
  expect(await mails()).toHaveLength(2);
});

test('every minute who has waited is told, whoever else cannot be; what is younger gathers more first', async () => {
  const reader = await somebody();
  // The one who cannot be told comes first.
  const [failing, told] = [me, reader].toSorted((a, b) => (a.member.id < b.member.id ? -1 : 1));
  for (const { member } of [failing!, told!]) await tell({ memberId: member.id });
  const { email } = await accountOf(failing!);
  await sql`create function refuse_mail() returns trigger language plpgsql as $$ begin raise 'refused'; end $$`.execute(
    database.db,
  );
  await sql`create trigger refused before insert on platform.mail for each row
    when (new.recipient = ${sql.lit(email)}) execute function refuse_mail()`.execute(database.db);
  onTestFinished(async () => void (await sql`drop function refuse_mail() cascade`.execute(database.db)));
  const mailed = async () => {
    await deliverNotices.run(job, {} as never);
    const query = database.db.selectFrom('community.notification').select('member_id');
    const rows = await query
      .where('member_id', 'in', [failing!.member.id, told!.member.id])
      .where('mailed_at', 'is not', null)
      .execute();
    return rows.map((row) => row.member_id);
  };
  expect(await mailed()).toEqual([]);
  await sql`update community.notification set at = now() - interval '31 seconds'`.execute(database.db);
  expect(await mailed()).toEqual([told!.member.id]);
  await sql`drop trigger refused on platform.mail`.execute(database.db);
  expect((await mailed()).toSorted()).toEqual([failing!.member.id, told!.member.id]);
});

test('one click ends one kind without signing in; again it is ended already, and a forged link ends nothing', async () => {
  const nobody = { ...me.ctx, actor: anonymous };
  await tell();
  await deliver();
  const [mail] = await mails();
  const token = /token=([\w-]+)>/.exec(JSON.stringify(mail?.headers))?.[1] ?? '';
  const found = await findUnsubscription(database.db, token);
  expect(found).toMatchObject({ what: 'answer', isDone: false });
  expect(found.address).not.toContain(address.split('@')[0] ?? '');
  for (let times = 0; times < 2; times++) await unsubscribeMails(nobody, token);
  expect(await findUnsubscription(database.db, token)).toMatchObject({ isDone: true });
  await tell();
  await tell({ kind: 'message' });
  await deliver();
  expect((await mails()).map(({ subject }) => subject).at(-1)).toContain('wrote to you');
  expect((await list()).unread).toBe(3);

  // Not the last character: some of its bits say nothing.
  const forged = token.replace(/.(?=.{9}$)/, (one) => (one === 'A' ? 'B' : 'A'));
  for (const bad of [forged, 'x'.repeat(80), token.slice(0, 40)])
    await expect(unsubscribeMails(nobody, bad)).rejects.toMatchObject({ code: 'not_found' });
  await unsubscribeMails(nobody, sealToken(me.member.id, 'all'));
  await tell({ kind: 'message' });
  await deliver();
  expect(await mails()).toHaveLength(2);
});

test('choices hold for what comes afterwards; what is as usual follows what is usual', async () => {
  await changeWays(me.ctx, {
    mails: true,
    digest: 'daily',
    newsletter: false,
    ways: [
      { kind: 'answer', inPage: true, mail: 'digest', push: false },
      { kind: 'comment', inPage: true, mail: 'digest', push: true },
    ],
  });
  const { ways, digest } = await getSettings(me.ctx, me.member.id);
  expect(digest).toBe('daily');
  expect(ways.find(({ kind }) => kind === 'answer')).toEqual({
    kind: 'answer',
    inPage: true,
    mail: 'digest',
    push: false,
  });
  const kept = await database.db
    .selectFrom('community.notification_preference')
    .select('kind')
    .where('member_id', '=', me.member.id)
    .execute();
  expect(kept).toEqual([{ kind: 'answer' }]);
  await tell();
  await deliver();
  expect(await mails()).toEqual([]);
});

const letPass = (days: number) =>
  database.pool.query(
    `update community.notification set at = at - interval '${days} days' where member_id = '${me.member.id}';
     update community.notification_setting set digest_at = digest_at - interval '${days} days' where member_id = '${me.member.id}'`,
  );
const digests = () => sendDigests.run(job, {} as never);

test('a summary comes after a week, or a day, once, and only when there is something', async () => {
  await tell({ kind: 'comment' });
  await tell({ kind: 'mention' });
  await digests();
  await letPass(6);
  await digests();
  expect(await mails()).toEqual([]);
  await letPass(1);
  await Promise.all([digests(), digests(), digests()]);
  expect((await mails()).map(({ subject }) => subject)).toEqual(['What happened around you: 2 things']);
  await letPass(8);
  await digests();
  expect(await mails()).toHaveLength(1);
  await changeWays(me.ctx, { mails: true, digest: 'daily', newsletter: false, ways: [] });
  await tell({ kind: 'comment' });
  await digests();
  expect(await mails()).toHaveLength(2);
});

test('an address that a mail server refuses for good is left alone until its member says otherwise', async () => {
  await tell();
  await deliver();
  const [mail] = await mails();
  await database.db
    .updateTable('platform.mail')
    .set({ last_error: '550 no such user' })
    .where('id', '=', mail?.id ?? '')
    .execute();
  const fact = { id: 1, fact: 'platform.mail-dead', subjectId: mail?.id ?? null, payload: {} };
  await whenMailDead.run(database.db, fact, job.log);
  await tell();
  await deliver();
  expect(await mails()).toHaveLength(1);
  expect((await getSettings(me.ctx, me.member.id)).bounce).toBe('550 no such user');
  await changeWays(me.ctx, { mails: true, digest: 'weekly', newsletter: false, tryAgain: true, ways: [] });
  await tell();
  await deliver();
  expect(await mails()).toHaveLength(2);
});

/** A push service that keeps what it was sent, and a browser's keys. */
async function pushService(status = 201) {
  const taken: { headers: Record<string, unknown>; body: Buffer }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      taken.push({ headers: request.headers, body: Buffer.concat(chunks) });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  setOutgoingNetworks('127.0.0.0/8');
  const browser = createECDH('prime256v1');
  const publicKey = browser.generateKeys();
  const auth = randomBytes(16);
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/send/${randomBytes(4).toString('hex')}`;
  await subscribePush(me.ctx, {
    endpoint,
    keys: { p256dh: publicKey.toString('base64url'), auth: auth.toString('base64url') },
    browser: 'Firefox',
  });
  return {
    taken,
    endpoint,
    /** As a browser does it, written from RFC 8188 and RFC 8291 alone. */
    decrypt(body: Buffer): unknown {
      const salt = body.subarray(0, 16);
      const senderLength = body.readUInt8(20);
      const sender = body.subarray(21, 21 + senderLength);
      const sealed = body.subarray(21 + senderLength);
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), publicKey, sender]);
      const input = hkdfSync('sha256', browser.computeSecret(sender), auth, info, 32);
      const key = hkdfSync('sha256', Buffer.from(input), salt, 'Content-Encoding: aes128gcm\0', 16);
      const nonce = hkdfSync('sha256', Buffer.from(input), salt, 'Content-Encoding: nonce\0', 12);
      const open = createDecipheriv('aes-128-gcm', Buffer.from(key), Buffer.from(nonce));
      open.setAuthTag(sealed.subarray(-16));
      const plain = Buffer.concat([open.update(sealed.subarray(0, -16)), open.final()]);
      expect(plain.at(-1)).toBe(2);
      return JSON.parse(plain.subarray(0, -1).toString('utf8'));
    },
  };
}

test('a browser is told by web push: encrypted for it alone, signed by our key, once', async () => {
  const service = await pushService();
  await tell();
  await deliver();
  await deliver();
  expect(service.taken).toHaveLength(1);
  const [{ headers, body } = { headers: {}, body: Buffer.alloc(0) }] = service.taken;
  expect(service.decrypt(body)).toMatchObject({
    title: 'Anna Tusk answered your question',
    body: 'Why?',
    href: '/questions/1',
  });
  expect(body.toString('latin1')).not.toContain('Anna');
  expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '86400' });
  const [, head = '', claims = '', signature = '', k = ''] =
    /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(
      String((headers as { authorization?: string }).authorization),
    ) ?? [];
  const point = Buffer.from(k, 'base64url');
  expect(point).toEqual((await ensurePushKey(database.db)).publicKey);
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const isOurs = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: createPublicKey({ format: 'jwk', key: jwk }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  expect(isOurs).toBe(true);
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
    aud: new URL(service.endpoint).origin,
    sub: 'https://herd.example',
  });
});

test('nobody ends the push to another member’s browser', async () => {
  await pushService();
  const { browsers } = await getSettings(me.ctx, me.member.id);
  const id = browsers[0]?.id ?? '';
  await expect(unsubscribePush(other.ctx, id)).rejects.toMatchObject({ code: 'not_found' });
  await unsubscribePush(me.ctx, id);
  expect((await getSettings(me.ctx, me.member.id)).browsers).toEqual([]);
});

test('a browser that is gone is forgotten, and an address inside the house is never asked', async () => {
  const gone = await pushService(410);
  await tell();
  await deliver();
  expect(gone.taken).toHaveLength(1);
  const left = () =>
    database.db
      .selectFrom('community.push_subscription')
      .select('id')
      .where('member_id', '=', me.member.id)
      .execute();
  expect(await left()).toEqual([]);
  const inside = await pushService();
  setOutgoingNetworks('');
  await tell();
  await deliver();
  expect(inside.taken).toEqual([]);
  expect(await left()).toEqual([]);
});

test('the example of RFC 8291 comes out byte for byte', async () => {
  const { encryptPush } = await import('./web-push.rules.ts');
  const from = (text: string) => Buffer.from(text, 'base64url');
  const body = encryptPush(
    {
      p256dh: from('BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4'),
      auth: from('BTBZMqHH6r4Tts7J_aSIgg'),
    },
    Buffer.from('When I grow up, I want to be a watermelon'),
    {
      salt: from('DGv6ra1nlYgDCS1FRnbzlw'),
      sender: {
        publicKey: from(
          'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8',
        ),
        privateKey: from('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'),
      },
    },
  );
  expect(body.toString('base64url')).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  );
});
