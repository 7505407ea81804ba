import { useFetcher } from 'react-router';
import type { action } from './organisation.page.tsx';

/** One panel's own way to send its form: the rest of the page stays as it is. */
export function usePanel() {
  const fetcher = useFetcher<typeof action>();
  const busy = fetcher.state !== 'idle';
  const answer = fetcher.data;
  return {
    Form: fetcher.Form,
    submit: (fields: Record<string, string>) => void fetcher.submit(fields, { method: 'post' }),
    busy,
    problem: answer?.problem ?? null,
    /** What was asked for and worked. */
    done: !busy && answer && !answer.problem ? answer.intent : null,
    token: answer?.token ?? null,
  };
}
