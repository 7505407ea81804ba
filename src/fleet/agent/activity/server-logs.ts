import { createHash } from 'node:crypto';
import { z } from 'zod';
import { incidentText } from '#src/fleet/contract/incidents.text.ts';
import { findJson, writeJson } from '../files.ts';
import type { Happenings } from '../incidents/happenings.ts';
import { withoutSecrets } from '../incidents/take-evidence.ts';
import { withoutLiterals } from '../metrics/statements.ts';
import { labelsOf, type Sheet } from '../metrics/sheet.ts';
import type { Services } from '../services/services.ts';
import { errorClasses, errorOf, severities } from './error-class.ts';

const everyMs = 20_000;
/** The same trouble again within this time adds nothing to the line of time. */
const quietMs = 10 * 60_000;

const Places = z.record(z.string(), z.string());
type Counts = { severities: Map<string, number>; classes: Map<string, number> };

/** Follows the logs of the servers of this host: counts errors by class, and notes a panic or a damaged page where people look. */
export class ServerLogs {
  readonly #file: string;
  readonly #services: Pick<Services, 'list' | 'wordsSince'>;
  readonly #happenings: Pick<Happenings, 'note'>;
  readonly #counts = new Map<string, Counts>();
  readonly #told = new Map<string, number>();
  #places: Record<string, string> = {};
  #timer: NodeJS.Timeout | undefined;
  /** Two looks at once would read the same lines twice. */
  #looking: Promise<void> | undefined;

  constructor(
    file: string,
    services: Pick<Services, 'list' | 'wordsSince'>,
    happenings: Pick<Happenings, 'note'>,
  ) {
    this.#file = file;
    this.#services = services;
    this.#happenings = happenings;
  }

  async start(): Promise<void> {
    this.#places = (await findJson(this.#file, Places)) ?? {};
    const again = async () => {
      await this.look().catch(() => {});
      this.#timer = setTimeout(() => void again(), everyMs);
    };
    void again();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Reads what the servers said since the last look. */
  look(): Promise<void> {
    this.#looking ??= this.#read().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async #read(): Promise<void> {
    const before = JSON.stringify(this.#places);
    const names = this.#services
      .list()
      .filter(({ program }) => program === 'patroni')
      .map(({ name }) => name);
    for (const name of names) {
      const { lines, place } = await this.#services.wordsSince(name, this.#places[name]);
      if (place === undefined) delete this.#places[name];
      else this.#places[name] = place;
      const counts = this.#countsOf(name);
      for (const line of lines) this.#note(name, counts, line);
    }
    for (const known of Object.keys(this.#places)) if (!names.includes(known)) delete this.#places[known];
    if (JSON.stringify(this.#places) !== before) await writeJson(this.#file, this.#places).catch(() => {});
  }

  /** Writes down how many errors a server has logged. Each class is there from the start, so that its first error shows as one. */
  figures(scope: string, sheet: Sheet): void {
    const counts = this.#counts.get(`patroni-${scope}`);
    if (counts === undefined) return;
    for (const severity of severities)
      sheet.add('pg_log_messages_total', counts.severities.get(severity) ?? 0, labelsOf({ severity }));
    for (const error_class of errorClasses)
      sheet.add('pg_log_errors_total', counts.classes.get(error_class) ?? 0, labelsOf({ error_class }));
  }

  #countsOf(name: string): Counts {
    const found = this.#counts.get(name) ?? { severities: new Map(), classes: new Map() };
    this.#counts.set(name, found);
    return found;
  }

  #note(name: string, counts: Counts, line: string): void {
    const found = errorOf(line);
    if (found === undefined) return;
    const { severity, errorClass, words } = found;
    counts.severities.set(severity, (counts.severities.get(severity) ?? 0) + 1);
    if (severity !== 'WARNING') counts.classes.set(errorClass, (counts.classes.get(errorClass) ?? 0) + 1);
    if (severity !== 'PANIC' && errorClass !== 'corruption') return;
    const now = Date.now();
    const same = `${name} ${severity} ${errorClass}`;
    if (now - (this.#told.get(same) ?? Number.NEGATIVE_INFINITY) < quietMs) return;
    this.#told.set(same, now);
    const said = withoutLiterals(withoutSecrets(words)).slice(0, 400);
    this.#happenings.note({
      kind: 'server',
      severity: 'critical',
      server: name,
      key: `log:${createHash('sha256').update(`${name} ${line}`).digest('hex').slice(0, 40)}`,
      text: severity === 'PANIC' ? incidentText.serverPanic(said) : incidentText.serverDamage(said),
      detail: { class: errorClass },
    });
  }
}
