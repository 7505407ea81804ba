import type { ReactNode } from 'react';
import { data } from 'react-router';
import { currencies } from '#src/community/contract/placements.ts';
import { TermsPage } from '#src/community/contract/terms.ts';
import { termsText as text } from '#src/community/contract/terms.text.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { ChoiceField, Field, Refusal } from '#src/platform/web/public/form-parts.tsx';
import { minorOf } from '../organisations/money.ts';
import { Box, Notice, PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/terms.page.ts';

export const handle = { hydrate: false };
export const meta = titled(text.title);

const address = '/api/community/terms';
const weights = ['must', 'nice', 'perLevel', 'atOrganisation', 'perTier', 'verifiedUse'] as const;
const handled = ['taxableFromMinor', 'deliveredAfterDays', 'couponWorth'] as const;

export const loader = ({ context }: Route.LoaderArgs) => context.get(apiContext).get(address, TermsPage);

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const part = fieldOf(form, 'part');
  const body = readers[part]?.(form);
  const answer = await formAnswer(
    body === undefined ? Promise.resolve() : context.get(apiContext).put(`${address}/${part}`, body),
  );
  if ('refused' in answer) return refusedForm(answer.refused);
  return data({ problem: null, done: true });
}

const numbersIn = (form: FormData, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, Number(fieldOf(form, name))]));
const wishesIn = (form: FormData) => ({
  ...numbersIn(form, weights),
  budget: form.getAll('budget').map(Number),
});
const rewardsIn = (form: FormData) => numbersIn(form, handled);

function organisationsIn(form: FormData) {
  const all = (name: string) => form.getAll(name).map((value) => String(value).trim());
  const [names, chinese, sums] = [all('en'), all('zh'), all('atLeast')];
  const currency = fieldOf(form, 'currency');
  const bands = names.flatMap((en, at) =>
    en === '' && (chinese[at] ?? '') === ''
      ? []
      : [{ name: { en, 'zh-CN': chinese[at] ?? '' }, atLeastMinor: minorOf(sums[at] ?? '', currency) }],
  );
  return { currency, bands };
}

const readers: Record<string, (form: FormData) => object> = {
  wishes: wishesIn,
  rewards: rewardsIn,
  organisations: organisationsIn,
};

export default function TermsPageView({ loaderData: terms, actionData }: Route.ComponentProps) {
  const t = useText();
  const problem = actionData?.problem;
  return (
    <PageGrid>
      <PageHead title={t(text.title)} lead={t(text.lead)} />
      {actionData && 'done' in actionData && <Notice tone="good">{t(text.saved)}</Notice>}
      <Refusal problem={problem} />
      <Part name="wishes" title={t(text.wishes)} lead={t(text.wishesLead)} mayChange={terms.mayChange}>
        <div className="com-row">
          {terms.wishes.budget.map((votes, level) => (
            <NumberField
              key={t(text.budget(level))}
              label={t(text.budget(level))}
              name="budget"
              value={votes}
            />
          ))}
        </div>
        {weights.map((name) => (
          <NumberField
            key={name}
            label={t(text[name])}
            name={name}
            value={terms.wishes[name]}
            problem={problem}
          />
        ))}
      </Part>
      <Part name="rewards" title={t(text.rewards)} mayChange={terms.mayChange}>
        {handled.map((name) => (
          <NumberField
            key={name}
            label={t(text[name])}
            name={name}
            value={terms.rewards[name]}
            problem={problem}
          />
        ))}
      </Part>
      <Part
        name="organisations"
        title={t(text.organisations)}
        lead={t(text.organisationsLead)}
        mayChange={terms.mayChange}
      >
        <Bands terms={terms} />
      </Part>
    </PageGrid>
  );
}

/** One setting: a form for who may change it, the same values to be read by everybody else. */
function Part(props: {
  name: string;
  title: string;
  lead?: string;
  mayChange: boolean;
  children: ReactNode;
}) {
  const t = useText();
  const { name, title, lead, mayChange, children } = props;
  return (
    <Box title={title}>
      {lead !== undefined && <p className="com-dim">{lead}</p>}
      <form method="post" className="com-form">
        <fieldset disabled={!mayChange}>
          <legend className="el-hidden">{title}</legend>
          {children}
          {mayChange && (
            <div className="com-actions">
              <button type="submit" name="part" value={name} className="com-button">
                {t(text.save)}
              </button>
            </div>
          )}
        </fieldset>
      </form>
    </Box>
  );
}

function NumberField(props: {
  label: string;
  name: string;
  value: number;
  problem?: Problem | null | undefined;
}) {
  const { label, name, value, problem } = props;
  return (
    <Field
      label={label}
      name={name}
      type="number"
      min={0}
      step={1}
      required
      defaultValue={value}
      problem={problem}
    />
  );
}

function Bands({ terms: { organisations, mayChange } }: { terms: TermsPage }) {
  const t = useText();
  const { currency, bands } = organisations;
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  // One empty line more, for a level that is new.
  const lines = mayChange ? [...bands, null].slice(0, 10) : bands;
  return (
    <>
      <ChoiceField label={t(text.currency)} name="currency" defaultValue={currency}>
        {currencies.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </ChoiceField>
      {mayChange && <p className="com-dim">{t(text.removeHint)}</p>}
      {lines.map((band) => (
        <div key={band?.atLeastMinor ?? 'new'} className="com-row">
          <Field label={t(text.name)} name="en" maxLength={40} defaultValue={band?.name.en} />
          <Field label={t(text.nameZh)} name="zh" maxLength={40} defaultValue={band?.name['zh-CN']} />
          <Field
            label={t(text.atLeast)}
            name="atLeast"
            type="number"
            min={0}
            step="any"
            defaultValue={band === null ? undefined : band.atLeastMinor / 10 ** digits}
          />
        </div>
      ))}
    </>
  );
}
