import { redirect } from 'react-router';
import { z } from 'zod';
import { type MvpNominee, MvpPage } from '#src/community/contract/mvp.ts';
import { mvpPageText as text } from '#src/community/contract/mvp.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { localeOf, titleIn, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field, Refusal, TextField } from '#src/platform/web/public/form-parts.tsx';
import { useViewer } from '#src/platform/web/viewer.ts';
import { Box, Breadcrumb, EmptyState, PageGrid, PageHead } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import type { Route } from './+types/round.page.ts';
import { PhaseMark } from './phase-mark.tsx';

export function meta(args: Route.MetaArgs) {
  const locale = localeOf(args);
  const round = args.loaderData?.round;
  return titleIn(locale, round ? `${round.year} · ${text[round.kind][locale]}` : text.title[locale]);
}

export const loader = ({ context, params }: Route.LoaderArgs) =>
  context.get(apiContext).get(`/api/community/mvp/${encodeURIComponent(params.round)}`, MvpPage);

export async function action({ context, params, request }: Route.ActionArgs) {
  const round = encodeURIComponent(params.round);
  if (!context.get(viewerContext).user) throw redirect(`/sign-in?back=/mvp/${round}`);
  const form = await request.formData();
  const api = context.get(apiContext);
  const nominee = encodeURIComponent(fieldOf(form, 'nominee'));
  const given = { handle: fieldOf(form, 'handle'), reason: fieldOf(form, 'reason') };
  const work = {
    nominate: () => api.post(`/api/community/mvp/${round}/nominees`, given, z.object({ id: z.number() })),
    score: () =>
      api.put(`/api/community/mvp/nominees/${nominee}/score`, {
        points: Number(fieldOf(form, 'points')),
        note: fieldOf(form, 'note'),
      }),
    publish: () => api.post(`/api/community/mvp/${round}/publish`),
    revoke: () =>
      api.post(`/api/community/mvp/nominees/${nominee}/revoke`, { resolution: fieldOf(form, 'resolution') }),
  }[fieldOf(form, 'intent')];
  const answer = await formAnswer<unknown>(work?.() ?? Promise.resolve());
  return 'refused' in answer ? refusedForm(answer.refused, given) : redirect(`/mvp/${round}`);
}

export default function RoundPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { user } = useViewer();
  const { round, jury, nominees, viewer } = loaderData;
  const title = `${round.year} · ${t(text[round.kind])}`;
  const problem = actionData?.problem;
  const given: Record<string, string> = actionData?.given ?? {};
  return (
    <PageGrid
      aside={
        <Box title={t(text.jury)}>
          <ul className="com-plain">
            {jury.map((member) => (
              <li key={member.handle ?? member.name}>
                <MemberLink member={member} />
              </li>
            ))}
          </ul>
        </Box>
      }
    >
      <Breadcrumb steps={[{ href: '/mvp', label: t(text.title) }, { label: title }]} />
      <PageHead title={title} lead={t(text.rule)} />
      <p>
        <PhaseMark round={round} />
      </p>
      <Refusal problem={problem} />
      {nominees.length === 0 && <EmptyState title={t(text.noNominee)} />}
      <ul className="com-plain com-lines">
        {nominees.map((one) => (
          <Nominee
            key={one.id}
            one={one}
            isScoring={viewer.isJuror && round.phase === 'scoring'}
            mayRevoke={viewer.mayRun && round.kind === 'lifetime'}
          />
        ))}
      </ul>
      {round.phase === 'nominating' && user !== null && (
        <Box title={t(text.nominate)}>
          <form method="post" className="com-form">
            <Field
              label={t(text.who)}
              name="handle"
              maxLength={40}
              required
              defaultValue={given['handle']}
              problem={problem}
            />
            <TextField
              label={t(text.reason)}
              name="reason"
              rows={4}
              maxLength={2000}
              required
              defaultValue={given['reason']}
              problem={problem}
            />
            <div className="com-actions">
              <button type="submit" className="com-button" name="intent" value="nominate">
                {t(text.nominate)}
              </button>
            </div>
          </form>
        </Box>
      )}
      {round.phase === 'counting' && viewer.mayRun && (
        <form method="post" className="com-actions">
          <button type="submit" className="com-button" name="intent" value="publish">
            {t(text.publish)}
          </button>
        </form>
      )}
    </PageGrid>
  );
}

const figures = ['growth', 'articles', 'featured', 'answers', 'accepted', 'edits', 'hours'] as const;

function Nominee(props: { one: MvpNominee; isScoring: boolean; mayRevoke: boolean }) {
  const t = useText();
  const format = useFormat();
  const { one, isScoring, mayRevoke } = props;
  return (
    <li>
      <h2>
        {one.place !== null && `${one.place}. `}
        <MemberLink member={one.member} />{' '}
        {one.isWinner && one.revokedReason === null && (
          <span className="com-mark" data-tone="good">
            ★ {t(text.winner)}
          </span>
        )}
      </h2>
      <p>
        <bdi className="com-lines-kept">{one.reason}</bdi>
      </p>
      <p className="com-meta">
        {figures.map((name) => (
          <span key={name}>
            <strong>{format.number(one.dossier[name])}</strong> {t(text[name])}
          </span>
        ))}
        {one.mean !== null && <span>{t(text.mean(format.number(one.mean)))}</span>}
      </p>
      <p className="com-dim">
        {t(text.by)} <MemberLink member={one.nominatedBy} />
      </p>
      {one.revokedReason !== null && <p>{t(text.revoked(one.revokedReason))}</p>}
      {isScoring && one.conflict !== null && <p className="com-dim">{t(text.conflict)}</p>}
      {isScoring && one.conflict === null && (
        <form method="post" className="com-form com-row">
          <input type="hidden" name="nominee" value={one.id} />
          <Field
            label={t(text.points)}
            name="points"
            type="number"
            min={0}
            max={100}
            required
            defaultValue={one.own?.points}
          />
          <Field label={t(text.note)} name="note" maxLength={1000} defaultValue={one.own?.note} />
          <button type="submit" className="com-button" name="intent" value="score">
            {t(text.score)}
          </button>
        </form>
      )}
      {mayRevoke && one.isWinner && one.revokedReason === null && (
        <details>
          <summary>{t(text.revoke)}</summary>
          <form method="post" className="com-form com-row">
            <input type="hidden" name="nominee" value={one.id} />
            <Field label={t(text.resolution)} name="resolution" maxLength={500} required />
            <button type="submit" className="com-button" data-kind="bad" name="intent" value="revoke">
              {t(text.revoke)}
            </button>
          </form>
        </details>
      )}
    </li>
  );
}
