// Over 300 lines: the guardian of a host's disks, whose stages share their state.
import { z } from 'zod';
import {
  guardianDefaults,
  type guardianTasks,
  GuardianSettings,
  GuardianStage,
  type GuardedServer,
  type GuardianCause,
  type GuardianReport,
} from '#src/fleet/contract/guardian.ts';
import { guardianText } from '#src/fleet/contract/guardian.text.ts';
import type { Severity } from '#src/fleet/contract/incidents.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { findJson, writeJson } from '../files.ts';
import type { Happenings } from '../incidents/happenings.ts';
import type { Services } from '../services/services.ts';
import type { TaskHandler } from '../tasks/task-context.ts';
import { readServerRoom, type Room } from './disk-room.ts';
import { listGuarded, type Guarded } from './guarded-servers.ts';
import {
  allowWrites,
  causesOf,
  droppable,
  dropSlot,
  endWriters,
  lookAtServer,
  stopWrites,
} from './read-only.ts';
import { keepReserve, readReserve, releaseReserve } from './reserve.ts';
import {
  addSample,
  daysToFull,
  nextStage,
  reserveOf,
  sampleEveryMs,
  thresholdsOf,
  type Sample,
} from './stages.ts';

/** How often the room is looked at: far from full, and near it. A fast disk takes a gigabyte in seconds. */
const calmEveryMs = 5000;
const tenseEveryMs = 1000;
/** How often PostgreSQL itself is asked. */
const calmAskMs = 30_000;
const tenseAskMs = 5000;
const keepEveryMs = 10 * 60_000;
/** A reserve is made again only with this much more than what brings writes back, so that making it never takes room from them. */
const reserveRoom = 2;

const Kept = z.object({
  settings: GuardianSettings,
  servers: z.record(
    z.string(),
    z.object({
      stage: GuardianStage,
      since: z.string(),
      writesAllowedUntil: z.string().nullable(),
      samples: z.array(z.object({ at: z.number(), used: z.number() })),
    }),
  ),
});

type State = {
  stage: GuardianStage;
  since: string;
  writesAllowedUntil: string | null;
  samples: Sample[];
  room: Room | undefined;
  silentSince: number | null;
  silenceTold: boolean;
  reserveBytes: number | undefined;
  /** What PostgreSQL said last; undefined when it did not answer. */
  readOnly: boolean;
  /** Undefined until PostgreSQL was asked. */
  isPrimary: boolean | undefined;
  causes: GuardianCause[];
  askedAt: number;
  firmly: boolean;
};

/**
 * Watches the disks under this host's servers and acts by stages when one fills up, whether or not Elepherd's server can be
 * reached: warns, gives the reserve up, stops writes, and takes all of it back when room has returned. Never touches pg_wal.
 */
export class Guardian {
  readonly #file: string;
  readonly #services: Services;
  readonly #happenings: Happenings;
  readonly #log: (message: string) => void;
  readonly #states = new Map<string, State>();
  #settings: GuardianSettings = guardianDefaults;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #keptAt = 0;
  #stopped = false;
  #guarded: Guarded[] = [];
  /** Called when something changed that a person would notice. */
  onNews: () => void = () => {};

  constructor(options: {
    file: string;
    services: Services;
    happenings: Happenings;
    log: (message: string) => void;
  }) {
    this.#file = options.file;
    this.#services = options.services;
    this.#happenings = options.happenings;
    this.#log = options.log;
  }

