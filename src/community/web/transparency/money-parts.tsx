import { organisationPath } from '#src/community/contract/addresses.ts';
import { organisationKindText } from '#src/community/contract/organisations.text.ts';
import type { SponsorList } from '#src/community/contract/sponsorships.ts';
import { transparencyText as text } from '#src/community/contract/transparency.text.ts';
import { useFormat, useLocale, useText } from '#src/platform/web/i18n.tsx';
import { moneyIn } from '../organisations/money.ts';
import { Wide } from '../site/parts.tsx';

/** Who sponsors the community now, each with its page. */
export function Sponsors({ sponsors }: Pick<SponsorList, 'sponsors'>) {
  const t = useText();
  if (sponsors.length === 0) return <p className="com-dim">{t(text.noSponsors)}</p>;
  return (
    <Wide>
      <table className="com-table">
        <thead>
          <tr>
            <th scope="col">{t(text.sponsors)}</th>
            <th scope="col">{t(text.level)}</th>
            <th scope="col">{t(text.years)}</th>
          </tr>
        </thead>
        <tbody>
          {sponsors.map(({ slug, name, level, from, until }) => (
            <tr key={slug}>
              <th scope="row">
                <a href={`${organisationPath(slug)}/sponsorship`} dir="auto">
                  {name}
                </a>
              </th>
              <td>{level ?? '–'}</td>
              <td>{from === until ? from : `${from}–${until}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

/** What the community got for each year, by the kinds of organisations that paid, and their sum. */
export function Income({ income }: Pick<SponsorList, 'income'>) {
  const t = useText();
  const format = useFormat();
  const locale = useLocale();
  if (income.length === 0) return <p className="com-dim">{t(text.noIncome)}</p>;
  return (
    <>
      <p className="com-dim">{t(text.incomeLead)}</p>
      <Wide>
        <table className="com-table">
          <thead>
            <tr>
              <th scope="col">{t(text.year)}</th>
              <th scope="col">{t(text.source)}</th>
              <th scope="col">{t(text.payers)}</th>
              <th scope="col">{t(text.amount)}</th>
            </tr>
          </thead>
          {income.map(({ year, currency, sponsors, totalMinor, sources }) => (
            <tbody key={`${year} ${currency}`}>
              {sources.map((source) => (
                <tr key={source.kind}>
                  <td>{year}</td>
                  <td>
                    {t(source.kind === 'other' ? text.otherSources : organisationKindText[source.kind])}
                  </td>
                  <td>{format.number(source.sponsors)}</td>
                  <td>{moneyIn(source.minor, currency, locale)}</td>
                </tr>
              ))}
              <tr>
                <th scope="row">{year}</th>
                <th scope="row">{t(text.allSources)}</th>
                <td>{format.number(sponsors)}</td>
                <td>{totalMinor === null ? t(text.withheld) : moneyIn(totalMinor, currency, locale)}</td>
              </tr>
            </tbody>
          ))}
        </table>
      </Wide>
    </>
  );
}
