import { data } from 'react-router';
import {
  type Privilege,
  type QuestionTerms,
  ReputationPage,
  ReputationTerms,
} from '#src/community/contract/privileges.ts';
import {
  privilegeText,
  questionTermText,
  reputationPageText as text,
} from '#src/community/contract/reputation-terms.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field, Refusal } from '#src/platform/web/public/form-parts.tsx';
import { Notice, PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/reputation.page.ts';

export const handle = { hydrate: false, isKept: true };
export const meta = titled(text.title);

const address = '/api/community/reputation';

export async function loader({ context }: Route.LoaderArgs) {
  return context.get(apiContext).get(address, ReputationPage);
}

const groups = { privileges: privilegeText, questions: questionTermText } as const;
type Group = keyof typeof groups;

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const given = Object.fromEntries([...form.keys()].map((name) => [name, fieldOf(form, name)]));
  const wished = Object.fromEntries(
    Object.entries(groups).map(([group, words]) => [
      group,
      Object.fromEntries(Object.keys(words).map((name) => [name, Number(given[`${group}.${name}`])])),
    ]),
  );
  const answer = await formAnswer(context.get(apiContext).put(address, wished, ReputationTerms));
  if ('refused' in answer) return refusedForm(answer.refused, given);
  return data({ problem: null, done: true, given: {} });
}

export default function ReputationPageView({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const format = useFormat();
  const { terms, own, mayChange } = loaderData;
  const given: Record<string, string> = actionData?.given ?? {};
  const reached = (needed: number) => own !== null && own >= needed;
  const byNeed = (Object.keys(privilegeText) as Privilege[]).toSorted(
    (one, other) => terms.privileges[one] - terms.privileges[other],
  );
  return (
    <PageGrid>
      <PageHead
        title={t(text.title)}
        lead={`${t(text.lead)}${own === null ? '' : ` ${t(text.own(format.number(own)))}`}`}
      />
      {actionData?.done && <Notice tone="good">{t(text.saved)}</Notice>}
      <Refusal problem={actionData?.problem} />
      <Table title={t(text.privileges)} value={t(text.from)}>
        {byNeed.map((name) => (
          <tr key={name}>
            <th scope="row">
              {t(privilegeText[name])}
              {reached(terms.privileges[name]) && (
                <>
                  {' '}
                  <span className="com-mark" data-tone="good">
                    {t(text.reached)}
                  </span>
                </>
              )}
            </th>
            <td>{format.number(terms.privileges[name])}</td>
          </tr>
        ))}
      </Table>
      <p>
        <a href="/points/rules">{t(text.amounts)}</a>
      </p>
      <Table title={t(text.questions)} value={t(text.number)}>
        {(Object.keys(questionTermText) as (keyof QuestionTerms)[]).map((name) => (
          <tr key={name}>
            <th scope="row">{t(questionTermText[name])}</th>
            <td>{format.number(terms.questions[name])}</td>
          </tr>
        ))}
      </Table>
      {mayChange && <Change terms={terms} given={given} problem={actionData?.problem} />}
    </PageGrid>
  );
}

function Table(props: { title: string; value: string; children: React.ReactNode }) {
  const t = useText();
  return (
    <section>
      <h2>{props.title}</h2>
      <table className="com-table">
        <thead>
          <tr>
            <th scope="col">{t(text.what)}</th>
            <th scope="col">{props.value}</th>
          </tr>
        </thead>
        <tbody>{props.children}</tbody>
      </table>
    </section>
  );
}

/** The form of those who decide: open when what they gave was refused. */
function Change(props: {
  terms: ReputationTerms;
  given: Record<string, string>;
  problem: Problem | null | undefined;
}) {
  const { terms, given, problem } = props;
  const t = useText();
  const fields = (group: Group) => {
    const values = terms[group] as Record<string, number>;
    return Object.entries<Text>(groups[group]).map(([name, label]) => (
      <Field
        key={name}
        label={t(label)}
        name={`${group}.${name}`}
        type="number"
        step={1}
        required
        defaultValue={given[`${group}.${name}`] ?? values[name]}
        problem={problem}
      />
    ));
  };
  return (
    <details className="com-more" open={problem ? true : undefined}>
      <summary>{t(text.change)}</summary>
      <form method="post" className="com-form">
        <p className="com-dim">{t(text.changeLead)}</p>
        <fieldset>
          <legend>{t(text.privileges)}</legend>
          {fields('privileges')}
        </fieldset>
        <fieldset>
          <legend>{t(text.questions)}</legend>
          {fields('questions')}
        </fieldset>
        <div className="com-actions">
          <button type="submit" className="com-button">
            {t(text.save)}
          </button>
        </div>
      </form>
    </details>
  );
}