  async start(): Promise<void> {
    const kept = await findJson(this.#file, Kept);
    if (kept) {
      this.#settings = kept.settings;
      for (const [name, one] of Object.entries(kept.servers)) this.#states.set(name, { ...blank(), ...one });
    }
    const again = async () => {
      await this.look().catch((error: unknown) =>
        this.#log(`the disks could not be looked at: ${String(error)}`),
      );
      if (!this.#stopped)
        this.#timer = setTimeout(() => void again(), this.#isTense() ? tenseEveryMs : calmEveryMs);
    };
    void again();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  get settings(): GuardianSettings {
    return this.#settings;
  }

  /** Takes what the server wishes; kept for times without a server. */
  async wish(settings: GuardianSettings): Promise<void> {
    if (JSON.stringify(settings) === JSON.stringify(this.#settings)) return;
    this.#settings = settings;
    await this.#keep();
    await this.look();
  }

  /** A person says that room was made (`confirmed`), or that writes go on for so many minutes although there is none. */
  async confirm(writesForMinutes: number): Promise<GuardianReport> {
    await this.#looking;
    const until =
      writesForMinutes > 0 ? new Date(Date.now() + writesForMinutes * 60_000).toISOString() : null;
    for (const state of this.#states.values()) {
      if (state.stage === 'read-only' || until === null) state.writesAllowedUntil = until;
      state.askedAt = 0;
    }
    await this.look(true);
    return this.report();
  }

  /** Looks once; a look under way counts only for those who ask for nothing more. */
  async look(confirmed = false): Promise<void> {
    if (this.#looking !== undefined && !confirmed) return this.#looking;
    await this.#looking;
    this.#looking = this.#lookAtAll(confirmed).finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  report(): GuardianReport {
    const servers = this.#guarded.flatMap(({ name }): GuardedServer[] => {
      const state = this.#states.get(name);
      if (state?.room === undefined) return [];
      const { sizeBytes, freeBytes } = state.room;
      return [
        {
          name,
          stage: state.stage,
          since: state.since,
          answers: state.silentSince === null,
          sizeBytes,
          freeBytes,
          reserveBytes: state.reserveBytes ?? 0,
          thresholds: thresholdsOf(sizeBytes),
          daysToFull: daysToFull(state.samples, freeBytes),
          readOnly: state.readOnly,
          writesAllowedUntil: allowance(state),
          causes: state.causes,
        },
      ];
    });
    return { servers };
  }

  #isTense(): boolean {
    return [...this.#states.values()].some((one) => one.stage !== 'calm');
  }

  async #lookAtAll(confirmed: boolean): Promise<void> {
    this.#guarded = await listGuarded(this.#services);
    const names = new Set(this.#guarded.map((one) => one.name));
    for (const name of this.#states.keys()) if (!names.has(name)) this.#states.delete(name);
    await Promise.all(this.#guarded.map((one) => this.#lookAt(one, confirmed)));
    if (Date.now() - this.#keptAt > keepEveryMs) await this.#keep();
  }

  async #lookAt(server: Guarded, confirmed: boolean): Promise<void> {
    const state = this.#states.get(server.name) ?? blank();
    this.#states.set(server.name, state);
    const room = await readServerRoom(server.dataDirectory);
    if (room === undefined) {
      this.#noteSilence(server, state);
      return;
    }
    state.silentSince = null;
    state.silenceTold = false;
    if (state.room === undefined) this.onNews();
    state.room = room;
    const now = Date.now();
    if (now - (state.samples.at(-1)?.at ?? 0) >= sampleEveryMs)
      state.samples = addSample(state.samples, { at: now, used: room.sizeBytes - room.freeBytes });
    state.reserveBytes ??= await readReserve(server.dataDirectory);
    const at = thresholdsOf(room.sizeBytes);
    const writesAllowed = allowance(state) !== null;
    if (now - state.askedAt >= (state.stage === 'calm' && !state.readOnly ? calmAskMs : tenseAskMs))
      await this.#ask(server, state, room);
    // What PostgreSQL says counts more than what an agent that was started anew remembers.
    const before = state.readOnly ? 'read-only' : state.stage;
    let stage = nextStage(before, room.freeBytes, at, { writesAllowed, confirmed });
    // A replica takes no writes of its own: its primary's guardian decides about writes.
    if (stage === 'read-only' && state.isPrimary === false) stage = 'reserve-released';
    if (this.#settings.mode === 'watch' && stage !== 'calm') stage = 'warned';
    if (stage !== state.stage) this.#move(server, state, stage);
    if (this.#settings.mode === 'watch') {
      if (state.readOnly) await this.#letWrite(server, state);
      return;
    }
    await this.#act(server, state, room);
  }

  /** Brings the host to what the stage asks for; each part is tried again at the next look until it is so. */
  async #act(server: Guarded, state: State, room: Room): Promise<void> {
    const { stage } = state;
    const at = thresholdsOf(room.sizeBytes);
    if ((stage === 'reserve-released' || stage === 'read-only') && (state.reserveBytes ?? 0) > 0) {
      await releaseReserve(server.dataDirectory);
      state.reserveBytes = await readReserve(server.dataDirectory);
      this.#log(`${server.name}: the reserve was given up`);
    }
    if (stage === 'read-only') await this.#holdReadOnly(server, state, room);
    else if (state.readOnly) await this.#letWrite(server, state);
    const wished = reserveOf(room.sizeBytes);
    if (
      stage === 'calm' &&
      state.reserveBytes === 0 &&
      wished > 0 &&
      room.freeBytes > at.warnBytes + reserveRoom * wished
    ) {
      state.reserveBytes = await keepReserve(server.dataDirectory, wished);
      this.onNews();
    }
  }

  async #holdReadOnly(server: Guarded, state: State, room: Room): Promise<void> {
    if (server.place === undefined) return;
    try {
      if (!state.readOnly) {
        const { recoverBytes } = thresholdsOf(room.sizeBytes);
        await stopWrites(server.place, guardianText.isReadOnly(server.name, room.freeBytes, recoverBytes).en);
        state.readOnly = true;
        state.since = new Date().toISOString();
        this.#log(`${server.name}: writes are stopped, ${room.freeBytes} bytes free`);
        this.onNews();
        await endWriters(server.place, state.since, false);
        state.firmly = false;
      } else if (!state.firmly) {
        await endWriters(server.place, state.since, true);
        state.firmly = true;
      }
    } catch (error) {
      // It may be starting again after it met the full disk; the next look tries again.
      this.#log(`${server.name}: writes could not be stopped yet: ${(error as Error).message}`);
    }
  }

  async #letWrite(server: Guarded, state: State): Promise<void> {
    if (server.place === undefined) return;
    try {
      await allowWrites(server.place);
      state.readOnly = false;
      state.firmly = false;
      this.#log(`${server.name}: writes are taken again`);
      this.onNews();
    } catch (error) {
      this.#log(`${server.name}: writes could not be allowed yet: ${(error as Error).message}`);
    }
  }

  async #ask(server: Guarded, state: State, room: Room): Promise<void> {
    state.askedAt = Date.now();
    const seen = server.place && (await lookAtServer(server.place));
    if (seen === undefined || server.place === undefined) return;
    state.isPrimary = seen.is_primary;
    state.readOnly = seen.ours;
    state.causes = causesOf(seen, room.sizeBytes);
    const inNeed = state.stage === 'reserve-released' || state.stage === 'read-only';
    if (!inNeed || !this.#settings.dropInactiveSlots || this.#settings.mode === 'watch') return;
    for (const slot of droppable(seen, room.sizeBytes)) {
      await dropSlot(server.place, slot.name);
      this.#tell(
        server,
        'warning',
        guardianText.slotDropped(shortName(server), slot.name, slot.retained ?? 0),
        {
          slot: slot.name,
        },
      );
    }
  }

  #move(server: Guarded, state: State, stage: GuardianStage): void {
    const before = state.stage;
    const room = state.room!;
    const at = thresholdsOf(room.sizeBytes);
    state.stage = stage;
    state.since = new Date().toISOString();
    if (stage !== 'read-only' && before === 'read-only') state.firmly = false;
    const name = shortName(server);
    const words: Record<GuardianStage, readonly [Severity, Text]> = {
      calm: ['info', guardianText.isCalm(name, room.freeBytes)],
      warned: ['warning', guardianText.isWarned(name, room.freeBytes, at.readOnlyBytes)],
      'reserve-released': ['critical', guardianText.isReleased(name, room.freeBytes, at.readOnlyBytes)],
      'read-only': ['critical', guardianText.isReadOnly(name, room.freeBytes, at.recoverBytes)],
    };
    const [severity, text] = words[stage];
    this.#log(`${server.name}: ${before} → ${stage}, ${room.freeBytes} of ${room.sizeBytes} bytes free`);
    this.#tell(server, severity, text, {
      before,
      stage,
      freeBytes: room.freeBytes,
      sizeBytes: room.sizeBytes,
    });
    void this.#keep();
    this.onNews();
  }

