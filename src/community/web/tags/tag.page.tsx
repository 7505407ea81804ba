import { redirect } from 'react-router';
import { z } from 'zod';
import { tagPath, tagWeightPath } from '#src/community/contract/addresses.ts';
import { feedPath } from '#src/community/contract/feeds.ts';
import { TagPage as TagPageData } from '#src/community/contract/tags.ts';
import { tagWeightPageText, tagWeightText } from '#src/community/contract/tag-weight.text.ts';
import { tagText as text } from '#src/community/contract/tags.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field, Refusal, TextField, TickField } from '#src/platform/web/public/form-parts.tsx';
import { headOf } from '../site/head.ts';
import { Box, EmptyState, PageGrid, PageHead, Pager, Tabs, Tags } from '../site/parts.tsx';
import { PostList } from '../site/posts.tsx';
import type { Route } from './+types/tag.page.ts';

export const handle = { hydrate: false, isKept: true };

export function meta(args: Route.MetaArgs) {
  const { tag, kind, isFirst } = args.loaderData ?? {};
  if (!tag) return [];
  return headOf(args, {
    title: tag.name,
    description: tag.about,
    path: tagPath(tag.name),
    hidden: isFirst === false || kind !== null,
    feed: { path: feedPath('tags', tag.name), title: tag.name },
  });
}

const Kind = z.enum(['article', 'question']).nullable().catch(null);

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const { searchParams, search } = new URL(request.url);
  const kind = Kind.parse(searchParams.get('kind'));
  const cursor = searchParams.get('cursor');
  const query = new URLSearchParams({ ...(kind && { kind }), ...(cursor !== null && { cursor }) });
  const asked = encodeURIComponent(params.name.toLowerCase());
  const tag = await context.get(apiContext).get(`/api/community/tags/${asked}?${query}`, TagPageData);
  if (tag.name !== params.name) throw redirect(tagPath(tag.name) + search, 301);
  return { tag, kind, isFirst: cursor === null };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  const path = `/api/community/tags/${encodeURIComponent(params.name)}`;
  const drop = fieldOf(form, 'drop');
  const synonym = fieldOf(form, 'synonym');
  const answer = await formAnswer(
    drop !== ''
      ? api.delete(`${path}/synonyms/${encodeURIComponent(drop)}`)
      : synonym !== ''
        ? api.post(`${path}/synonyms`, { name: synonym })
        : api.put(path, { about: fieldOf(form, 'about'), isReserved: form.has('isReserved') }),
  );
  if ('refused' in answer) return refusedForm(answer.refused);
  throw redirect(tagPath(params.name));
}

export default function TagPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { tag, kind, isFirst } = loaderData;
  const kinds = { all: text.all, question: text.questions, article: text.articles };
  const hrefOf = (one: string | null, cursor?: string) => {
    const query = new URLSearchParams({
      ...(one !== null && one !== 'all' && { kind: one }),
      ...(cursor && { cursor }),
    });
    return tagPath(tag.name) + (query.size === 0 ? '' : `?${query}`);
  };
  const aside = (tag.related.length > 0 || tag.mayManage || tag.mayWeigh) && (
    <>
      {tag.related.length > 0 && (
        <Box title={t(text.related)}>
          <Tags names={tag.related} />
        </Box>
      )}
      {tag.mayWeigh && (
        <p>
          <a className="com-button" data-kind="quiet" href={tagWeightPath(tag.name)}>
            {t(tagWeightPageText.title(tag.name))}
          </a>
        </p>
      )}
      {tag.mayManage && <Manage tag={tag} problem={actionData?.problem} />}
    </>
  );
  return (
    <PageGrid aside={aside}>
      <PageHead title={<bdi>{tag.name}</bdi>} lead={tag.about}>
        {tag.isReserved && <span className="com-mark">{t(text.reserved)}</span>}
        {tag.weight !== null && tag.weight !== 1 && (
          <span className="com-mark" data-tone={tag.weight === 0 ? 'idle' : 'good'}>
            {t(tagWeightText[tag.weight])}
          </span>
        )}
      </PageHead>
      {tag.synonyms.length > 0 && <p className="com-dim">{t(text.alsoCalled(tag.synonyms.join(' · ')))}</p>}
      <Tabs
        label={tag.name}
        tabs={(['all', 'question', 'article'] as const).map((one) => ({
          href: hrefOf(one),
          label: t(kinds[one]),
          current: one === (kind ?? 'all'),
        }))}
      />
      <PostList posts={tag.posts.items} empty={<EmptyState title={t(text.noPosts)} />} />
      <Pager
        next={tag.posts.nextCursor === null ? null : hrefOf(kind, tag.posts.nextCursor)}
        first={isFirst ? null : hrefOf(kind)}
      />
    </PageGrid>
  );
}

function Manage({ tag, problem }: { tag: TagPageData; problem: Parameters<typeof Refusal>[0]['problem'] }) {
  const t = useText();
  return (
    <Box title={t(text.manage)}>
      <Refusal problem={problem} />
      <form method="post" className="com-form">
        <TextField label={t(text.about)} name="about" maxLength={1000} rows={4} defaultValue={tag.about} />
        <TickField label={t(text.isReserved)} name="isReserved" defaultChecked={tag.isReserved} />
        <div className="com-actions">
          <button type="submit" className="com-button">
            {t(text.save)}
          </button>
        </div>
      </form>
      <form method="post" className="com-form">
        <Field label={t(text.synonym)} hint={t(text.synonymHint)} name="synonym" maxLength={40} required />
        <div className="com-actions">
          <button type="submit" className="com-button" data-kind="quiet">
            {t(text.addSynonym)}
          </button>
        </div>
      </form>
      {tag.synonyms.length > 0 && (
        <form method="post" className="com-actions">
          {tag.synonyms.map((one) => (
            <button key={one} type="submit" name="drop" value={one} className="com-button" data-kind="link">
              {t(text.dropSynonym(one))}
            </button>
          ))}
        </form>
      )}
    </Box>
  );
}
