import { Feed, feedSubjects, wholeFeeds } from '#src/community/contract/feeds.ts';
import { feedText as text, wholeFeedText } from '#src/community/contract/feeds.text.ts';
import { siteText } from '#src/community/contract/site.text.ts';
import type { Locale } from '#src/platform/contract/i18n.ts';
import { apiContext, localeContext, publicUrlContext } from '#src/platform/web/contexts.ts';
import type { Route } from './+types/feed.route.ts';
import { type FeedFormat, feedTypes, writeFeed } from './write-feed.ts';

/** GET /feeds/questions.atom, /feeds/tags/index.rss, /feeds/members/ada.json: the newest for programs that read feeds. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const [subject, name] = params.about === undefined ? [params.file, undefined] : [params.about, params.file];
  const last = name ?? subject;
  const at = last.lastIndexOf('.');
  const format = last.slice(at + 1) as FeedFormat;
  const about = name === undefined ? last.slice(0, at) : subject;
  if (at <= 0 || !(format in feedTypes) || !feedSubjects.some((one) => one === about))
    throw new Response(null, { status: 404 });
  const query = new URLSearchParams({ about, ...(name !== undefined && { name: last.slice(0, at) }) });
  const feed = await context.get(apiContext).get(`/api/community/feeds?${query.toString()}`, Feed);
  const locale = context.get(localeContext);
  const place = {
    title: titleOf(feed, locale),
    publicUrl: context.get(publicUrlContext),
    locale,
  };
  return new Response(writeFeed(format, feed, place), {
    headers: { 'content-type': feedTypes[format], 'x-elepherd-kept': '1' },
  });
}

function titleOf({ about, name }: Feed, locale: Locale): string {
  if (about === 'all') return siteText.brand[locale];
  const kind = wholeFeeds.find((one) => one === about);
  const parts = [kind && wholeFeedText[kind][locale], name];
  return text.about(parts.filter((part) => part !== null && part !== undefined).join(' · '))[locale];
}
