/** Keys looked up by one query at most. */
const keysAtOnce = 500;

/**
 * Makes one query of the lookups of one moment: while a query runs, what is asked meanwhile gathers for the next. When ten
 * thousand agents come back at once, this is what lets them in.
 */
export function gatherLookups<V>(
  look: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>,
): (key: string) => Promise<V | undefined> {
  type Waiting = { resolve(value: V | undefined): void; reject(error: unknown): void };
  const waiting = new Map<string, Waiting[]>();
  let isRunning = false;

  const runAll = async () => {
    isRunning = true;
    // What is asked in the same turn of the event loop belongs together.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.size > 0) {
      const batch = [...waiting].slice(0, keysAtOnce);
      for (const [key] of batch) waiting.delete(key);
      try {
        const found = await look(batch.map(([key]) => key));
        for (const [key, all] of batch) for (const one of all) one.resolve(found.get(key));
      } catch (error) {
        for (const [, all] of batch) for (const one of all) one.reject(error);
      }
    }
    isRunning = false;
  };

  return (key) =>
    new Promise((resolve, reject) => {
      const all = waiting.get(key);
      if (all) all.push({ resolve, reject });
      else waiting.set(key, [{ resolve, reject }]);
      if (!isRunning) void runAll();
    });
}
