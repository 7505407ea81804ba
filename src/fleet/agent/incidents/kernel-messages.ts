import { createHash } from 'node:crypto';
import { z } from 'zod';
import { incidentText } from '#src/fleet/contract/incidents.text.ts';
import type { Severity } from '#src/fleet/contract/incidents.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { findJson, writeJson } from '../files.ts';
import { run } from '../programs.ts';
import { hasSystemd } from '../services/systemd-keeper.ts';
import type { Happenings } from './happenings.ts';

const everyMs = 20_000;
/** The same trouble again within this time adds nothing. */
const quietMs = 10 * 60_000;
const atMostAnHour = 20;

type Class = { name: string; pattern: RegExp; severity: Severity; text: (what: string) => Text };

/** What in a kernel's log is news for whoever looks after databases; the first that fits counts. */
const classes: readonly Class[] = [
  {
    name: 'oom',
    pattern: /Out of memory: Killed process|oom-kill:constraint|Memory cgroup out of memory/,
    severity: 'critical',
    text: incidentText.kernelOom,
  },
  {
    name: 'read-only',
    pattern:
      /Remounting filesystem read-only|re-mounted.* ro\b|Aborting journal|Shutting down filesystem|forced readonly/i,
    severity: 'critical',
    text: incidentText.kernelReadOnly,
  },
  {
    name: 'file-system',
    pattern:
      /EXT4-fs error|XFS .*(?:[Cc]orruption|metadata I\/O error)|BTRFS (?:error|critical)|BTRFS: error/,
    severity: 'critical',
    text: incidentText.kernelFileSystem,
  },
  {
    name: 'io',
    pattern:
      /I\/O error|(?:critical|unrecovered) (?:medium|target) error|Medium Error|ata\d+(?:\.\d+)?: (?:failed command|exception)|nvme\S*: (?:I\/O \d+|controller is down)/i,
    severity: 'critical',
    text: incidentText.kernelIo,
  },
  {
    name: 'hardware',
    pattern: /Machine [Cc]heck|\[Hardware Error\]|EDAC .*(?:\bCE\b|\bUE\b)/,
    severity: 'warning',
    text: incidentText.kernelHardware,
  },
  {
    name: 'hung',
    pattern: /task \S+ blocked for more than \d+ seconds|soft lockup|rcu.* detected stalls/,
    severity: 'warning',
    text: incidentText.kernelHung,
  },
  {
    name: 'crash',
    pattern: /(?:postgres|patroni|etcd|pgbouncer|haproxy)\[\d+\]: segfault/,
    severity: 'critical',
    text: incidentText.kernelCrash,
  },
];

/** The class of one message; undefined for all that is no news. */
export function classify(message: string): Class | undefined {
  return classes.find(({ pattern }) => pattern.test(message));
}

/** What stays the same when the same trouble repeats: without numbers and addresses. */
const sameness = (message: string) => message.replaceAll(/0x[0-9a-f]+|\d+/gi, '#').slice(0, 120);

const Place = z.object({ cursor: z.string() });
const Entry = z.object({
  MESSAGE: z.string(),
  __CURSOR: z.string(),
  __REALTIME_TIMESTAMP: z.string(),
});
type Message = { at: string; text: string };

/** Reads the kernel's messages now and then and notes those that are news; remembers where it was, over its own restarts. */
export class KernelMessages {
  readonly #file: string;
  readonly #happenings: Happenings;
  #place: string | undefined;
  #told = new Map<string, number>();
  #thisHour: number[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(file: string, happenings: Happenings) {
    this.#file = file;
    this.#happenings = happenings;
  }

  async start(): Promise<void> {
    this.#place = (await findJson(this.#file, Place))?.cursor;
    const again = async () => {
      await this.look().catch(() => {});
      this.#timer = setTimeout(() => void again(), everyMs);
    };
    void again();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async look(): Promise<void> {
    const before = this.#place;
    const messages = hasSystemd() ? await this.#fromJournal() : await this.#fromBuffer();
    for (const message of messages) this.note(message);
    if (this.#place !== undefined && this.#place !== before)
      await writeJson(this.#file, { cursor: this.#place }).catch(() => {});
  }

  /** Notes one message if it is news, and not the same as a moment ago. */
  note({ at, text }: Message): void {
    const found = classify(text);
    if (found === undefined) return;
    const now = Date.parse(at);
    const same = `${found.name} ${sameness(text)}`;
    if (now - (this.#told.get(same) ?? Number.NEGATIVE_INFINITY) < quietMs) return;
    this.#thisHour = this.#thisHour.filter((one) => now - one < 3_600_000);
    if (this.#thisHour.length >= atMostAnHour) return;
    this.#thisHour.push(now);
    this.#told.set(same, now);
    if (this.#told.size > 500) this.#told = new Map([...this.#told].slice(-250));
    const words = text.slice(0, 400);
    this.#happenings.note({
      at,
      kind: 'kernel',
      severity: found.severity,
      server: null,
      // Read twice, it is the same message.
      key: `kernel:${createHash('sha256').update(`${at} ${text}`).digest('hex').slice(0, 40)}`,
      text: found.text(words),
      detail: { class: found.name },
    });
  }

  async #fromJournal(): Promise<Message[]> {
    const from = this.#place === undefined ? ['--lines=200'] : [`--after-cursor=${this.#place}`];
    const argv = ['journalctl', '--dmesg', '--output=json', '--no-pager', '--quiet', ...from];
    const { code, stdout } = await run(argv, { timeoutSeconds: 10 });
    // A journal that was rotated away knows the place no more.
    if (code !== 0) this.#place = undefined;
    return stdout.split('\n').flatMap((line) => {
      const read = Entry.safeParse(parse(line));
      if (!read.success) return [];
      this.#place = read.data.__CURSOR;
      const at = new Date(Number(read.data.__REALTIME_TIMESTAMP) / 1000).toISOString();
      return [{ at, text: read.data.MESSAGE }];
    });
  }

  async #fromBuffer(): Promise<Message[]> {
    const { stdout } = await run(['dmesg', '--time-format=iso', '--level=emerg,alert,crit,err,warn'], {
      timeoutSeconds: 10,
    });
    const fresh = stdout.split('\n').flatMap((line): Message[] => {
      const said = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d),(\d{3})\d*(\S+) (.*)$/.exec(line);
      if (said === null) return [];
      const at = new Date(`${said[1]}.${said[2]}${said[3]}`).toISOString();
      return this.#place !== undefined && at <= this.#place ? [] : [{ at, text: said[4] ?? '' }];
    });
    this.#place = fresh.at(-1)?.at ?? this.#place;
    return fresh.slice(-200);
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
