import { redirect } from 'react-router';
import { z } from 'zod';
import { Merge } from '#src/community/contract/merges.ts';
import { mergePageText as text } from '#src/community/contract/merges.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field } from '#src/platform/web/public/form-parts.tsx';
import { Ago, Box, Notice, PageGrid, PageHead } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import type { Route } from './+types/merges.page.ts';
import '../organisations/organisations.css';

export const meta = titled(text.title);

export async function loader({ context }: Route.LoaderArgs) {
  return { merges: await context.get(apiContext).get('/api/community/merges', z.array(Merge)) };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  const undone = fieldOf(form, 'undo');
  const kind = fieldOf(form, 'kind') === 'organisation' ? 'organisation' : 'member';
  const names = ['from', 'into', 'reason'] as const;
  const given = Object.fromEntries(names.map((name) => [name, fieldOf(form, name)]));
  const work: Promise<unknown> =
    undone === ''
      ? api.post(`/api/community/merges/${kind}s`, given, z.object({ id: z.uuid() }))
      : api.post(`/api/community/merges/${encodeURIComponent(undone)}/undo`);
  const answer = await formAnswer(work);
  return 'refused' in answer ? refusedForm(answer.refused, { ...given, kind }) : redirect('/merges');
}

export default function MergesPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { merges } = loaderData;
  const problem = actionData?.problem;
  const given = actionData?.given ?? {};
  const form = (kind: 'member' | 'organisation', title: string, hint: string) => (
    <Box title={title}>
      <form method="post" className="com-form">
        <input type="hidden" name="kind" value={kind} />
        <div className="com-row">
          {(['from', 'into'] as const).map((name) => (
            <Field
              key={name}
              label={t(text[name])}
              hint={hint}
              name={name}
              maxLength={60}
              required
              defaultValue={given['kind'] === kind ? given[name] : ''}
              problem={given['kind'] === kind ? problem : null}
            />
          ))}
        </div>
        <Field
          label={t(text.reason)}
          name="reason"
          maxLength={2000}
          required
          defaultValue={given['kind'] === kind ? given['reason'] : ''}
        />
        <div className="com-actions">
          <button type="submit" className="com-button" data-kind="bad">
            {t(text.merge)}
          </button>
        </div>
      </form>
    </Box>
  );
  return (
    <PageGrid>
      <PageHead title={t(text.title)} lead={t(text.lead)} />
      {problem && <Notice tone="bad">{problem.detail}</Notice>}
      {form('member', t(text.members), t(text.memberHint))}
      {form('organisation', t(text.organisations), t(text.organisationHint))}
      <Box title={t(text.done)}>
        {merges.length === 0 && <p className="com-dim">{t(text.none)}</p>}
        <ul className="com-plain com-lines">
          {merges.map((one) => (
            <li key={one.id}>
              <bdi>{t(text.became(one.from, one.into))}</bdi>
              <p className="com-meta">
                <span className="com-mark" data-tone="idle">
                  {t(text[one.kind])}
                </span>
                {one.doneBy && <MemberLink member={one.doneBy} />}
                <Ago at={one.doneAt} />
                <bdi>{one.reason}</bdi>
                {one.undoneAt !== null && <span className="com-mark">{t(text.undone)}</span>}
              </p>
              {one.isUndoable && (
                <form method="post">
                  <button type="submit" className="com-button" data-kind="quiet" name="undo" value={one.id}>
                    {t(text.undo)}
                  </button>
                </form>
              )}
            </li>
          ))}
        </ul>
      </Box>
    </PageGrid>
  );
}
