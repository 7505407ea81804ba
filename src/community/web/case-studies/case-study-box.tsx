import { organisationPath } from '#src/community/contract/addresses.ts';
import type { Article } from '#src/community/contract/articles.ts';
import type { CaseStudy } from '#src/community/contract/case-studies.ts';
import { caseStudyText as text } from '#src/community/contract/case-studies.text.ts';
import { industryText } from '#src/community/contract/industries.text.ts';
import { organisationSizeText } from '#src/community/contract/organisations.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { DownloadLine } from '../downloads/download-line.tsx';
import { Box, Notice, Wide } from '../site/parts.tsx';

/** What makes an article a case study: whose case, the figures before and after, and what they say. */
export function CaseStudyBox({ article }: { article: Article }) {
  const t = useText();
  const format = useFormat();
  const study = article.caseStudy;
  if (study === null) return null;
  const { customer } = study;
  return (
    <Box title={t(text.one)}>
      {article.state === 'draft' && <Notice>{t(text.waits(customer.name))}</Notice>}
      <p className="com-meta">
        <a href={organisationPath(customer.slug)}>
          <bdi>{customer.name}</bdi>
        </a>
        <a href={`/case-studies?industry=${study.industry}`}>{t(industryText[study.industry])}</a>
        <span>
          {t(text.companySize)}: {t(organisationSizeText[study.companySize])}
        </span>
      </p>
      <Figures study={study} lang={article.locale} />
      {study.quote !== '' && (
        <figure className="com-quote">
          <blockquote lang={article.locale}>
            <p>{study.quote}</p>
          </blockquote>
          <figcaption>
            <bdi>{study.quotedPerson}</bdi>
            {study.quotedTitle !== '' && <bdi> · {study.quotedTitle}</bdi>}
          </figcaption>
        </figure>
      )}
      {study.approvedAt !== null && (
        <p className="com-dim">{t(text.approvedOn(customer.name, format.date(study.approvedAt)))}</p>
      )}
      <DownloadLine article={article} />
      {study.mayApprove && (
        <form method="post" className="com-actions">
          <input type="hidden" name="revision" value={article.revision} />
          <input type="hidden" name="file" value={study.download?.file ?? ''} />
          {study.approvedAt === null ? (
            <button type="submit" name="intent" value="approve-case" className="com-button">
              {t(text.approve)}
            </button>
          ) : (
            <>
              <button
                type="submit"
                name="intent"
                value="withdraw-case"
                className="com-button"
                data-kind="bad"
              >
                {t(text.withdraw)}
              </button>
              <span className="com-dim">{t(text.withdrawHint)}</span>
            </>
          )}
        </form>
      )}
    </Box>
  );
}

function Figures({ study, lang }: { study: Pick<CaseStudy, 'figures'>; lang: string }) {
  const t = useText();
  const format = useFormat();
  return (
    <Wide>
      <table className="com-table">
        <thead>
          <tr>
            <th scope="col">{t(text.measure)}</th>
            <th scope="col">{t(text.before)}</th>
            <th scope="col">{t(text.after)}</th>
            <th scope="col">{t(text.change)}</th>
          </tr>
        </thead>
        <tbody>
          {study.figures.map((one) => (
            <tr key={one.measure}>
              <th scope="row" lang={lang}>
                {one.measure}
              </th>
              <td>
                {format.number(one.before)} {one.unit}
              </td>
              <td>
                {format.number(one.after)} {one.unit}
              </td>
              <td>{changeOf(one, (percent) => format.number(percent))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

/** The change in percent of what it was; nothing where that was zero. */
function changeOf({ before, after }: { before: number; after: number }, write: (percent: number) => string) {
  if (before === 0) return '–';
  const percent = Math.round(((after - before) / Math.abs(before)) * 100);
  return `${percent > 0 ? '+' : percent < 0 ? '−' : ''}${write(Math.abs(percent))} %`;
}
