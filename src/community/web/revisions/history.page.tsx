import { postPath } from '#src/community/contract/addresses.ts';
import { History } from '#src/community/contract/revisions.ts';
import { revisionText as text } from '#src/community/contract/revisions.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { Ago, Box, Breadcrumb, PageGrid, PageHead } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import type { Route } from './+types/history.page.ts';
import { DifferenceView } from './difference.tsx';

export const meta = titled(text.history);

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const { search } = new URL(request.url);
  return context
    .get(apiContext)
    .get(`/api/community/revisions/${encodeURIComponent(params.id)}${search}`, History);
}

export default function HistoryPage({ loaderData: history }: Route.ComponentProps) {
  const t = useText();
  const { post, shown, from } = history;
  const aside = (
    <Box title={t(text.history)}>
      <ol className="com-plain" reversed>
        {history.revisions.map((one) => (
          <li key={one.number}>
            <a
              href={`/posts/${post.id}/history?number=${one.number}`}
              aria-current={one.number === shown ? 'page' : undefined}
            >
              {t(text.revision(one.number))}
            </a>
            <p className="com-meta">
              <MemberLink member={one.editor} />
              <Ago at={one.at} />
            </p>
            {one.note !== '' && (
              <p className="com-dim">
                <bdi>{one.note}</bdi>
              </p>
            )}
          </li>
        ))}
      </ol>
    </Box>
  );
  return (
    <PageGrid aside={aside}>
      <Breadcrumb steps={[{ href: postPath(post), label: post.title }, { label: t(text.history) }]} />
      <PageHead
        title={t(text.revision(shown))}
        lead={from === null ? t(text.first) : t(text.compared(from))}
      />
      <DifferenceView difference={history} />
    </PageGrid>
  );
}
