import {
  chapterPath,
  committeePath,
  meetingPath,
  memberPath,
  organisationPath,
  postPath,
} from '#src/community/contract/addresses.ts';
import type { Chapter } from '#src/community/contract/chapters.ts';
import type { Media } from '#src/community/contract/media.ts';
import type { ListedMeeting } from '#src/community/contract/meetings.ts';
import type { Organisation } from '#src/community/contract/organisations.ts';
import type { PlanEntry } from '#src/community/contract/plan.ts';
import type { PostKind } from '#src/community/contract/posts.ts';
import type { JsonLd } from './head.ts';

type Someone = { handle: string | null; name: string; avatar?: string | null };

const personOf = ({ handle, name, avatar }: Someone): JsonLd => ({
  '@type': 'Person',
  name,
  url: handle === null ? undefined : memberPath(handle),
  image: avatar ?? undefined,
});

type Written = {
  kind: PostKind;
  id: number;
  slug: string;
  parentId?: number | null;
  author: Someone;
  publishedAt: string;
  editedAt?: string | null;
};

/** An article, as search engines want it: headline, author, dates, address. */
export function articleData(
  article: Written & { title: string; excerpt: string; locale: string; tags: readonly string[] },
): JsonLd {
  return {
    '@type': 'TechArticle',
    headline: article.title.slice(0, 110),
    description: article.excerpt,
    inLanguage: article.locale,
    keywords: article.tags.join(', '),
    author: personOf(article.author),
    datePublished: article.publishedAt,
    dateModified: article.editedAt ?? article.publishedAt,
    url: postPath(article),
    mainEntityOfPage: postPath(article),
  };
}

/** The page of a member. */
export function profileData(
  member: Someone & { headline: string; joinedAt: string; worksFor?: string | undefined },
): JsonLd {
  return {
    '@type': 'ProfilePage',
    dateCreated: member.joinedAt,
    mainEntity: {
      ...personOf(member),
      '@id': member.handle === null ? undefined : memberPath(member.handle),
      alternateName: member.handle ?? undefined,
      description: member.headline === '' ? undefined : member.headline,
      worksFor:
        member.worksFor === undefined ? undefined : { '@type': 'Organization', name: member.worksFor },
    },
  };
}

/** An organisation by its page; a university and a media partner as what they are. */
export function organisationData(
  organisation: Pick<Organisation, 'name' | 'slug' | 'website' | 'country' | 'kind'>,
): JsonLd {
  const { name, slug, website, country, kind } = organisation;
  const page = organisationPath(slug);
  return {
    '@type':
      kind === 'university'
        ? 'CollegeOrUniversity'
        : kind === 'media-partner'
          ? 'NewsMediaOrganization'
          : 'Organization',
    '@id': page,
    name,
    url: website === '' ? page : website,
    mainEntityOfPage: page,
    address: country === '' ? undefined : { '@type': 'PostalAddress', addressCountry: country },
  };
}

/** A chapter by its page, with where it meets. */
export function chapterData(
  chapter: Pick<Chapter, 'name' | 'slug' | 'website' | 'country' | 'city'>,
): JsonLd {
  const { name, slug, website, country, city } = chapter;
  const page = chapterPath(slug);
  return {
    '@type': 'Organization',
    '@id': page,
    name,
    url: website === '' ? page : website,
    mainEntityOfPage: page,
    address: {
      '@type': 'PostalAddress',
      addressCountry: country,
      addressLocality: city === '' ? undefined : city,
    },
  };
}

const online = 'https://schema.org/OnlineEventAttendanceMode';
const scheduled = 'https://schema.org/EventScheduled';

const committeeOf = ({ slug, name }: ListedMeeting['committee']): JsonLd => ({
  '@type': 'Organization',
  name,
  url: committeePath(slug),
});

/** A meeting that every member may join, on its page. */
export function meetingData(
  meeting: Pick<ListedMeeting, 'id' | 'title' | 'startsAt' | 'finishedAt' | 'committee'>,
): JsonLd {
  const url = meetingPath(meeting.id);
  return {
    '@type': 'Event',
    '@id': url,
    name: meeting.title,
    url,
    startDate: meeting.startsAt,
    endDate: meeting.finishedAt ?? undefined,
    eventStatus: scheduled,
    eventAttendanceMode: online,
    location: { '@type': 'VirtualLocation', url },
    organizer: committeeOf(meeting.committee),
    isAccessibleForFree: true,
  };
}

/** A live session that an article announces: where one takes part, who speaks. */
export function sessionData(
  article: Written & { title: string; excerpt: string; locale: string },
  session: Pick<Extract<Media, { kind: 'session' }>, 'url' | 'startsAt' | 'endsAt' | 'speakers'>,
): JsonLd {
  return {
    '@type': 'Event',
    name: article.title,
    description: article.excerpt,
    inLanguage: article.locale,
    url: postPath(article),
    startDate: session.startsAt,
    endDate: session.endsAt,
    eventStatus: scheduled,
    eventAttendanceMode: online,
    location: { '@type': 'VirtualLocation', url: session.url },
    organizer: personOf(article.author),
    performer: session.speakers.map((name) => ({ '@type': 'Person', name })),
  };
}

/** An event of the plan, for whole days; it says so when it was moved or cancelled. */
export function plannedData(
  entry: Pick<
    PlanEntry,
    'title' | 'startsOn' | 'endsOn' | 'plannedOn' | 'place' | 'state' | 'committee' | 'note'
  >,
): JsonLd {
  const isMoved = entry.plannedOn !== entry.startsOn;
  const status =
    entry.state === 'cancelled' ? 'EventCancelled' : isMoved ? 'EventRescheduled' : 'EventScheduled';
  return {
    '@type': 'Event',
    name: entry.title,
    description: entry.note === '' ? undefined : entry.note.slice(0, 500).toWellFormed(),
    url: committeePath(entry.committee.slug),
    startDate: entry.startsOn,
    endDate: entry.endsOn,
    previousStartDate: isMoved ? entry.plannedOn : undefined,
    eventStatus: `https://schema.org/${status}`,
    location: entry.place === '' ? undefined : { '@type': 'Place', name: entry.place, address: entry.place },
    organizer: committeeOf(entry.committee),
  };
}
