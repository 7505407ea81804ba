import { useEffect, useState } from 'react';
import { useFormat } from '../i18n.tsx';

/** How long ago, kept current; the full time in the reader's zone on hover and for machines. */
export function TimeAgo({ at }: { at: string }) {
  const format = useFormat();
  const now = useNow(20_000);
  return (
    // Server and browser draw seconds apart: their words may differ, and the browser's win on the next tick.
    <time dateTime={at} title={format.fullTime(at)} suppressHydrationWarning>
      {format.ago(at, now)}
    </time>
  );
}

/** The present in milliseconds, renewed at the given pace while somebody looks. */
export function useNow(paceMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => {
      if (!document.hidden) setNow(Date.now());
    }, paceMs);
    return () => clearInterval(timer);
  }, [paceMs]);
  return now;
}
