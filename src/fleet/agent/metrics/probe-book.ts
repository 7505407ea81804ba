import { labelsOf, Sheet } from './sheet.ts';

/** A probe that took too long is not asked again every time: the pause doubles up to this many of its intervals. */
const longestPause = 4;

/** Remembers for one target which probe is due, and lets none hold another for longer than its own time. */
export class ProbeBook {
  readonly #job: string;
  readonly #clock: () => number;
  readonly #states = new Map<string, { nextAt: number; late: number; failed: boolean; running: boolean }>();

  /** `clock` in milliseconds decides what is due; a bench turns it faster. */
  constructor(job: string, clock: () => number = () => performance.now()) {
    this.#job = job;
    this.#clock = clock;
  }

  /**
   * Does one probe if it is due: true when it succeeded or is not due, false when it failed, took too long, or still hangs from an
   * earlier time. What it found goes to the sheet only when it came in time.
   */
  async probe(
    sheet: Sheet,
    probe: { name: string; everySeconds: number; timeoutSeconds: number },
    work: (found: Sheet) => Promise<void> | void,
  ): Promise<boolean> {
    const state = this.#states.get(probe.name) ?? { nextAt: 0, late: 0, failed: false, running: false };
    this.#states.set(probe.name, state);
    const now = this.#clock();
    // Half a round of tolerance: a timer that comes a moment early must not skip a whole interval.
    if (state.nextAt > now + 2000) return !state.failed;
    const labels = labelsOf({ job: this.#job, probe: probe.name });
    const note = (end: 'good' | 'failed' | 'late', from: number) => {
      const succeeded = end === 'good';
      state.failed = !succeeded;
      state.late = end === 'late' ? state.late + 1 : 0;
      const pause = Math.min(2 ** Math.max(0, state.late - 1), longestPause);
      state.nextAt = from + probe.everySeconds * 1000 * pause;
      sheet.add('elepherd_probe_success', succeeded ? 1 : 0, labels);
      sheet.add('elepherd_probe_duration_seconds', ((this.#clock() - from) / 1000).toFixed(4), labels);
      return succeeded;
    };
    if (state.running) return note('late', now);
    state.running = true;
    const found = new Sheet();
    const working = (async () => work(found))().finally(() => (state.running = false));
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), probe.timeoutSeconds * 1000);
    });
    try {
      const end = await Promise.race([working, tooLong]);
      if (end === 'late') {
        working.catch(() => {});
        return note('late', now);
      }
      sheet.addLines([found.text].filter((text) => text !== ''));
      return note('good', now);
    } catch {
      return note('failed', now);
    } finally {
      clearTimeout(timer);
    }
  }
}
