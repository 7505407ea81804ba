import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';

export const spans = { '1h': 3600, '6h': 21_600, '24h': 86_400, '7d': 604_800, '30d': 2_592_000 } as const;
export type Span = keyof typeof spans;

/** What is looked at, in Unix seconds; `span` while the end is now. */
export type Range = { from: number; to: number; span: Span | null; compare: 'none' | 'week' };

/** How often the end of a range that ends now moves on. */
const paceSeconds = 30;
const shortestSeconds = 300;
const longestSeconds = 400 * 86_400;

/** The range of a page, kept in its address, so that a link shows what was seen. */
export function useRange(nowSeconds: number): {
  range: Range;
  choose: (span: Span) => void;
  zoom: (from: number, to: number) => void;
  compare: (on: boolean) => void;
} {
  const [params, setParams] = useSearchParams();
  const [now, setNow] = useState(nowSeconds);
  const from = Number(params.get('from'));
  const to = Number(params.get('to'));
  const isFixed = from > 0 && to > from;
  const wished = params.get('range') ?? '';
  const span: Span = wished in spans ? (wished as Span) : '6h';
  useEffect(() => {
    if (isFixed) return;
    const move = () => {
      if (!document.hidden) setNow(Math.floor(Date.now() / 1000));
    };
    // A month does not change in half a minute.
    const timer = setInterval(move, Math.max(paceSeconds, spans[span] / 1000) * 1000);
    return () => clearInterval(timer);
  }, [isFixed, span]);
  const compare = params.get('compare') === 'week' ? 'week' : 'none';
  const range: Range = isFixed
    ? { from, to, span: null, compare }
    : { from: now - spans[span], to: now, span, compare };
  const change = (changes: Record<string, string | null>) =>
    setParams(
      (before) => {
        for (const [name, value] of Object.entries(changes)) {
          if (value === null) before.delete(name);
          else before.set(name, value);
        }
        return before;
      },
      { preventScrollReset: true },
    );
  return {
    range,
    choose: (next) => {
      setNow(Math.floor(Date.now() / 1000));
      change({ range: next, from: null, to: null });
    },
    zoom: (begin, end) => {
      const length = Math.min(longestSeconds, Math.max(shortestSeconds, end - begin));
      const last = Math.min(Math.floor(Date.now() / 1000), Math.round((begin + end) / 2 + length / 2));
      change({ from: String(Math.round(last - length)), to: String(last), range: null });
    },
    compare: (on) => change({ compare: on ? 'week' : null }),
  };
}
