import { z } from 'zod';
import type { RuleTest, TestAlertRule } from '#src/fleet/contract/alerts.ts';
import { alertText } from '#src/fleet/contract/alerts.text.ts';
import { requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { askStore, theMetricsStore } from '#src/platform/server/metrics/metrics-store.ts';
import { plainLabels } from '../alerts/rules.ts';
import { countFirings, testSeconds, testStepSeconds } from './rules.ts';

const seriesShown = 20;

const Matrix = z.object({
  data: z.object({
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        values: z.array(z.tuple([z.number(), z.string()])),
      }),
    ),
  }),
});

/** Refuses an expression that the store cannot judge, in the store's own words; without a store nothing can be checked, so nothing is taken. */
export async function checkExpression(ctx: Context, expression: string): Promise<void> {
  await ask(ctx, '/api/v1/query', { query: expression });
}

/** What a rule would have done in the last day, over series of this organisation alone. Changes nothing. */
export async function testRule(ctx: Context, wish: z.infer<typeof TestAlertRule>): Promise<RuleTest> {
  requirePermission(ctx, 'fleet.alert.manage');
  const now = Math.floor(Date.now() / 1000);
  const answer = await ask(ctx, '/api/v1/query_range', {
    query: wish.expression,
    start: String(now - testSeconds),
    end: String(now),
    step: String(testStepSeconds),
  });
  const found = Matrix.parse(answer).data.result.map(({ metric, values }) => ({
    labels: plainLabels(metric),
    ...countFirings(
      values.map(([at]) => at),
      wish.forSeconds,
      now,
    ),
  }));
  const firing = found.filter(({ fired }) => fired > 0).toSorted((a, b) => b.fired - a.fired);
  return {
    fired: firing.reduce((sum, one) => sum + one.fired, 0),
    firesNow: firing.filter((one) => one.firesNow).length,
    series: firing.slice(0, seriesShown),
  };
}

async function ask(ctx: Context, path: string, form: Record<string, string>): Promise<unknown> {
  const store = theMetricsStore();
  if (!store) throw new AppError('unavailable', alertText.noStore);
  // The store itself adds the organisation to every selector, so no expression can reach beyond it.
  const body = new URLSearchParams({ ...form, 'extra_filters[]': `{org="${ctx.actor.orgId}"}` });
  let answer: Response;
  try {
    answer = await askStore(store, path, body);
  } catch (cause) {
    throw new AppError('unavailable', alertText.noStore, { cause });
  }
  const text = await answer.text();
  if (answer.ok) return JSON.parse(text);
  if (answer.status >= 500) throw new AppError('unavailable', alertText.noStore);
  throw new AppError('invalid', alertText.badExpression(reasonOf(text)));
}

function reasonOf(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: string };
    // What stands before is where in the store it went wrong.
    return (error ?? text).replace(/^.*?(?:cannot parse|error when executing)/, '$&').slice(0, 400);
  } catch {
    return text.slice(0, 400);
  }
}
