import type { Severity } from '#src/fleet/contract/alerts.ts';
import { shippedRules, type ShippedRule } from './shipped.rules.ts';

/** What an organisation wants otherwise of a shipped rule. */
export type Choice = {
  rule: string;
  enabled: boolean;
  severity: Severity | null;
  threshold: number | null;
  forSeconds: number | null;
};
/** A rule that people wrote. */
export type OwnRule = { id: string; expression: string; forSeconds: number; severity: Severity };

/** The group whose only alert says that the judge lives. */
export const engineRule = 'engine';

/** A shipped rule as an organisation has it. */
export function withChoice(key: keyof typeof shippedRules, choice: Choice | undefined) {
  const shipped: ShippedRule = shippedRules[key];
  const threshold = choice?.threshold ?? shipped.threshold;
  return {
    enabled: choice?.enabled ?? true,
    severity: choice?.severity ?? shipped.severity,
    forSeconds: choice?.forSeconds ?? shipped.forSeconds,
    threshold,
    expression: shipped.expression?.(threshold ?? 0).replace(/\s+/g, ' ') ?? null,
  };
}

/** The rules of one organisation as a file of vmalert: every group sees only series of that organisation, by the store's own filter. */
export function ruleFile(orgId: string, choices: readonly Choice[], own: readonly OwnRule[]): string {
  const chosen = new Map(choices.map((choice) => [choice.rule, choice]));
  const topics = Map.groupBy(
    Object.keys(shippedRules) as (keyof typeof shippedRules)[],
    (key) => shippedRules[key].topic,
  );
  const groups = [...topics].map(([topic, keys]) =>
    group(
      orgId,
      topic,
      keys.flatMap((key) => {
        const { enabled, severity, forSeconds, expression } = withChoice(key, chosen.get(key));
        return enabled && expression !== null ? [rule(orgId, key, expression, forSeconds, severity)] : [];
      }),
    ),
  );
  // Each apart: one that cannot be judged must not stop the others.
  const owned = own.map(({ id, expression, forSeconds, severity }) =>
    group(orgId, id, [rule(orgId, id, expression, forSeconds, severity)]),
  );
  return file([...groups, ...owned].filter(({ rules }) => rules.length > 0));
}

/** The file that makes the judge say every half minute that it lives, as long as it reaches the store. */
export function engineFile(): string {
  const beat = { alert: engineRule, expr: 'vector(1)', for: '0s', labels: { rule: engineRule } };
  return file([{ name: engineRule, interval: '30s', rules: [beat] }]);
}

// JSON is YAML, and nothing in it has to be escaped by rules of our own.
const file = (groups: object[]) => `${JSON.stringify({ groups }, null, 1)}\n`;

function group(orgId: string, name: string, rules: object[]) {
  return {
    name: `${orgId}/${name}`,
    interval: '30s',
    params: { 'extra_filters[]': [`{org="${orgId}"}`] },
    rules,
  };
}

function rule(orgId: string, key: string, expr: string, forSeconds: number, severity: Severity) {
  return {
    alert: key,
    expr,
    for: `${forSeconds}s`,
    labels: { org: orgId, rule: key, severity },
    annotations: { value: '{{ $value }}' },
  };
}