  #noteSilence(server: Guarded, state: State): void {
    // Before the database is made there is nothing to look at.
    if (state.room === undefined) return;
    state.silentSince ??= Date.now();
    if (state.silenceTold || Date.now() - state.silentSince < 10_000) return;
    state.silenceTold = true;
    this.#tell(server, 'critical', guardianText.diskSilent(shortName(server)), { stage: state.stage });
    this.onNews();
  }

  #tell(server: Guarded, severity: Severity, text: Text, detail: Record<string, string | number>): void {
    this.#happenings.note({ kind: 'guardian', severity, server: server.name, key: null, text, detail });
  }

  async #keep(): Promise<void> {
    this.#keptAt = Date.now();
    const servers = Object.fromEntries(
      [...this.#states].map(([name, { stage, since, writesAllowedUntil, samples }]) => [
        name,
        { stage, since, writesAllowedUntil, samples },
      ]),
    );
    // On a full disk it stays in memory; PostgreSQL itself keeps the mark that matters.
    await writeJson(this.#file, { settings: this.#settings, servers }).catch(() => {});
  }
}

const shortName = (server: Guarded) => server.name.replace(/^patroni-/, '');

const allowance = ({ writesAllowedUntil }: State): string | null =>
  writesAllowedUntil !== null && Date.parse(writesAllowedUntil) > Date.now() ? writesAllowedUntil : null;

const blank = (): State => ({
  stage: 'calm',
  since: new Date().toISOString(),
  writesAllowedUntil: null,
  samples: [],
  room: undefined,
  silentSince: null,
  silenceTold: false,
  reserveBytes: undefined,
  readOnly: false,
  isPrimary: undefined,
  causes: [],
  askedAt: 0,
  firmly: false,
});

/** The guardian's tasks, for the agent's table of tasks. */
export const guardianHandlers: { [K in keyof typeof guardianTasks]: TaskHandler<K> } = {
  'look-at-disks': async ({ confirmed, writesForMinutes }, { guardian }) => {
    if (confirmed) return guardian.confirm(writesForMinutes);
    guardian.onNews();
    await guardian.look();
    return guardian.report();
  },
};
