import { useEffect, useState } from 'react';
import type { RestorePreview, RestorePreviewWish } from '#src/fleet/contract/restores.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { problemOf } from '#src/platform/web/api.ts';
import { postTrusted } from '#src/platform/web/browser-api.ts';
import { paths } from './paths.ts';

const pauseMs = 300;

export type PreviewState = { preview: RestorePreview | null; problem: Problem | null; fresh: boolean };

/** What a restore would do, asked again a moment after each change; an answer that is overtaken is dropped. */
export function useRestorePreview(cluster: string, wish: RestorePreviewWish): PreviewState {
  const [state, setState] = useState<PreviewState>({ preview: null, problem: null, fresh: false });
  const key = JSON.stringify(wish);
  useEffect(() => {
    let overtaken = false;
    setState((known) => ({ ...known, fresh: false }));
    const timer = setTimeout(async () => {
      try {
        const preview = await postTrusted<RestorePreview>(paths.preview(cluster), JSON.parse(key));
        if (!overtaken) setState({ preview, problem: null, fresh: true });
      } catch (error) {
        if (!overtaken) setState({ preview: null, problem: problemOf(error), fresh: true });
      }
    }, pauseMs);
    return () => {
      overtaken = true;
      clearTimeout(timer);
    };
  }, [cluster, key]);
  return state;
}
