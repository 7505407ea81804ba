import { redirect } from 'react-router';
import { memberPath, valuePath } from '#src/community/contract/addresses.ts';
import { feedPath } from '#src/community/contract/feeds.ts';
import { Profile, profileViews, ProfileView } from '#src/community/contract/members.ts';
import { memberText as text } from '#src/community/contract/members.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Refusal } from '#src/platform/web/public/form-parts.tsx';
import { useViewer } from '#src/platform/web/viewer.ts';
import { Box, EmptyState, PageGrid, Pager, Stat } from '../site/parts.tsx';
import { FollowButton } from '../site/follow-button.tsx';
import { headOf } from '../site/head.ts';
import { profileData } from '../site/json-ld.ts';
import { Avatar } from '../site/people.tsx';
import { PostBody } from '../site/posts.tsx';
import type { Route } from './+types/member.page.ts';
import { Adopted, Entries, Facts, Written } from './member-parts.tsx';

export const meta: Route.MetaFunction = (args) => {
  const profile = args.loaderData?.profile;
  if (!profile) return [];
  return headOf(args, {
    title: profile.name,
    description: profile.headline,
    path: memberPath(profile.handle),
    hidden: !profile.isListed || args.loaderData?.isFirst === false,
    kind: 'profile',
    picture: profile.avatar,
    feed: { path: feedPath('members', profile.handle), title: profile.name },
    data: () => profileData({ ...profile, worksFor: profile.employer?.name }),
  });
};

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const { searchParams } = new URL(request.url);
  const view = ProfileView.safeParse(searchParams.get('view')).data;
  const cursor = searchParams.get('cursor');
  const query = new URLSearchParams({ ...(view && { view }), ...(cursor !== null && { cursor }) });
  const profile = await context
    .get(apiContext)
    .get(`/api/community/members/${encodeURIComponent(params.handle)}?${query}`, Profile);
  if (profile.movedTo !== null) throw redirect(memberPath(profile.movedTo), 301);
  return { profile, isFirst: cursor === null };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const handle = encodeURIComponent(params.handle);
  if (!context.get(viewerContext).user) throw redirect(`/sign-in?back=${memberPath(handle)}`);
  const api = context.get(apiContext);
  const intent = fieldOf(await request.formData(), 'intent');
  const work = {
    follow: () => api.put(`/api/community/follows/member/${handle}`),
    unfollow: () => api.delete(`/api/community/follows/member/${handle}`),
    block: () => api.put(`/api/community/blocks/${handle}`),
    unblock: () => api.delete(`/api/community/blocks/${handle}`),
  }[intent];
  const answer = await formAnswer(work?.() ?? Promise.resolve());
  return 'refused' in answer ? refusedForm(answer.refused) : redirect(memberPath(handle));
}

export default function MemberPage({ loaderData, actionData }: Route.ComponentProps) {
  const { profile, isFirst } = loaderData;
  return (
    <>
      <Refusal problem={actionData?.problem} />
      <Head profile={profile} />
      <PageGrid aside={<Facts profile={profile} />}>
        {profile.aboutHtml !== '' && <PostBody html={profile.aboutHtml} />}
        <Given profile={profile} isFirst={isFirst} />
      </PageGrid>
    </>
  );
}

function Head({ profile }: { profile: Profile }) {
  const t = useText();
  return (
    <div className="com-person">
      <Avatar member={profile} size={96} />
      <div>
        <h1>
          <bdi>{profile.name}</bdi>
        </h1>
        <p className="com-dim">
          @{profile.handle}
          {profile.staff.map((role) => (
            <span key={role} className="com-mark" data-tone="busy">
              {t(text[role])}
            </span>
          ))}
          <a className="com-mark" data-tone="idle" href="/points/levels">
            {profile.level.name}
          </a>
          {profile.isExpert && (
            <span className="com-mark" data-tone="good">
              {t(text.expert)}
            </span>
          )}
        </p>
        {profile.headline !== '' && (
          <p className="com-lead">
            <bdi>{profile.headline}</bdi>
          </p>
        )}
      </div>
      <Doing profile={profile} />
    </div>
  );
}

/** What the reader can do about a member, as forms that need no script. */
function Doing({ profile: { viewer, handle } }: { profile: Profile }) {
  const t = useText();
  const { user } = useViewer();
  if (viewer.isSelf)
    return (
      <div className="com-actions">
        <a className="com-button" data-kind="quiet" href="/settings/community">
          {t(text.editOwn)}
        </a>
      </div>
    );
  if (user === null) return null;
  return (
    <div className="com-actions">
      {!viewer.blocks && (
        <>
          <form method="post">
            <FollowButton follows={viewer.follows} {...(viewer.follows && { kind: 'quiet' })} />
          </form>
          <a className="com-button" data-kind="quiet" href={`/messages/new?to=${handle}`}>
            {t(text.sendMessage)}
          </a>
        </>
      )}
      <form method="post">
        <button
          type="submit"
          name="intent"
          value={viewer.blocks ? 'unblock' : 'block'}
          className="com-button"
          data-kind="quiet"
        >
          {t(viewer.blocks ? text.unblock : text.block)}
        </button>
      </form>
      <a href={`/flag?subject=member:${handle}&back=${memberPath(handle)}`} rel="nofollow">
        {t(text.report)}
      </a>
    </div>
  );
}

/** What a member gave: figures that lead to the rows they count, and one kind of these rows. */
function Given({ profile, isFirst }: { profile: Profile; isFirst: boolean }) {
  const t = useText();
  const { counts, view } = profile;
  const names = {
    articles: text.articles,
    questions: text.questions,
    answers: text.answers,
    accepted: text.acceptedAnswers,
    talks: text.talks,
    translations: text.translations,
    wishes: text.wishesAdopted,
    reputation: text.reputation,
  };
  const hrefOf = (one: ProfileView) => `${memberPath(profile.handle)}?view=${one}`;
  const countOf = (one: ProfileView) => (one === 'reputation' ? profile.reputation : counts[one]);
  const isEmpty = profile.posts.length + profile.entries.length + profile.wishes.length === 0;
  const Rows = view === 'reputation' ? Entries : view === 'wishes' ? Adopted : Written;
  return (
    <Box
      title={t(text.evidence)}
      more={{ href: valuePath(memberPath(profile.handle)), label: t(text.allValue) }}
    >
      <nav className="com-stats" aria-label={t(text.evidence)}>
        {profileViews.map((one) => (
          <Stat
            key={one}
            value={countOf(one)}
            label={t(names[one])}
            href={hrefOf(one)}
            current={one === view}
          />
        ))}
      </nav>
      {isEmpty && <EmptyState title={t(text.nothingYet)} />}
      <Rows profile={profile} />
      <Pager
        next={
          profile.nextCursor === null
            ? null
            : `${memberPath(profile.handle)}?view=${view}&cursor=${encodeURIComponent(profile.nextCursor)}`
        }
        first={isFirst ? null : hrefOf(view)}
      />
    </Box>
  );
}
