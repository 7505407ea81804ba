import type { Wish } from '#src/community/contract/wishes.ts';
import { wishPageText as text } from '#src/community/contract/wishes.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { TextField } from '#src/platform/web/public/form-parts.tsx';
import { Ago, Box } from '../site/parts.tsx';

/** The test of a wish with what it gave on each version; whoever may gives it another. */
export function TestBox({ wish }: { wish: Wish }) {
  const t = useText();
  const { test, trueOn, viewer } = wish;
  if (test === null && !viewer.mayTest) return null;
  return (
    <Box title={t(text.testTitle)}>
      {test && (
        <>
          <pre className="com-wish-test">
            <code>{test.sql}</code>
          </pre>
          {test.results.length === 0 ? (
            <p className="com-dim">{t(text.testWaits)}</p>
          ) : (
            <>
              <p>
                <strong>{t(trueOn === null ? text.notYetTrue : text.trueOn(trueOn))}</strong>
              </p>
              <Results results={test.results} />
            </>
          )}
        </>
      )}
      {viewer.mayTest && (
        <details>
          <summary>{t(test ? text.changeTest : text.testField)}</summary>
          <form method="post" className="com-form">
            <TextField
              label={t(text.testField)}
              hint={t(text.testHint)}
              name="test"
              rows={6}
              maxLength={20_000}
              spellCheck={false}
              defaultValue={test?.sql ?? ''}
            />
            <div className="com-actions">
              <button type="submit" name="intent" value="test" className="com-button" data-kind="quiet">
                {t(text.saveTest)}
              </button>
            </div>
          </form>
        </details>
      )}
    </Box>
  );
}

function Results({ results }: { results: NonNullable<Wish['test']>['results'] }) {
  const t = useText();
  return (
    <ul className="com-plain com-lines">
      {results.map(({ version, passes, message, ranAt }) => (
        <li key={version}>
          <p className="com-meta">
            <span className="com-mark" data-tone={passes ? 'good' : 'bad'}>
              {passes ? '✓' : '✗'} {t((passes ? text.passesOn : text.failsOn)(version))}
            </span>
            <Ago at={ranAt} />
          </p>
          {message !== null && <p className="com-dim">{message}</p>}
        </li>
      ))}
    </ul>
  );
}
