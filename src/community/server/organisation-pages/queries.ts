import type { OrganisationPage } from '#src/community/contract/organisation-pages.ts';
import { organisationText } from '#src/community/contract/organisations.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { getFigures, listPeople } from '../employments/queries.ts';
import { listManagedOfferings, listOffered } from '../offerings/queries.ts';
import { findOrganisation, getOrganisation } from '../organisations/queries.ts';
import { listOfOrganisation } from '../published/queries.ts';
import { findSponsorLevel } from '../sponsorships/queries.ts';

/** Everything that the page of an organisation shows: itself, its people, what they did, what it offers. */
export async function getOrganisationPage(ctx: Context, slug: string): Promise<OrganisationPage> {
  const found = await findOrganisation(ctx, slug);
  if (!found) throw new AppError('not_found', organisationText.noSuch);
  const [organisation, figures, people, posts, offered, managed, level] = await Promise.all([
    getOrganisation(ctx, slug),
    getFigures(ctx, slug),
    listPeople(ctx, slug, { limit: 8 }),
    listOfOrganisation(ctx, slug, { limit: 10 }),
    listOffered(ctx, found.id),
    found.isManager ? listManagedOfferings(ctx, found.id) : null,
    findSponsorLevel(ctx, found.id),
  ]);
  return { organisation, level, figures, people: people.items, posts: posts.items, ...offered, managed };
}
