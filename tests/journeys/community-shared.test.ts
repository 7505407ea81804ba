import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { castVote } from '#src/community/server/votes/cast-vote.ts';
import { database } from '#tests/support/context.ts';
import { testMember, testPost, type TestMember } from '#tests/support/members.ts';
import { type IdentityServer, startIdentityServer } from './support/identity-server.ts';

const { db } = database;
let server: IdentityServer;

beforeAll(async () => {
  server = await startIdentityServer(db);
});
afterAll(() => server.stop());

type Reader = TestMember & { name: string; read: (path: string) => Promise<string> };

/** A member with a name of their own, signed in, who reads pages as a browser without script. */
async function reader(name: string): Promise<Reader> {
  const member = await testMember({ reputation: 500 });
  await db.updateTable('community.member').set({ name }).where('id', '=', member.id).execute();
  const token = randomBytes(32).toString('base64url');
  const account = member.ctx.actor.id ?? '';
  await db.updateTable('identity.account').set({ name }).where('id', '=', account).execute();
  await db
    .insertInto('identity.sign_in_link')
    .values({
      account_id: account,
      token_hash: createHash('sha256').update(token).digest(),
      expires_at: new Date(Date.now() + 60_000),
    })
    .execute();
  const signedIn = await fetch(`${server.url}/api/identity/sign-in/link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-elepherd-csrf': '1' },
    body: JSON.stringify({ token }),
  });
  expect(signedIn.status).toBe(200);
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const read = async (path: string) => {
    const answer = await fetch(server.url + path, { headers: { cookie, 'accept-language': 'en' } });
    expect([path, answer.status]).toEqual([path, 200]);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    return answer.text();
  };
  return { ...member, name, read };
}

test('who reads what others just read sees their own name, rights and votes, and nothing of the others', async () => {
  const [ada, bo, cy] = [await reader('Ada Quill'), await reader('Bo Finch'), await reader('Cy Wren')];
  const question = await testPost(ada, { kind: 'question', title: 'Whose slot is it?' });
  const answer = await testPost(bo, { kind: 'answer', parentId: question });
  const path = `/questions/${question}/whose-slot-is-it`;
  const everybody = [ada, bo, cy];
  for (const place of [
    '/community',
    '/articles',
    '/questions',
    '/members',
    '/tags',
    '/wishes',
    '/search?q=slot',
    path,
  ]) {
    const menus = new Map<string, string>();
    // In turn and at once: the second round reads what the first one left.
    for (const one of [...everybody, ...everybody]) {
      const page = await one.read(place);
      const menu = /<div class="com-own">.*?<\/form>/s.exec(page)?.[0] ?? '';
      expect(menu, place).toContain(one.name);
      for (const other of everybody)
        if (other !== one)
          expect(menu, `${other.name} in the menu of ${one.name} on ${place}`).not.toContain(other.name);
      menus.set(one.name, page.replace(menu, ''));
    }
    // But for the menu, what two readers get who did nothing here and may the same is the same.
    if (place !== path) expect(menus.get(cy.name), place).toBe(menus.get(bo.name));
  }

  const edits = async (one: Reader) =>
    (await one.read(path)).match(/href="\/(?:questions|answers)\/\d+\/edit"/g) ?? [];
  expect(await edits(ada)).toContain(`href="/questions/${question}/edit"`);
  expect(await edits(bo)).toContain(`href="/answers/${answer}/edit"`);

  await castVote(cy.ctx, answer, { value: 1 });
  const pressed = async (one: Reader) => (await one.read(path)).match(/aria-pressed="true"/g)?.length ?? 0;
  expect([await pressed(cy), await pressed(bo), await pressed(ada)]).toEqual([1, 0, 0]);
});
