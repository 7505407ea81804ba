import { isRouteErrorResponse, useLocation } from 'react-router';
import type { Text } from '#src/platform/contract/i18n.ts';
import { errorPageText as text } from '#src/platform/contract/error-page.text.ts';
import { problemOf } from '../api.ts';
import { useText } from '../i18n.tsx';
import styles from './error-page.module.css';

/** Says what happened, what stayed safe and what to do; works with and without script, in and out of the console. */
export function ErrorPage({ error }: { error: unknown }) {
  const t = useText();
  const { pathname, search } = useLocation();
  const problem = problemOf(error);
  const status = problem?.status ?? (isRouteErrorResponse(error) ? error.status : isOffline(error) ? 0 : 500);
  const { title, body } = wordsFor(status);
  const here = pathname + search;
  // For what is expected (404, 403) the API's own sentence is closer to the matter than ours.
  const detail = problem?.detail && status !== 500 ? problem.detail : body ? t(body) : '';
  return (
    <div className={styles.page}>
      <title>{`${t(title)} · Elepherd`}</title>
      <p className={styles.code} aria-hidden>
        {status || '···'}
      </p>
      <h1>{t(title)}</h1>
      {detail && <p className={styles.body}>{detail}</p>}
      {problem?.fields && problem.fields.length > 0 && (
        <>
          <h2>{t(text.fieldsAtFault)}</h2>
          <ul>
            {problem.fields.map((field) => (
              <li key={field.path}>
                <code>{field.path}</code> {field.message}
              </li>
            ))}
          </ul>
        </>
      )}
      <p className={styles.actions}>
        {status === 401 && (
          <a className={styles.primary} href={`/sign-in?back=${encodeURIComponent(here)}`}>
            {t(text.signIn)}
          </a>
        )}
        {(status === 0 || status >= 429) && (
          <a className={styles.primary} href={here}>
            {t(text.reload)}
          </a>
        )}
        <a className={styles.secondary} href="/">
          {t(text.home)}
        </a>
      </p>
      {problem?.requestId && status >= 500 && (
        <p className={styles.request}>
          {t(text.requestNumber)} <code>{problem.requestId}</code>
        </p>
      )}
    </div>
  );
}

// What `fetch` throws when there is no connection.
function isOffline(error: unknown): boolean {
  return error instanceof TypeError && /fetch|network|load failed/i.test(error.message);
}

function wordsFor(status: number): { title: Text; body: Text | null } {
  if (status === 0) return { title: text.offlineTitle, body: text.offlineBody };
  if (status === 401) return { title: text.signInTitle, body: text.signInBody };
  if (status === 403) return { title: text.forbiddenTitle, body: text.forbiddenBody };
  if (status === 404) return { title: text.notFoundTitle, body: text.notFoundBody };
  if (status === 429) return { title: text.tooManyTitle, body: null };
  if (status < 500) return { title: text.refusedTitle, body: null };
  return { title: text.brokenTitle, body: text.brokenBody };
}
