import { useEffect, useRef, useState } from 'react';
import type { ClusterPreview, CreateCluster } from '#src/fleet/contract/clusters.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { problemOf } from '#src/platform/web/api.ts';
import { postTrusted } from '#src/platform/web/browser-api.ts';

const pauseMs = 300;

export type PreviewState = { preview: ClusterPreview; problem: Problem | null; fresh: boolean };

/** What the wish would become, asked again a moment after each change; an answer that is overtaken is dropped. */
export function usePreview(body: CreateCluster, initial: ClusterPreview): PreviewState {
  const [state, setState] = useState<PreviewState>({ preview: initial, problem: null, fresh: true });
  const key = JSON.stringify(body);
  const answered = useRef(key);
  useEffect(() => {
    if (answered.current === key) return;
    let overtaken = false;
    setState((known) => ({ ...known, fresh: false }));
    const timer = setTimeout(async () => {
      try {
        const preview = await postTrusted<ClusterPreview>('/api/fleet/clusters/preview', JSON.parse(key));
        if (overtaken) return;
        answered.current = key;
        setState({ preview, problem: null, fresh: true });
      } catch (error) {
        if (!overtaken) setState((known) => ({ ...known, problem: problemOf(error), fresh: true }));
      }
    }, pauseMs);
    return () => {
      overtaken = true;
      clearTimeout(timer);
    };
  }, [key]);
  return state;
}
