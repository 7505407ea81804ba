import { expect, test } from 'vitest';
import { startTestCli } from '#tests/support/cli.ts';
import { testContext } from '#tests/support/context.ts';

const cli = await startTestCli();

test.each(['en', 'zh-CN'])('organisations, members and keys, in %s', async (language) => {
  const colleague = await testContext({ may: [], orgId: cli.owner.actor.orgId });
  const { email } = await colleague.db
    .updateTable('identity.account')
    .set({ email: `mei-${language.toLowerCase()}@example.com`, name: '李梅' })
    .where('id', '=', colleague.actor.id!)
    .returning('email')
    .executeTakeFirstOrThrow();
  const key = `ci-${language.toLowerCase()}`;
  const lines = [
    'org list',
    'org show',
    'member list',
    `member set-role ${email} operator`,
    `member set-role ${email} king`,
    'member set-role nobody@example.com viewer',
    'member invite new@example.com --role developer',
    'member invitations',
    'member uninvite new@example.com',
    'member uninvite new@example.com',
    `member remove ${email}`,
    `member remove ${email} --yes`,
    `key create ${key} --scope fleet.*.read --scope fleet.sandbox.create --days 90`,
    `key create ${key}`,
    `key create ${key} --scope !everything`,
    'key list',
    `key revoke ${key} --yes`,
    `key revoke ${key} --yes`,
  ];
  const shown = await cli.transcript(lines.map((line) => `${line} --lang ${language}`));
  await expect(shown).toMatchFileSnapshot(`golden/identity.${language}.txt`);
});

test('what is lost is confirmed by typing its name', async () => {
  await cli.run('key create precious --scope fleet.*.read');
  const typed = (input: string) => cli.run('key revoke precious', { isTyped: true, input });
  const wrong = await typed('preciou\r');
  expect(wrong.code).toBe(1);
  expect(wrong.errors).toContain('Programs that use the key precious are refused from now on.');
  expect(wrong.errors).toContain('Not confirmed. Nothing was changed.');
  expect((await typed('\u0003')).code).toBe(130);
  expect(await typed('preciouss\u007f\r')).toMatchObject({ code: 0, out: 'Key precious is revoked.\n' });
});
