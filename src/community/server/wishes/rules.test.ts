import { expect, test } from 'vitest';
import { WishTerms } from '#src/community/contract/wishes.ts';
import { budgetOf, keepRateOf, mayMove, medianOf, outcomeOf, weightOf } from './rules.ts';

const terms = WishTerms.parse({});
const nobody = { trustLevel: 0, isAtOrganisation: false, tier: 0, isVerifiedUse: false };

test('a vote weighs what its strength, the trust and the place of work of who casts it say', () => {
  expect(weightOf('nice', nobody, terms)).toBe(100);
  expect(weightOf('must', nobody, terms)).toBe(200);
  expect(weightOf('must', { ...nobody, trustLevel: 2 }, terms)).toBe(300);
  expect(weightOf('nice', { ...nobody, isAtOrganisation: true }, terms)).toBe(150);
  expect(weightOf('nice', { ...nobody, isAtOrganisation: true, tier: 3 }, terms)).toBe(225);
  // Of an organisation that nobody verified, no level counts.
  expect(weightOf('nice', { ...nobody, tier: 3 }, terms)).toBe(100);
  expect(weightOf('nice', { ...nobody, isVerifiedUse: true }, terms)).toBe(200);
  expect(
    weightOf('must', { trustLevel: 4, isAtOrganisation: true, tier: 2, isVerifiedUse: true }, terms),
  ).toBe(800);
  expect(weightOf('nice', { ...nobody, isAtOrganisation: true, tier: 4 }, { ...terms, perTier: 0 })).toBe(
    150,
  );
  expect(weightOf('nice', nobody, { ...terms, nice: 33, perLevel: 10 })).toBe(33);
});

test('trust gives votes', () => {
  expect([0, 1, 2, 3, 4, 9].map((level) => budgetOf(level, terms))).toEqual([3, 5, 8, 10, 10, 10]);
});

test('a claim is kept on its day, late after it, missed when nothing came', () => {
  const claim = { dueOn: '2026-06-30', deliveredOn: null, withdrawnOn: null };
  expect(outcomeOf(claim, '2026-06-30')).toBe('open');
  expect(outcomeOf(claim, '2026-07-01')).toBe('missed');
  expect(outcomeOf({ ...claim, deliveredOn: '2026-06-30' }, '2027-01-01')).toBe('kept');
  expect(outcomeOf({ ...claim, deliveredOn: '2026-07-01' }, '2027-01-01')).toBe('late');
  expect(outcomeOf({ ...claim, withdrawnOn: '2026-06-01' }, '2027-01-01')).toBe('withdrawn');
  expect(outcomeOf({ ...claim, withdrawnOn: '2026-07-02' }, '2027-01-01')).toBe('missed');
  expect(keepRateOf(['kept', 'late', 'missed', 'withdrawn', 'open', 'kept'])).toEqual({ kept: 2, due: 4 });
});

test('a wish goes anywhere but out of a duplicate, and waits until somebody has looked', () => {
  expect(mayMove('open', 'started')).toBe(true);
  expect(mayMove('delivered', 'open')).toBe(true);
  expect(mayMove('open', 'open')).toBe(false);
  expect(mayMove('duplicate', 'open')).toBe(false);
  expect(mayMove('pending', 'started')).toBe(false);
  expect(mayMove('pending', 'open')).toBe(true);
});

test('the median of days', () => {
  expect([medianOf([]), medianOf([3]), medianOf([9, 1, 4]), medianOf([1, 2, 3, 10])]).toEqual([0, 3, 4, 2.5]);
});
