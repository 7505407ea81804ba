import { OwnModeration, type TrustStanding } from '#src/community/contract/moderation.ts';
import { ownModerationText as text } from '#src/community/contract/moderation-page.text.ts';
import { reputationPageText } from '#src/community/contract/reputation-terms.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Ago, Box, Notice, PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/mine.page.ts';
import { OwnCases } from './own-cases.tsx';
import './moderation.css';

export const meta = titled(text.title);

export async function loader({ context }: Route.LoaderArgs) {
  return context.get(apiContext).get('/api/community/moderation/mine', OwnModeration);
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  const answer = await formAnswer(
    fieldOf(form, 'intent') === 'claim'
      ? api.post('/api/community/takedowns/answer', {
          takedown: Number(fieldOf(form, 'takedown')),
          answer: fieldOf(form, 'answer'),
        })
      : api.post('/api/community/appeals', {
          action: Number(fieldOf(form, 'action')),
          words: fieldOf(form, 'words'),
        }),
  );
  if ('refused' in answer) return refusedForm(answer.refused);
  return { problem: null };
}

export default function MinePage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const format = useFormat();
  const { trust, suspendedUntil, silencedUntil, waiting } = loaderData;
  return (
    <PageGrid aside={<May trust={trust} />}>
      <PageHead title={t(text.title)} lead={t(text.lead)} />
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      {suspendedUntil !== null && (
        <Notice tone="warn">
          {t(text.suspended)} {format.dateTime(suspendedUntil)}. {loaderData.suspendedReason}
        </Notice>
      )}
      {silencedUntil !== null && (
        <Notice tone="warn">
          {t(text.silenced)} {format.dateTime(silencedUntil)}. {loaderData.silencedReason}
        </Notice>
      )}
      <Level trust={trust} />
      {waiting.length > 0 && (
        <Box title={t(text.waiting)}>
          <ul className="com-plain">
            {waiting.map((one) => (
              <li key={one.subject}>
                {one.title} <Ago at={one.at} />
              </li>
            ))}
          </ul>
        </Box>
      )}
      <OwnCases own={loaderData} />
    </PageGrid>
  );
}

function Level({ trust }: { trust: TrustStanding }) {
  const t = useText();
  const format = useFormat();
  const names = [text.level0, text.level1, text.level2, text.level3, text.level4];
  return (
    <Box title={`${t(text.level(trust.level))} · ${t(names[trust.level] ?? text.level0)}`}>
      <ol className="com-mod-steps" aria-hidden="true">
        {names.map((name, level) => (
          <li key={name.en} data-reached={level <= trust.level ? '' : undefined}>
            {t(name)}
          </li>
        ))}
      </ol>
      {trust.isLocked && <p className="com-dim">{t(text.locked)}</p>}
      {trust.graceUntil !== null && (
        <Notice tone="warn">
          {t(text.grace)} {format.date(trust.graceUntil)}.
        </Notice>
      )}
      {trust.next === null ? (
        <p className="com-dim">{t(text.top)}</p>
      ) : (
        <>
          <h3>{t(text.next(trust.next.level))}</h3>
          <ul className="com-mod-needs">
            {trust.next.needs.map((need) => (
              <li key={need.name} data-met={need.isMet ? '' : undefined}>
                <span>{t(text[need.name])}</span>
                <span>
                  {format.number(need.have)} / {format.number(need.need)}
                </span>
                <span className="com-mark" data-tone={need.isMet ? 'good' : 'idle'}>
                  {t(
                    need.isMet ? text.met : need.isLimit ? text.tooMany : text.missing(need.need - need.have),
                  )}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Box>
  );
}

function May({ trust }: { trust: TrustStanding }) {
  const t = useText();
  const { limits } = trust;
  return (
    <Box title={t(text.may)}>
      <ul className="com-plain">
        <li>{t(text.mayTopics(limits.topicsADay))}</li>
        <li>{t(text.mayReplies(limits.repliesADay))}</li>
        <li>{t(text.mayMentions(limits.mentions))}</li>
        {limits.images === null || limits.links === null ? (
          <li>{t(text.anyImages)}</li>
        ) : (
          <>
            <li>{t(text.mayImages(limits.images))}</li>
            <li>{t(text.mayLinks(limits.links))}</li>
          </>
        )}
        <li>{t(limits.mayMessage ? text.mayMessage : text.mayNotMessage)}</li>
        <li>
          <a href="/reputation">{t(reputationPageText.privileges)}</a>
        </li>
      </ul>
    </Box>
  );
}
