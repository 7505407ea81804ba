import { redirect } from 'react-router';
import { wishPath } from '#src/community/contract/addresses.ts';
import { needText, wishAdviceText } from '#src/community/contract/wish-advice.text.ts';
import { needs, Wish } from '#src/community/contract/wishes.ts';
import { facetText } from '#src/community/contract/industries.text.ts';
import { wishPageText as text } from '#src/community/contract/wishes.text.ts';
import { apiContext, localeContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { ChoiceField, Field, TextField, TickField } from '#src/platform/web/public/form-parts.tsx';
import { CustomElement } from '#src/platform/web/ui/custom-element.tsx';
import { IndustryOptions } from '../site/facets.tsx';
import { Notice, PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/new-wish.page.ts';
import '../questions/questions.css';

export const meta = titled(text.make);

const names = [
  'title',
  'industry',
  'capability',
  'problem',
  'strength',
  'needNote',
  'company',
  'databaseSize',
  'businessLogic',
  'businessPains',
  'databasePains',
  'vendors',
  'test',
  'isPrivate',
  'hidesDetails',
] as const;

export function loader({ context }: Route.LoaderArgs) {
  if (!context.get(viewerContext).user) throw redirect('/sign-in?back=%2Fwishes%2Fnew');
  return null;
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const given: Record<string, string> = Object.fromEntries(names.map((name) => [name, fieldOf(form, name)]));
  const body = {
    ...given,
    locale: context.get(localeContext),
    isPrivate: given['isPrivate'] === 'on',
    hidesDetails: given['hidesDetails'] === 'on',
    vendors: (given['vendors'] ?? '').split(/[\s,，、]+/).filter((slug) => slug !== ''),
  };
  const answer = await formAnswer(context.get(apiContext).post('/api/community/wishes', body, Wish));
  if ('refused' in answer) return refusedForm(answer.refused, given);
  throw redirect(wishPath(answer.done));
}

export default function NewWishPage({ actionData }: Route.ComponentProps) {
  const t = useText();
  const problem = actionData?.problem;
  const given: Record<string, string | undefined> = actionData?.given ?? {};
  const field = (name: (typeof names)[number]) => ({ name, defaultValue: given[name], problem });
  const tick = (name: 'isPrivate' | 'hidesDetails') => ({
    name,
    defaultChecked: given[name] === 'on',
    problem,
  });
  return (
    <PageGrid>
      <PageHead title={t(text.make)} lead={t(text.makeLead)} />
      {problem && <Notice tone="bad">{problem.detail}</Notice>}
      <form method="post" className="com-form">
        <Field label={t(text.titleField)} minLength={5} maxLength={200} required {...field('title')} />
        <CustomElement
          name="similar"
          attributes={{ field: 'title', of: 'wishes', heading: t(text.similar) }}
        />
        <div className="com-row">
          <ChoiceField label={t(facetText.industry)} required {...field('industry')}>
            <IndustryOptions />
          </ChoiceField>
          <ChoiceField label={t(text.strengthField)} required {...field('strength')}>
            {needs.map((need) => (
              <option key={need} value={need}>
                {t(needText[need])}
              </option>
            ))}
          </ChoiceField>
        </div>
        <Field
          label={t(wishAdviceText.noteField)}
          hint={t(wishAdviceText.noteHint)}
          maxLength={500}
          {...field('needNote')}
        />
        <TextField
          label={t(text.capabilityField)}
          rows={5}
          minLength={10}
          maxLength={4000}
          required
          {...field('capability')}
        />
        <TextField
          label={t(text.problemField)}
          rows={5}
          minLength={10}
          maxLength={4000}
          required
          {...field('problem')}
        />
        <h2>{t(text.detailsTitle)}</h2>
        <div className="com-row">
          <Field label={t(text.companyField)} maxLength={200} {...field('company')} />
          <Field label={t(text.sizeField)} maxLength={200} {...field('databaseSize')} />
        </div>
        <TextField label={t(text.logicField)} rows={3} maxLength={4000} {...field('businessLogic')} />
        <TextField label={t(text.businessPainsField)} rows={3} maxLength={4000} {...field('businessPains')} />
        <TextField label={t(text.databasePainsField)} rows={3} maxLength={4000} {...field('databasePains')} />
        <TextField
          label={t(text.testField)}
          hint={t(text.testHint)}
          rows={4}
          maxLength={20_000}
          spellCheck={false}
          {...field('test')}
        />
        <h2>{t(text.seenTitle)}</h2>
        <Field
          label={t(text.vendorsField)}
          hint={t(text.vendorsHint)}
          maxLength={650}
          {...field('vendors')}
        />
        <TickField label={t(text.privateField)} {...tick('isPrivate')} />
        <TickField label={t(text.hideField)} {...tick('hidesDetails')} />
        <div className="com-actions">
          <button type="submit" className="com-button">
            {t(text.send)}
          </button>
        </div>
      </form>
    </PageGrid>
  );
}
