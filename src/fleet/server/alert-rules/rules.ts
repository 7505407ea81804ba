/** Where servers hear that rules changed. */
export const rulesChannel = 'elepherd_alert_rules';

/** Rules that people may write in one organisation. */
export const ownRulesAtMost = 200;

/** Days and steps of the look back that tests a rule. */
export const testSeconds = 86_400;
export const testStepSeconds = 60;

/**
 * How often a series would have fired: runs of points without a gap that last at least `forSeconds`. A point is a
 * moment at which the expression had a value, in Unix seconds, rising.
 */
export function countFirings(
  points: readonly number[],
  forSeconds: number,
  nowSeconds: number,
  stepSeconds = testStepSeconds,
): { fired: number; firesNow: boolean } {
  let fired = 0;
  let firesNow = false;
  let start: number | undefined;
  points.forEach((at, index) => {
    if (start === undefined || at - (points[index - 1] ?? at) > stepSeconds * 1.5) start = at;
    const next = points[index + 1];
    const ends = next === undefined || next - at > stepSeconds * 1.5;
    if (!ends || at - start < forSeconds) return;
    fired++;
    firesNow = next === undefined && nowSeconds - at <= stepSeconds * 1.5;
  });
  return { fired, firesNow };
}
