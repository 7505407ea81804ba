import { homedir } from 'node:os';
import { z } from 'zod';
import * as home from '../contract/home.ts';

/** Every setting of Elepherd, with its meaning. All come from the environment; this file is the only reader. */
const Settings = z.object({
  /** Folder that holds all state. Default: /var/lib/elepherd as root, else ~/.local/share/elepherd. */
  ELEPHERD_HOME: z.string().min(1).optional(),
  /** Port of the web pages and the API. */
  PORT: z.coerce.number().int().min(0).max(65535).default(7433),
  /** Address the web pages and the API listen on; 0.0.0.0 for all. */
  HOST: z.string().default('127.0.0.1'),
  /** Port agents dial (TLS with client certificates). */
  AGENT_PORT: z.coerce.number().int().min(0).max(65535).default(7434),
  /** Address the agents' port listens on; all by default, since hosts dial it and every request there is authenticated. */
  AGENT_HOST: z.string().default('0.0.0.0'),
  /** How hosts reach the agents' port, e.g. https://elepherd.example.com:7434. Default: asked of the person who enrols a host. */
  AGENT_URL: z.url().optional(),
  /** Where people reach the pages, for links in mails and sign-in. Default: http://127.0.0.1:PORT. */
  PUBLIC_URL: z.url().optional(),
  /** Elepherd's own database; without it an embedded PostgreSQL in ELEPHERD_HOME is used. */
  DATABASE_URL: z.string().min(1).optional(),
  /** Connections each server process keeps at most. */
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(12),
  /** Steps and jobs each worker process runs at once. */
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(8),
  /** smtp:// or smtps:// URL of a mail server; without it mails stay in the outbox page. */
  SMTP_URL: z.string().optional(),
  /** Sender of mails. */
  MAIL_FROM: z.string().default('Elepherd <elepherd@localhost>'),
  /** Folder for uploads, or an S3-compatible place: https://endpoint/bucket with the two keys below. */
  FILES_URL: z.string().optional(),
  FILES_ACCESS_KEY: z.string().optional(),
  FILES_SECRET_KEY: z.string().optional(),
  FILES_REGION: z.string().default('us-east-1'),
  /** The largest upload that is taken, in bytes. */
  FILE_BYTES_AT_MOST: z.coerce
    .number()
    .int()
    .min(1024)
    .default(20 * 1024 * 1024),
  /**
   * Where metrics are kept: a VictoriaMetrics, e.g. http://metrics:8428, or the reading side of its cluster version, e.g.
   * http://vmselect:8481/select/0/prometheus. Default: npm start runs one of its own in ELEPHERD_HOME.
   */
  METRICS_URL: z.url().optional(),
  /** The writing side where it differs, e.g. http://vminsert:8480/insert/0/prometheus. */
  METRICS_WRITE_URL: z.url().optional(),
  /** How many months metrics are kept in the VictoriaMetrics that npm start runs. */
  METRICS_MONTHS: z.coerce.number().int().min(1).max(120).default(13),
  /** Port on loopback at which vmalert hands over alerts, as to an Alertmanager, and the token it must know. npm start sets both. */
  ALERT_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  ALERT_TOKEN: z.string().min(16).optional(),
  /** Networks that are not public and that webhooks may reach all the same: 10.0.0.0/8,192.168.1.0/24. */
  OUTGOING_NETWORKS: z.string().default(''),
  /** Where the nightly backup of Elepherd itself goes: best a folder on another machine. Default: ELEPHERD_HOME/backups. */
  SELF_BACKUP_FOLDER: z.string().min(1).optional(),
  /** How many of those are kept. */
  SELF_BACKUP_KEEP: z.coerce.number().int().min(1).max(1000).default(14),
  /** OIDC sign-in: issuer, client and secret. */
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  /** Name on the OIDC sign-in button. */
  OIDC_NAME: z.string().default('OIDC'),
  /** GitHub sign-in: the client of an OAuth app whose callback is PUBLIC_URL/api/identity/sign-in/callback/github. */
  GITHUB_CLIENT_ID: z.string().min(1).optional(),
  GITHUB_CLIENT_SECRET: z.string().min(1).optional(),
  /** Where GitHub is, for an enterprise server of one's own; and its API where that is not where GitHub keeps it. */
  GITHUB_URL: z.url().default('https://github.com'),
  GITHUB_API_URL: z.url().optional(),
  /** Name on the GitHub sign-in button. */
  GITHUB_NAME: z.string().min(1).max(100).default('GitHub'),
  /**
   * A language model that drafts answers for members, off by default: the base of an endpoint that speaks the chat completions
   * of OpenAI (https://models.example.com/v1), the name of the model, its key, and how long an answer may take.
   */
  AI_URL: z.url().optional(),
  AI_MODEL: z.string().min(1).max(100).optional(),
  AI_KEY: z.string().min(1).optional(),
  AI_SECONDS: z.coerce.number().min(0.1).max(300).default(60),
  /**
   * Who may make an account: `invited` (by invitation, and by OIDC or GitHub where that is set up), or `open` for everybody who proves
   * an e-mail address, as a public community wants it. An account belongs to no organisation until one invites it.
   */
  SIGN_UP: z.enum(['open', 'invited']).default('invited'),
  /** Requests to the API a minute from one signed-in person, key or host; 0 for no limit. */
  RATE_SIGNED_IN: z.coerce.number().int().min(0).default(600),
  /** Requests to the API a minute from one address without signing in; 0 for no limit. */
  RATE_ANONYMOUS: z.coerce.number().int().min(0).default(120),
  /** How much is logged: trace, debug, info, warn, error, silent. */
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** How many reverse proxies stand before Elepherd; their X-Forwarded-For is believed. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
});

/** The home folder when none is set. */
export function defaultHome(env: NodeJS.ProcessEnv = process.env): string {
  return home.defaultHome({
    isRoot: process.getuid?.() === 0,
    userHome: homedir(),
    dataHome: env['XDG_DATA_HOME'],
  });
}

/** Settings as the programs use them; throws one readable sentence when a value is wrong. */
export function readConfig(env: NodeJS.ProcessEnv) {
  const parsed = Settings.safeParse(env);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ');
    throw new Error(`The settings in the environment are not right: ${wrong}. Correct them and start again.`);
  }
  const s = parsed.data;
  return {
    ...s,
    home: s.ELEPHERD_HOME ?? defaultHome(env),
    publicUrl: (s.PUBLIC_URL ?? `http://127.0.0.1:${s.PORT}`).replace(/\/$/, ''),
  };
}
export type Config = ReturnType<typeof readConfig>;

const secretNames = [
  'DATABASE_URL',
  'SMTP_URL',
  'FILES_SECRET_KEY',
  'METRICS_URL',
  'METRICS_WRITE_URL',
  'ALERT_TOKEN',
  'OIDC_CLIENT_SECRET',
  'GITHUB_CLIENT_SECRET',
  'AI_KEY',
] as const;

/** The settings of this process; its secrets are gone from the environment afterwards, so no child inherits them unasked. */
export function takeConfig(): Config {
  const config = readConfig(process.env);
  for (const name of secretNames) delete process.env[name];
  return config;
}
