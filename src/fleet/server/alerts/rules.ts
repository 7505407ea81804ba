import { createHash } from 'node:crypto';
import { severities, type Explanation, type Severity } from '#src/fleet/contract/alerts.ts';
import { alertText } from '#src/fleet/contract/alerts.text.ts';
import { placeOf, shippedAlertText, type AlertWords } from '#src/fleet/contract/shipped-alerts.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { isShipped } from '../alert-rules/shipped.rules.ts';

export type Labels = Record<string, string>;

/** Labels that say how it was judged, and nothing of what is wrong. */
const judging = new Set(['__name__', 'alertname', 'alertgroup', 'rule', 'severity', 'org', 'fingerprint']);

/** What is wrong where: labels of an alert without those of its judging. At most 40, each of a bounded length. */
export function plainLabels(labels: Labels): Labels {
  return Object.fromEntries(
    Object.entries(labels)
      .filter(([name]) => !judging.has(name))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .slice(0, 40)
      .map(([name, value]) => [name.slice(0, 100), value.replaceAll('\u0000', '').slice(0, 500)]),
  );
}

/** Makes two words of one trouble one alert. */
export function fingerprintOf(rule: string, labels: Labels): string {
  const parts = Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([rule, parts]))
    .digest('hex');
}

/** A rule that people wrote, as far as words need it. */
export type OwnWords = { name: string; meaning: string; nextStep: string };

const same = (words: string): Text => ({ en: words, 'zh-CN': words });

/** What an alert of a rule tells a person. */
export function explain(rule: string, own: OwnWords | undefined): Explanation {
  if (isShipped(rule)) {
    const { title, meaning, ignored, nextStep } = shippedAlertText[rule];
    return { title, meaning, ignored, nextStep };
  }
  if (!own) {
    return {
      title: alertText.ruleGone,
      meaning: alertText.ruleGoneMeaning,
      ignored: alertText.ownIgnored,
      nextStep: alertText.ownNextStep,
    };
  }
  return {
    title: same(own.name),
    meaning: own.meaning === '' ? alertText.ownMeaning : same(own.meaning),
    ignored: alertText.ownIgnored,
    nextStep: own.nextStep === '' ? alertText.ownNextStep : same(own.nextStep),
  };
}

/** The one sentence about this case. */
export function summarise(rule: string, own: OwnWords | undefined, labels: Labels, value: number): Text {
  if (isShipped(rule)) {
    const words: AlertWords = shippedAlertText[rule];
    return words.summary(labels, value);
  }
  const shown = Number.isInteger(value) ? String(value) : value.toPrecision(4);
  return alertText.ownSummary(own?.name ?? rule, placeOf(labels), shown);
}

/** True when a severity is at least as bad as another. */
export const isAtLeast = (one: Severity, other: Severity): boolean =>
  severities.indexOf(one) <= severities.indexOf(other);
