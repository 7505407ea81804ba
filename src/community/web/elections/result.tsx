import type { Election } from '#src/community/contract/elections.ts';
import { electionPageText as text } from '#src/community/contract/elections.text.ts';
import type { Stage, Tally } from '#src/community/contract/tallies.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { Box, Notice, Wide } from '../site/parts.tsx';
import './elections.css';

/** What was counted: who is elected, each stage, what the lot decided, and whether a count just now gave the same. */
export function Result(props: { election: Election; tally: Tally; differs: readonly string[] }) {
  const t = useText();
  const format = useFormat();
  const { election, tally, differs } = props;
  const nameOf = (number: number) => election.candidates[number]?.member.name ?? String(number);
  return (
    <Box title={t(text.result)}>
      {tally.stages.length > 0 ? (
        <Stages tally={tally} nameOf={nameOf} />
      ) : (
        <Wide>
          <table className="com-table">
            <tbody>
              {tally.totals.map((total, number) => (
                <tr key={number}>
                  <th scope="row">
                    <bdi>{nameOf(number)}</bdi>
                  </th>
                  <td className="com-number">{total}</td>
                  <td>{tally.winners.includes(number) && <Elected />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Wide>
      )}
      {tally.quota !== null && <p>{t(text.quota(format.number(tally.quota)))}</p>}
      {tally.tied.length > 0 && <Notice>{t(text.tied(tally.tied.map(nameOf).join(', ')))}</Notice>}
      {election.unfinished > 0 && <p>{t(text.unfinished(format.number(election.unfinished)))}</p>}
      <Notice tone={differs.length === 0 ? 'good' : 'bad'}>
        {t(differs.length === 0 ? text.recounted : text.recountDiffers(differs.join(', ')))}
      </Notice>
    </Box>
  );
}

function Elected() {
  const t = useText();
  return (
    <span className="com-mark" data-tone="good">
      {t(text.elected)}
    </span>
  );
}

function Stages({ tally, nameOf }: { tally: Tally; nameOf: (number: number) => string }) {
  const t = useText();
  const words = ({ action, candidate }: Stage) =>
    action === 'first' || candidate === null ? text.first : text[action](nameOf(candidate));
  return (
    <Wide>
      <table className="com-table">
        <thead>
          <tr>
            <th scope="col">{t(text.candidates)}</th>
            {tally.stages.map((stage, n) => (
              <th key={n} scope="col" className="com-number">
                <bdi>{t(words(stage))}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tally.totals.map((_, number) => (
            <tr key={number}>
              <th scope="row">
                <bdi>{nameOf(number)}</bdi> {tally.winners.includes(number) && <Elected />}
              </th>
              {tally.stages.map((stage, n) => (
                <td
                  key={n}
                  className="com-number"
                  data-elected={stage.elected.includes(number) ? '' : undefined}
                >
                  {stage.votes[number]}
                </td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">{t(text.nonTransferable)}</th>
            {tally.stages.map((stage, n) => (
              <td key={n} className="com-number">
                {stage.nonTransferable}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </Wide>
  );
}
