import { useEffect, useState } from 'react';
import { problemOf } from '#src/platform/web/api.ts';
import { readTrusted } from '#src/platform/web/browser-api.ts';

export type Live<T> = { value: T; link: 'live' | 'lost' | 'gone' };

/** Something that is read again every few seconds while somebody looks; what the page brought is its beginning. */
export function useLive<T>(path: string, initial: T, paceMs: number): Live<T> {
  const [given, setGiven] = useState(initial);
  const [live, setLive] = useState<Live<T>>({ value: initial, link: 'live' });
  // What a loader read after a command is newer than the last look.
  if (given !== initial) {
    setGiven(initial);
    setLive({ value: initial, link: 'live' });
  }
  useEffect(() => {
    let ended = false;
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      if (!document.hidden) {
        try {
          const value = await readTrusted<T>(path);
          if (!ended) setLive({ value, link: 'live' });
        } catch (error) {
          const link = problemOf(error)?.status === 404 ? 'gone' : 'lost';
          if (!ended) setLive((known) => ({ ...known, link }));
        }
      }
      if (!ended) timer = setTimeout(() => void look(), paceMs);
    };
    timer = setTimeout(() => void look(), paceMs);
    const wake = () => {
      if (document.hidden) return;
      clearTimeout(timer);
      void look();
    };
    document.addEventListener('visibilitychange', wake);
    return () => {
      ended = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', wake);
    };
  }, [path, paceMs, given]);
  return live;
}
