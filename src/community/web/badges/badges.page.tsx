import { data } from 'react-router';
import { badgeTiers } from '#src/community/contract/badge-marks.ts';
import { BadgeList, BadgeReplay } from '#src/community/contract/badges.ts';
import { badgeText as text } from '#src/community/contract/badges.text.ts';
import { ruledCauses } from '#src/community/contract/points.ts';
import { pointCauseText } from '#src/community/contract/points.text.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { ChoiceField, Field, Refusal, TickField } from '#src/platform/web/public/form-parts.tsx';
import { listHead } from '../site/head.ts';
import { Box, Notice, PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/badges.page.ts';
import { BadgeMark } from './badge-mark.tsx';

export const meta = listHead(text.title, '/badges');

export const loader = ({ context }: Route.LoaderArgs) =>
  context.get(apiContext).get('/api/community/badges', BadgeList);

const fields = ['slug', 'tier', 'en', 'zh', 'aboutEn', 'aboutZh', 'cause', 'per', 'atLeast'] as const;

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  if (fieldOf(form, 'intent') === 'replay') {
    const answer = await formAnswer(api.post('/api/community/badges/replay', undefined, BadgeReplay));
    if ('refused' in answer) return refusedForm(answer.refused);
    return data({ problem: null, done: true, given: {}, replay: answer.done });
  }
  const given: Record<string, string> = Object.fromEntries(fields.map((name) => [name, fieldOf(form, name)]));
  const answer = await formAnswer(
    api.post('/api/community/badges', {
      slug: given['slug'],
      tier: given['tier'],
      name: { en: given['en'], 'zh-CN': given['zh'] },
      about: { en: given['aboutEn'], 'zh-CN': given['aboutZh'] },
      cause: given['cause'],
      per: given['per'],
      atLeast: Number(given['atLeast']),
      many: fieldOf(form, 'many') !== '',
    }),
  );
  if ('refused' in answer) return refusedForm(answer.refused, given);
  return data({ problem: null, done: true, given: {}, replay: null });
}

export default function BadgesPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const format = useFormat();
  const replay = actionData && 'replay' in actionData ? actionData.replay : null;
  return (
    <PageGrid>
      <PageHead title={t(text.title)} lead={t(text.lead)} />
      <Refusal problem={actionData?.problem} />
      {replay && (
        <Notice tone={replay.unexplained === 0 ? 'good' : 'warn'}>
          {t(text.replayed(replay.awards, replay.added, replay.unexplained))}
        </Notice>
      )}
      <ul className="com-cards">
        {loaderData.badges.map((badge) => (
          <li key={badge.slug} className="com-card">
            <BadgeMark badge={badge} />
            <p>{badge.about}</p>
            <p className="com-dim">
              {t(text.members(format.number(badge.members)))}
              {badge.isRetired && ` · ${t(text.retired)}`}
            </p>
          </li>
        ))}
      </ul>
      {loaderData.mayChange && (
        <>
          <CreateForm given={actionData?.given ?? {}} problem={actionData?.problem} />
          <Box title={t(text.replay)}>
            <form method="post" className="com-form">
              <p>{t(text.replayLead)}</p>
              <div className="com-actions">
                <button type="submit" className="com-button" data-kind="quiet" name="intent" value="replay">
                  {t(text.replay)}
                </button>
              </div>
            </form>
          </Box>
        </>
      )}
    </PageGrid>
  );
}

function CreateForm(props: { given: Record<string, string>; problem: Problem | null | undefined }) {
  const t = useText();
  const { given, problem } = props;
  const field = (name: (typeof fields)[number]) => ({ name, defaultValue: given[name], problem });
  return (
    <Box title={t(text.create)}>
      <form method="post" className="com-form">
        <Field label={t(text.name)} {...field('en')} maxLength={40} required />
        <Field label={t(text.nameZh)} {...field('zh')} maxLength={40} required />
        <Field label={t(text.about)} {...field('aboutEn')} maxLength={200} required />
        <Field label={t(text.aboutZh)} {...field('aboutZh')} maxLength={200} required />
        <Field
          label={t(text.slug)}
          {...field('slug')}
          maxLength={40}
          pattern="[a-z][a-z0-9\-]+[a-z0-9]"
          required
        />
        <ChoiceField label={t(text.tier)} {...field('tier')}>
          {badgeTiers.map((tier) => (
            <option key={tier} value={tier}>
              {t(text[tier])}
            </option>
          ))}
        </ChoiceField>
        <ChoiceField label={t(text.cause)} {...field('cause')}>
          {ruledCauses.map((cause) => (
            <option key={cause} value={cause}>
              {t(pointCauseText[cause])}
            </option>
          ))}
        </ChoiceField>
        <ChoiceField label={t(text.per)} {...field('per')}>
          <option value="member">{t(text.perMember)}</option>
          <option value="post">{t(text.perPost)}</option>
        </ChoiceField>
        <Field label={t(text.atLeast)} {...field('atLeast')} type="number" min={1} required />
        <TickField label={t(text.many)} name="many" />
        <div className="com-actions">
          <button type="submit" className="com-button">
            {t(text.create)}
          </button>
        </div>
      </form>
    </Box>
  );
}
