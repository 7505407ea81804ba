import { redirect } from 'react-router';
import type { SignInAnswer } from '#src/identity/contract/sign-in.ts';
import { safeBack } from '#src/platform/web/preferences/preferences.ts';

/** Where the reader goes after a step of signing in; `back` survives the second factor. */
export function nextPage({ next }: SignInAnswer, back: string | null) {
  const query = back === null ? '' : `?back=${encodeURIComponent(safeBack(back))}`;
  if (next === 'second-factor') return redirect(`/sign-in/second-factor${query}`);
  if (next === 'set-up') return redirect('/set-up');
  return redirect(safeBack(back));
}
