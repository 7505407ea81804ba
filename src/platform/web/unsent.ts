/** What a loader read for a page that leaves without its data: React Router, which writes all data for the browser, finds nothing in it. */
export class Unsent {
  readonly #data: unknown;

  constructor(data: unknown) {
    this.#data = data;
  }

  /** The data of a page's loaders as they gave it. */
  static open(loaderData: Record<string, unknown>): Record<string, unknown> {
    const opened = Object.entries(loaderData).map(([id, one]) => [
      id,
      one instanceof Unsent ? one.#data : one,
    ]);
    return Object.fromEntries(opened) as Record<string, unknown>;
  }
}
