export type Tone = 'good' | 'warning' | 'bad' | 'quiet' | 'heading';

const codes: Record<Tone, readonly [number, number]> = {
  good: [32, 39],
  warning: [33, 39],
  bad: [31, 39],
  quiet: [2, 22],
  heading: [1, 22],
};

/** Paints a word, or leaves it alone where colour is not wanted. */
export type Style = (tone: Tone, text: string) => string;

/** A painter that paints only when `colour` is true. */
export function styleFor(colour: boolean): Style {
  if (!colour) return (_tone, text) => text;
  return (tone, text) => (text === '' ? '' : `\u001b[${codes[tone][0]}m${text}\u001b[${codes[tone][1]}m`);
}
