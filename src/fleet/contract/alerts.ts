// Over 300 lines: alerts, their rules, ways to people, silences and turns share one vocabulary.
import { z } from 'zod';
import { Locale, Text } from '#src/platform/contract/i18n.ts';
import { email, line, prose } from '#src/platform/contract/text.ts';

export const severities = ['critical', 'warning', 'info'] as const;
/** critical: a person is needed now; warning: this week; info: good to know. */
export const Severity = z.enum(severities);
export type Severity = z.infer<typeof Severity>;

export const AlertState = z.enum(['firing', 'acknowledged', 'resolved']);
export type AlertState = z.infer<typeof AlertState>;

/** What an alert tells a person who is no DBA. */
export const Explanation = z.object({
  title: Text,
  meaning: Text,
  /** What happens if nobody does anything. */
  ignored: Text,
  /** The next step that can do no harm. */
  nextStep: Text,
});
export type Explanation = z.infer<typeof Explanation>;

const Named = z.object({ id: z.uuid(), name: z.string() });

export const Alert = z.object({
  id: z.uuid(),
  /** Key of a shipped rule, or id of a rule that people wrote. */
  rule: z.string(),
  title: Text,
  severity: Severity,
  state: AlertState,
  summary: Text,
  labels: z.record(z.string(), z.string()),
  value: z.number().nullable(),
  host: Named.nullable(),
  cluster: Named.nullable(),
  startedAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  acknowledgedAt: z.iso.datetime().nullable(),
  acknowledgedBy: z.string().nullable(),
  resolvedAt: z.iso.datetime().nullable(),
  /** Why nobody is told of it now; null when people are. */
  silencedBecause: z.string().nullable(),
});
export type Alert = z.infer<typeof Alert>;

export const AlertEvent = z.object({
  id: z.number().int(),
  at: z.iso.datetime(),
  kind: z.enum(['fired', 'acknowledged', 'told', 'resolved', 'severity']),
  by: z.string().nullable(),
  text: Text,
});
export type AlertEvent = z.infer<typeof AlertEvent>;

export const AlertDetail = Alert.extend({ explanation: Explanation, events: z.array(AlertEvent) });
export type AlertDetail = z.infer<typeof AlertDetail>;

/** How many are open, and whether alerts can be believed to come. */
export const AlertOverview = z.object({
  critical: z.number().int(),
  warning: z.number().int(),
  info: z.number().int(),
  acknowledged: z.number().int(),
  /** When the judge of series last said that it lives; null when it never did. */
  engineSeenAt: z.iso.datetime().nullable(),
  engineAlive: z.boolean(),
});
export type AlertOverview = z.infer<typeof AlertOverview>;

// ---- rules -----------------------------------------------------------------------------------------------------------

const forSeconds = z.number().int().min(0).max(604_800);
const expression = prose(4000).refine((text) => text.trim() !== '', 'must not be empty');

export const ruleTopics = [
  'storage',
  'archive',
  'backup',
  'replication',
  'availability',
  'activity',
  'maintenance',
  'host',
  'elepherd',
  'own',
] as const;
export const RuleTopic = z.enum(ruleTopics);
export type RuleTopic = z.infer<typeof RuleTopic>;

/** A rule as it is judged now. */
export const AlertRule = z.object({
  /** Key of a shipped rule, or an id. */
  rule: z.string(),
  shipped: z.boolean(),
  topic: RuleTopic,
  title: Text,
  enabled: z.boolean(),
  severity: Severity,
  /** MetricsQL; null for what Elepherd says of itself, without series. */
  expression: z.string().nullable(),
  forSeconds: z.number().int(),
  /** The number that a shipped rule compares with; null when it has none. */
  threshold: z.number().nullable(),
  unit: z
    .enum(['days', 'hours', 'minutes', 'seconds', 'percent', 'count', 'bytes', 'transactions'])
    .nullable(),
  /** True when an organisation changed something of a shipped rule. */
  changed: z.boolean(),
  explanation: Explanation,
  firing: z.number().int(),
});
export type AlertRule = z.infer<typeof AlertRule>;

export const CreateAlertRule = z.object({
  name: line(100),
  expression,
  forSeconds: forSeconds.default(60),
  severity: Severity.default('warning'),
  meaning: prose(4000).default(''),
  nextStep: prose(4000).default(''),
  enabled: z.boolean().default(true),
});
export type CreateAlertRule = z.input<typeof CreateAlertRule>;

