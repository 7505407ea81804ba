import { committeePath } from '#src/community/contract/addresses.ts';
import { AnnualReport } from '#src/community/contract/annual-reports.ts';
import { annualReportText as text } from '#src/community/contract/annual-reports.text.ts';
import { measureWords } from '#src/community/contract/measures.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { localeOf, titleIn, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { addressWith } from '../organisations/address-with.ts';
import { Box, Notice, PageGrid, PageHead, Stat, Tabs, Wide } from '../site/parts.tsx';
import { Income } from '../transparency/money-parts.tsx';
import type { Route } from './+types/annual-report.page.ts';

export const handle = { hydrate: false, isKept: true };

export const meta = (args: Route.MetaArgs) => {
  const locale = localeOf(args);
  return titleIn(locale, text.title(String(args.loaderData?.report.year ?? ''))[locale]);
};

export async function loader({ context, request }: Route.LoaderArgs) {
  const asked = new URL(request.url).searchParams.get('year') ?? '';
  const address = addressWith('/api/community/annual-reports', {
    year: /^2[01]\d\d$/.test(asked) ? asked : undefined,
  });
  return { report: await context.get(apiContext).get(address, AnnualReport) };
}

const hoursOf = (minutes: number) => Math.round(minutes / 6) / 10;

export default function AnnualReportPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  const { report } = loaderData;
  const { year, isOver, measures, plan, areaMonths } = report;
  const years = [year - 1, year, year + 1].map(String);
  return (
    <PageGrid>
      <PageHead title={t(text.title(String(year)))} lead={t(text.lead)} />
      <Tabs
        label={t(text.years)}
        tabs={years.map((one) => ({
          href: `/annual-report?year=${one}`,
          label: one,
          current: one === String(year),
        }))}
      />
      {!isOver && <Notice tone="info">{t(text.running)}</Notice>}
      <Box title={t(text.activity)}>
        <div className="com-stats">
          {measures.map(({ name, value }) => (
            <Stat key={name} value={value} label={t(measureWords(name))} />
          ))}
        </div>
      </Box>
      <Box title={t(text.hours)}>
        <Hours hours={report.hours} />
      </Box>
      <Box title={t(text.goals)} more={{ href: `/goals?year=${year}`, label: t(text.goals) }}>
        <Goals goals={report.goals} />
      </Box>
      <Box title={t(text.government)} more={{ href: '/transparency', label: t(text.transparency) }}>
        <div className="com-stats">
          <Stat value={report.decisions} label={t(text.decisions)} href="/decisions" />
          <Stat value={report.elections} label={t(text.elections)} href="/elections" />
          <Stat value={report.meetings} label={t(text.meetings)} href="/meetings" />
          <Stat value={plan.planned} label={t(text.planned)} href={`/plan?year=${year}`} />
          <Stat value={plan.done} label={t(text.done)} href={`/plan?year=${year}`} />
          <Stat value={plan.onTime} label={t(text.onTime)} href={`/plan?year=${year}`} />
          <Stat value={areaMonths.measured} label={t(text.measured)} href="/areas" />
          <Stat value={areaMonths.met} label={t(text.met)} href="/areas" />
        </div>
      </Box>
      <Box title={t(text.income)}>
        <Income income={report.income} />
      </Box>
    </PageGrid>
  );
}

function Hours({ hours: { minutes, volunteers, areas } }: Pick<AnnualReport, 'hours'>) {
  const t = useText();
  const format = useFormat();
  if (areas.length === 0) return <p className="com-dim">{t(text.noHours)}</p>;
  return (
    <>
      <div className="com-stats">
        <Stat value={hoursOf(minutes)} label={t(text.hourCount)} href="/areas" />
        <Stat value={volunteers} label={t(text.volunteers)} />
      </div>
      <Wide>
        <table className="com-table">
          <thead>
            <tr>
              <th scope="col">{t(text.area)}</th>
              <th scope="col">{t(text.committee)}</th>
              <th scope="col">{t(text.hourCount)}</th>
              <th scope="col">{t(text.volunteers)}</th>
            </tr>
          </thead>
          <tbody>
            {areas.map((area) => (
              <tr key={area.id}>
                <th scope="row">
                  <bdi>{area.name}</bdi>
                </th>
                <td>
                  <a href={committeePath(area.committee.slug)}>{area.committee.name}</a>
                </td>
                <td>{format.number(hoursOf(area.minutes))}</td>
                <td>{format.number(area.volunteers)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </>
  );
}

function Goals({ goals }: Pick<AnnualReport, 'goals'>) {
  const t = useText();
  const format = useFormat();
  if (goals.length === 0) return <p className="com-dim">{t(text.noGoals)}</p>;
  return (
    <Wide>
      <table className="com-table">
        <thead>
          <tr>
            <th scope="col">{t(text.goal)}</th>
            <th scope="col">{t(text.reached)}</th>
          </tr>
        </thead>
        <tbody>
          {goals.map(({ id, title, measure, value, target }) => (
            <tr key={id}>
              <th scope="row">
                <bdi>{title}</bdi>
              </th>
              <td>
                {t(measureWords(measure))} {t(text.of(format.number(value), format.number(target)))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}
