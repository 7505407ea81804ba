import type { Offering } from '#src/community/contract/offerings.ts';
import { releaseText as text } from '#src/community/contract/releases.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { Field } from '#src/platform/web/public/form-parts.tsx';
import { Box } from '../site/parts.tsx';

/** The versions of a product, the newest first; managers announce one. */
export function ReleasesBox({ offering }: { offering: Offering }) {
  const t = useText();
  const format = useFormat();
  const { releases, viewer } = offering;
  if (releases.length === 0 && !viewer.isManager) return null;
  return (
    <Box title={t(text.title)}>
      {releases.length === 0 && <p className="com-dim">{t(text.none)}</p>}
      <ul className="com-plain">
        {releases.map(({ version, releasedOn, url, isOut }) => (
          <li key={version} className="com-meta">
            <strong>
              <bdi>{version}</bdi>
            </strong>
            <span>{t((isOut ? text.outSince : text.outOn)(format.date(releasedOn)))}</span>
            {url !== '' && (
              <a href={url} rel="ugc nofollow noopener">
                {t(text.notes)}
              </a>
            )}
          </li>
        ))}
      </ul>
      {viewer.isManager && (
        <details>
          <summary>{t(text.enter)}</summary>
          <form method="post" className="com-form">
            <Field label={t(text.versionField)} name="version" maxLength={40} required />
            <Field label={t(text.dayField)} hint={t(text.hint)} name="releasedOn" type="date" required />
            <Field label={t(text.urlField)} name="url" type="url" maxLength={500} />
            <button type="submit" name="intent" value="release" className="com-button" data-kind="quiet">
              {t(text.enter)}
            </button>
          </form>
        </details>
      )}
    </Box>
  );
}
