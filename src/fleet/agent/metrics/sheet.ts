/** Figures of one target as they are measured, in Prometheus' text form. */
export class Sheet {
  readonly #lines: string[] = [];

  /** One figure; what is not known is left out. `labels` as `labelsOf` makes them. */
  add(name: string, value: number | string | null | undefined, labels = ''): void {
    if (value === null || value === undefined || value === '') return;
    this.#lines.push(labels === '' ? `${name} ${value}` : `${name}{${labels}} ${value}`);
  }

  /** Lines that are in the form already. */
  addLines(lines: readonly string[]): void {
    for (const line of lines) this.#lines.push(line);
  }

  get text(): string {
    return this.#lines.join('\n');
  }
}

/** Labels in the text form, without braces. */
export function labelsOf(labels: Readonly<Record<string, string | null | undefined>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escape(value ?? '')}"`)
    .join(',');
}

/** The same for names and values that stand in two lists. */
export function labelsFrom(names: readonly string[], values: readonly (string | null | undefined)[]): string {
  let text = '';
  for (let at = 0; at < names.length; at++) {
    text += `${at === 0 ? '' : ','}${names[at]}="${escape(values[at] ?? '')}"`;
  }
  return text;
}

const escape = (value: string) =>
  /["\\\n\r]/.test(value)
    ? value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\r', ' ')
    : value;
