import { expect, test } from 'vitest';
import { database, testContext } from '#tests/support/context.ts';
import { anonymous, noOrg } from '#src/platform/server/context.ts';
import { handleFrom } from './handle.rules.ts';
import { requireMember, requireWriter } from './require-member.ts';
import { mayAsStaff, requireStaff } from './require-staff.ts';

// The oldest organisation of an installation is the one that runs it.
const operator = await testContext({ may: ['*'] });

test('who takes part for the first time by ten requests at once is one member', async () => {
  const ctx = await testContext({ may: [] });
  const all = await Promise.all(Array.from({ length: 10 }, () => requireMember(ctx)));
  expect(new Set(all.map(({ id }) => id)).size).toBe(1);
});

test('two people of one name have two handles, and nobody is called as the house', async () => {
  const [a, b] = [await testContext({ may: [] }), await testContext({ may: [] })];
  expect((await requireMember(a)).handle).not.toBe((await requireMember(b)).handle);
  expect(handleFrom('Admin', 0)).toMatch(/^member-[0-9a-f]{6}$/);
  expect(handleFrom('陈伟', 0)).toMatch(/^member-[0-9a-f]{6}$/);
  expect(handleFrom('José  Núñez!', 0)).toBe('jose-nunez');
});

test('nobody in particular and keys are no members', async () => {
  const ctx = await testContext({ may: ['*'] });
  await expect(requireMember({ ...ctx, actor: anonymous })).rejects.toMatchObject({
    code: 'unauthenticated',
  });
  const key = { ...ctx.actor, kind: 'key' as const };
  await expect(requireMember({ ...ctx, actor: key })).rejects.toMatchObject({ code: 'forbidden' });
});

test('a suspended member reads the reason and writes nothing', async () => {
  const ctx = await testContext({ may: [] });
  const { id } = await requireMember(ctx);
  await database.db
    .updateTable('community.member')
    .set({ suspended_until: new Date(Date.now() + 60_000), suspended_reason: 'Spam.' })
    .where('id', '=', id)
    .execute();
  await expect(requireWriter(ctx)).rejects.toMatchObject({
    code: 'forbidden',
    text: { en: expect.stringContaining('Spam.') },
  });
});

test('staff are those with a seat while it lasts, and the people who run this Elepherd; owners of other organisations are not', async () => {
  const other = await testContext({ may: ['*'] });
  const member = await testContext({ may: [] });
  expect(await mayAsStaff(operator, 'community.post.moderate')).toBe(true);
  expect(await mayAsStaff(other, 'community.post.moderate')).toBe(false);
  await expect(requireStaff(member, 'community.post.moderate')).rejects.toMatchObject({ code: 'forbidden' });
  const { id } = await requireMember(member);
  const seat = await database.db
    .insertInto('community.staff')
    .values({ member_id: id, role: 'moderator' })
    .returning('id')
    .executeTakeFirstOrThrow();
  await requireStaff(member, 'community.post.moderate');
  await expect(requireStaff(member, 'community.setting.change')).rejects.toMatchObject({ code: 'forbidden' });
  await database.db
    .updateTable('community.staff')
    .set({ starts_at: new Date(Date.now() - 7200_000), ends_at: new Date(Date.now() - 3600_000) })
    .where('id', '=', seat.id)
    .execute();
  await expect(requireStaff(member, 'community.post.moderate')).rejects.toMatchObject({ code: 'forbidden' });
});

test('who belongs to no organisation writes once the address is proved', async () => {
  const ctx = await testContext({ may: [] });
  const alone = { ...ctx, actor: { ...ctx.actor, orgId: noOrg } };
  await requireWriter(alone);
  await database.db
    .updateTable('identity.account')
    .set({ email_verified: false })
    .where('id', '=', ctx.actor.id!)
    .execute();
  await expect(requireWriter(alone)).rejects.toMatchObject({ code: 'forbidden' });
  await requireMember(alone);
  // Colleagues vouch for one another: they came by invitation.
  await requireWriter(ctx);
});
