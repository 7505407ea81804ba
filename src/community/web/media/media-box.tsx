import { Fragment } from 'react';
import { memberPath } from '#src/community/contract/addresses.ts';
import type { Article } from '#src/community/contract/articles.ts';
import { Handle } from '#src/community/contract/members.ts';
import { mediaText as text } from '#src/community/contract/media.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { CustomElement } from '#src/platform/web/ui/custom-element.tsx';
import { useViewer } from '#src/platform/web/viewer.ts';
import './media.css';

/** Above the words of an article: its recording, its slides, or the session it announces. */
export function MediaBox({ article }: { article: Article }) {
  const t = useText();
  const { media } = article;
  if (media === null) return null;
  if (media.kind === 'session') return <Session article={article} session={media} />;
  if (media.kind === 'audio')
    return (
      <CustomElement name="moments" attributes={{ url: media.url }}>
        <figure className="com-media">
          {/* Nothing is fetched from elsewhere before somebody listens. */}
          {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- the words of the article are the transcript */}
          <audio
            controls
            preload="none"
            src={`/api/community/media/${article.id}/sound`}
            aria-label={t(text.listen)}
          />
          <Length seconds={media.durationSeconds} />
        </figure>
      </CustomElement>
    );
  return (
    <p className="com-media">
      <a className="com-button" href={media.url} rel="ugc nofollow noopener">
        {media.kind === 'video' ? `▶ ${t(text.watch)}` : t(text.open)}
      </a>
      {media.kind === 'video' && <Length seconds={media.durationSeconds} />}
    </p>
  );
}

function Length({ seconds }: { seconds: number | null }) {
  const t = useText();
  if (seconds === null) return null;
  return <span className="com-dim">{t(text.minutes(Math.max(1, Math.round(seconds / 60))))}</span>;
}

const isHandle = (speaker: string) => Handle.safeParse(speaker.slice(1)).success && speaker.startsWith('@');

function Session(props: { article: Article; session: Extract<Article['media'], { kind: 'session' }> }) {
  const t = useText();
  const format = useFormat();
  const { user } = useViewer();
  const { article, session } = props;
  // oxlint-disable-next-line react/purity -- the page is written once, for the moment it is asked for
  const now = Date.now();
  const isOver = Date.parse(session.endsAt) < now;
  const isToCome = Date.parse(session.startsAt) > now;
  return (
    <section className="com-media" data-kind="session">
      <p>
        <time dateTime={session.startsAt}>{format.fullTime(session.startsAt)}</time> –{' '}
        <time dateTime={session.endsAt}>{format.fullTime(session.endsAt)}</time>
      </p>
      {session.speakers.length > 0 && (
        <p>
          {t(text.speakers)}:{' '}
          {session.speakers.map((speaker, at) => (
            <Fragment key={speaker}>
              {at > 0 && ' · '}
              <bdi>{isHandle(speaker) ? <a href={memberPath(speaker.slice(1))}>{speaker}</a> : speaker}</bdi>
            </Fragment>
          ))}
        </p>
      )}
      <form method="post" className="com-actions">
        {!isOver && (
          <a className="com-button" href={session.url} rel="ugc nofollow noopener">
            {t(text.join)}
          </a>
        )}
        {session.replayUrl !== null && (
          <a className="com-button" href={session.replayUrl} rel="ugc nofollow noopener">
            ▶ {t(text.replay)}
          </a>
        )}
        {isToCome && user !== null && (
          <button
            type="submit"
            name="intent"
            value={article.isReminded ? 'remind-not' : 'remind'}
            className="com-button"
            data-kind="quiet"
            title={t(text.remindLead)}
          >
            {t(article.isReminded ? text.remindNot : text.remind)}
          </button>
        )}
      </form>
    </section>
  );
}
