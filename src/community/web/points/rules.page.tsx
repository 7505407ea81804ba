import { data } from 'react-router';
import { type PointRule, PointReplay, PointRules } from '#src/community/contract/points.ts';
import { pointCauseText, pointPageText as text } from '#src/community/contract/points.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field, Refusal } from '#src/platform/web/public/form-parts.tsx';
import { Box, Notice, PageGrid, PageHead, Wide } from '../site/parts.tsx';
import type { Route } from './+types/rules.page.ts';
import './points.css';

export const meta = titled(text.rules);

export const loader = ({ context }: Route.LoaderArgs) =>
  context.get(apiContext).get('/api/community/points/rules', PointRules);

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  const cause = fieldOf(form, 'cause');
  if (cause === '') {
    const answer = await formAnswer(api.post('/api/community/points/replay', undefined, PointReplay));
    if ('refused' in answer) return refusedForm(answer.refused);
    return data({ problem: null, done: true, given: {}, replay: answer.done });
  }
  const given = Object.fromEntries(
    ['cause', 'growth', 'spendable', 'dailyCap', 'actorCap', 'from'].map((name) => [
      name,
      fieldOf(form, name),
    ]),
  );
  const orNull = (name: string) => (given[name] === '' ? null : Number(given[name]));
  const answer = await formAnswer(
    api.put(`/api/community/points/rules/${encodeURIComponent(cause)}`, {
      growth: Number(given['growth']),
      spendable: Number(given['spendable']),
      dailyCap: orNull('dailyCap'),
      actorCap: orNull('actorCap'),
      from: given['from'] === '' ? null : `${given['from']}:00Z`,
    }),
  );
  if ('refused' in answer) return refusedForm(answer.refused, given);
  return data({ problem: null, done: true, given: {}, replay: null });
}

export default function RulesPage({
  loaderData: { now, others, mayChange },
  actionData,
}: Route.ComponentProps) {
  const t = useText();
  const replay = actionData && 'replay' in actionData ? actionData.replay : null;
  return (
    <PageGrid>
      <PageHead title={t(text.rules)} lead={t(text.rulesLead)} />
      <Refusal problem={actionData?.problem} />
      {replay && <Found replay={replay} />}
      <Table rules={now} />
      {mayChange && (
        <>
          {now.map((rule) => (
            <ChangeForm
              key={`${rule.cause} ${rule.version}`}
              rule={rule}
              given={actionData?.given}
              problem={actionData?.problem}
            />
          ))}
          <Box title={t(text.check)}>
            <form method="post" className="com-form">
              <p>{t(text.checkLead)}</p>
              <div className="com-actions">
                <button type="submit" className="com-button" data-kind="quiet">
                  {t(text.check)}
                </button>
              </div>
            </form>
          </Box>
        </>
      )}
      {others.length > 0 && (
        <Box title={t(text.history)}>
          <Table rules={others} />
        </Box>
      )}
    </PageGrid>
  );
}

function useCauseName() {
  const t = useText();
  const causes: Readonly<Record<string, Text>> = pointCauseText;
  return (cause: string) => (causes[cause] ? t(causes[cause]) : cause);
}

function Table({ rules }: { rules: readonly PointRule[] }) {
  const t = useText();
  const format = useFormat();
  const nameOf = useCauseName();
  return (
    <Wide>
      <table className="com-table">
        <thead>
          <tr>
            <th scope="col">{t(text.cause)}</th>
            {[text.growth, text.spendable, text.dailyCap, text.actorCap].map((title) => (
              <th key={title.en} scope="col" className="com-number">
                {t(title)}
              </th>
            ))}
            <th scope="col">{t(text.since)}</th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr key={`${rule.cause} ${rule.version}`}>
              <td>
                {nameOf(rule.cause)} <span className="com-dim">{t(text.version(rule.version))}</span>
              </td>
              {[rule.growth, rule.spendable, rule.dailyCap, rule.actorCap].map((figure, at) => (
                <td key={at} className="com-number">
                  {figure === null ? t(text.noCap) : format.number(figure)}
                </td>
              ))}
              <td>
                {rule.version === 1 ? t(text.noCap) : format.dateTime(rule.from)}
                {rule.until !== null && (
                  <span className="com-dim">
                    {' '}
                    {t(text.until)} {format.dateTime(rule.until)}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

function ChangeForm(props: {
  rule: PointRule;
  given: Record<string, string> | undefined;
  problem: Problem | null | undefined;
}) {
  const t = useText();
  const nameOf = useCauseName();
  const { rule } = props;
  // What was typed comes back in the form that it was typed in.
  const isThis = props.given?.['cause'] === rule.cause;
  const given = isThis ? props.given : undefined;
  const problem = isThis ? props.problem : undefined;
  const figures = [
    { name: 'growth', label: text.growth, value: rule.growth },
    { name: 'spendable', label: text.spendable, value: rule.spendable },
    { name: 'dailyCap', label: text.dailyCap, value: rule.dailyCap },
    { name: 'actorCap', label: text.actorCap, value: rule.actorCap },
  ];
  return (
    <details className="com-box" open={isThis}>
      <summary>
        {t(text.change)}: {nameOf(rule.cause)}
      </summary>
      <form method="post" className="com-form com-row">
        <input type="hidden" name="cause" value={rule.cause} />
        {figures.map(({ name, label, value }) => (
          <Field
            key={name}
            label={t(label)}
            name={name}
            type="number"
            step={1}
            required={name === 'growth' || name === 'spendable'}
            defaultValue={given?.[name] ?? value ?? ''}
            problem={problem}
          />
        ))}
        <Field
          label={t(text.from)}
          name="from"
          type="datetime-local"
          defaultValue={given?.['from']}
          problem={problem}
        />
        <button type="submit" className="com-button">
          {t(text.save)}
        </button>
      </form>
    </details>
  );
}

function Found({ replay }: { replay: PointReplay }) {
  const t = useText();
  const format = useFormat();
  const isRight = replay.differenceCount === 0 && replay.balanceCount === 0;
  return (
    <Notice tone={isRight ? 'good' : 'bad'}>
      {t(text.checked(format.number(replay.entries), format.number(Math.ceil(replay.seconds * 10) / 10)))}{' '}
      {t(isRight ? text.allRight : text.differs(replay.differenceCount, replay.balanceCount))}
      {replay.balances.length > 0 && (
        <ul>
          {replay.balances.map(({ handle, expected, found }) => (
            <li key={handle}>
              @{handle}: {found.growth} / {found.spendable} ≠ {expected.growth} / {expected.spendable}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
