import { expect, test } from 'vitest';
import { testContext } from '#tests/support/context.ts';
import { requireMember } from '../members/require-member.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { appointStaff } from './appoint-staff.ts';
import { endSeat } from './end-seat.ts';
import { listStaff } from './list-staff.ts';

const operator = await testContext({ may: ['*'] });

test('a seat gives what its role may, once, until it is ended; only those who appoint see and change seats', async () => {
  const ctx = await testContext({ may: ['*'] });
  const { handle } = await requireMember(ctx);
  const seat = { handle, role: 'moderator' as const, months: 6 };
  await expect(appointStaff(ctx, seat)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(listStaff(ctx)).rejects.toMatchObject({ code: 'forbidden' });
  const both = await Promise.allSettled([appointStaff(operator, seat), appointStaff(operator, seat)]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await mayAsStaff(ctx, 'community.post.moderate')).toBe(true);
  expect(await mayAsStaff(ctx, 'community.staff.appoint')).toBe(false);
  const [shown] = await listStaff(operator);
  expect(shown).toMatchObject({ role: 'moderator', member: { handle } });
  expect(new Date(shown!.endsAt!).getTime()).toBeGreaterThan(Date.now() + 150 * 24 * 3600_000);
  await endSeat(operator, shown!.id);
  expect(await mayAsStaff(ctx, 'community.post.moderate')).toBe(false);
  await expect(endSeat(operator, shown!.id)).rejects.toMatchObject({ code: 'not_found' });
  await appointStaff(operator, { ...seat, role: 'administrator', months: null });
  expect(await mayAsStaff(ctx, 'community.staff.appoint')).toBe(true);
});