/** Null gives a shipped rule back what it was shipped with. Name, expression and words belong to rules that people wrote. */
export const UpdateAlertRule = z.object({
  enabled: z.boolean().optional(),
  severity: Severity.nullable().optional(),
  forSeconds: forSeconds.nullable().optional(),
  threshold: z.number().min(-1e15).max(1e15).nullable().optional(),
  name: line(100).optional(),
  expression: expression.optional(),
  meaning: prose(4000).optional(),
  nextStep: prose(4000).optional(),
});
export type UpdateAlertRule = z.infer<typeof UpdateAlertRule>;

export const TestAlertRule = z.object({ expression, forSeconds: forSeconds.default(60) });
export type TestAlertRule = z.input<typeof TestAlertRule>;

/** What a rule would have done in the last day. */
export const RuleTest = z.object({
  /** How often it would have fired. */
  fired: z.number().int(),
  /** For which series, the most often first. */
  series: z
    .array(
      z.object({ labels: z.record(z.string(), z.string()), fired: z.number().int(), firesNow: z.boolean() }),
    )
    .max(20),
  firesNow: z.number().int(),
});
export type RuleTest = z.infer<typeof RuleTest>;

// ---- channels --------------------------------------------------------------------------------------------------------

export const ChannelKind = z.enum(['mail', 'webhook', 'dingtalk', 'wecom', 'feishu']);
export type ChannelKind = z.infer<typeof ChannelKind>;

export const AlertChannel = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: ChannelKind,
  recipients: z.array(z.string()),
  /** The host of its address; the rest is a secret. */
  host: z.string().nullable(),
  signed: z.boolean(),
  severity: Severity,
  language: Locale,
  enabled: z.boolean(),
  /** How the last message went; null before the first. */
  last: z
    .object({
      state: z.enum(['queued', 'sent', 'dead']),
      at: z.iso.datetime(),
      error: z.string().nullable(),
    })
    .nullable(),
});
export type AlertChannel = z.infer<typeof AlertChannel>;

const address = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .refine((url) => !/^\w+:\/\/[^/]*@/.test(url), 'must not hold a name or password before the host');

/** Mail takes recipients, every other kind a URL. The key signs what is sent: a webhook gets one made when none is given. */
export const CreateAlertChannel = z
  .object({
    name: line(100),
    kind: ChannelKind,
    recipients: z.array(email).max(20).default([]),
    url: address.optional(),
    key: z.string().min(1).max(200).optional(),
    severity: Severity.default('info'),
    language: Locale.default('en'),
  })
  .refine((one) => one.kind !== 'mail' || one.recipients.length > 0, {
    path: ['recipients'],
    message: 'must have an address',
  })
  .refine((one) => one.kind === 'mail' || one.url !== undefined, { path: ['url'], message: 'is needed' })
  .refine((one) => one.kind !== 'mail' || one.url === undefined, {
    path: ['url'],
    message: 'has no place in a channel by mail',
  })
  .refine((one) => one.kind !== 'mail' || one.key === undefined, {
    path: ['key'],
    message: 'has no place in a channel by mail',
  });
export type CreateAlertChannel = z.input<typeof CreateAlertChannel>;

/** A channel as it is told once, to whoever made it: with the key that its receiver checks signatures by. */
export const NewAlertChannel = AlertChannel.extend({ key: z.string().nullable() });
export type NewAlertChannel = z.infer<typeof NewAlertChannel>;

export const UpdateAlertChannel = z.object({
  name: line(100).optional(),
  recipients: z.array(email).min(1).max(20).optional(),
  severity: Severity.optional(),
  language: Locale.optional(),
  enabled: z.boolean().optional(),
});
export type UpdateAlertChannel = z.infer<typeof UpdateAlertChannel>;

/** How a test message went. */
export const ChannelTest = z.object({ sent: z.boolean(), error: z.string().nullable() });
export type ChannelTest = z.infer<typeof ChannelTest>;

/** What a webhook is sent, as JSON. */
export const AlertNews = z.object({
  type: z.enum(['alert.news', 'alert.test']),
  timestamp: z.iso.datetime(),
  data: z.object({
    title: z.string(),
    firing: z.number().int(),
    resolved: z.number().int(),
    url: z.string(),
    alerts: z.array(
      z.object({
        id: z.string(),
        rule: z.string(),
        state: z.enum(['firing', 'resolved']),
        severity: Severity,
        summary: z.string(),
        nextStep: z.string(),
        url: z.string(),
        startedAt: z.string(),
      }),
    ),
    /** How many there were beyond those listed. */
    more: z.number().int(),
  }),
});
export type AlertNews = z.infer<typeof AlertNews>;

// ---- silences --------------------------------------------------------------------------------------------------------

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 22:30');
const timeZone = z
  .string()
  .min(1)
  .max(64)
  .refine(isTimeZone, 'must be the name of a time zone, such as Asia/Shanghai');

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** A window that comes again: on these days (0 is Sunday) from this local time for so long. */
export const Repeats = z.object({
  weekdays: z.array(z.number().int().min(0).max(6)).min(1).max(7),
  from: clock,
  minutes: z
    .number()
    .int()
    .min(1)
    .max(24 * 60),
  timeZone,
});
export type Repeats = z.infer<typeof Repeats>;

export const Silence = z.object({
  id: z.uuid(),
  reason: z.string(),
  /** What it covers; all alerts when nothing is said. */
  rule: z.string().nullable(),
  host: Named.nullable(),
  cluster: Named.nullable(),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime().nullable(),
  repeats: Repeats.nullable(),
  active: z.boolean(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
});
export type Silence = z.infer<typeof Silence>;

export const CreateSilence = z
  .object({
    reason: line(500),
    rule: z.string().min(1).max(60).optional(),
    hostId: z.uuid().optional(),
    clusterId: z.uuid().optional(),
    /** Now, when left out. */
    startsAt: z.iso.datetime({ offset: true }).optional(),
    minutes: z
      .number()
      .int()
      .min(1)
      .max(366 * 24 * 60)
      .optional(),
    repeats: Repeats.optional(),
  })
  .refine((one) => one.minutes !== undefined || one.repeats !== undefined, {
    path: ['minutes'],
    message: 'say how long, or when it comes again',
  });
export type CreateSilence = z.infer<typeof CreateSilence>;

// ---- on call ---------------------------------------------------------------------------------------------------------

export const Rota = z.object({
  id: z.uuid(),
  name: z.string(),
  timeZone: z.string(),
  handOver: z.string(),
  turnDays: z.number().int(),
  startsOn: z.iso.date(),
  people: z.array(Named),
  now: Named.nullable(),
  /** Why the person of now is on call: by turn, or standing in. */
  standingIn: z.boolean(),
  /** The turns to come. */
  turns: z.array(z.object({ person: Named, startsAt: z.iso.datetime(), endsAt: z.iso.datetime() })),
  overrides: z.array(
    z.object({ id: z.uuid(), person: Named, startsAt: z.iso.datetime(), endsAt: z.iso.datetime() }),
  ),
});
export type Rota = z.infer<typeof Rota>;

export const SaveRota = z.object({
  name: line(100),
  timeZone,
  handOver: clock,
  turnDays: z.number().int().min(1).max(28),
  startsOn: z.iso.date(),
  accountIds: z.array(z.uuid()).min(1).max(50),
});
export type SaveRota = z.infer<typeof SaveRota>;

export const CreateOverride = z.object({
  accountId: z.uuid(),
  startsAt: z.iso.datetime({ offset: true }),
  endsAt: z.iso.datetime({ offset: true }),
});
export type CreateOverride = z.infer<typeof CreateOverride>;

/** A step of the way up: told when an alert is so old and nobody has acknowledged it. */
export const PolicyStep = z.object({
  afterMinutes: z
    .number()
    .int()
    .min(0)
    .max(7 * 24 * 60),
  channelIds: z.array(z.uuid()).max(20),
  rotaIds: z.array(z.uuid()).max(5),
  /** Also by mail to every owner. */
  owners: z.boolean(),
});
export type PolicyStep = z.infer<typeof PolicyStep>;

export const Policy = z.object({
  /** False while nobody has chosen: then all channels are told at once, and the owners by mail when there is none. */
  chosen: z.boolean(),
  steps: z.array(PolicyStep),
});
export type Policy = z.infer<typeof Policy>;

export const SavePolicy = z.object({ steps: z.array(PolicyStep).min(1).max(10) });
export type SavePolicy = z.infer<typeof SavePolicy>;
