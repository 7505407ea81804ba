import { z } from 'zod';
import { OrganisationFigures, OrganisationPerson } from './employments.ts';
import { ListedProduct, ListedService, OfferingKind } from './offerings.ts';
import { Organisation } from './organisations.ts';
import { PublishedPost } from './published.ts';
import { SponsorLevel } from './sponsorships.ts';

/** Everything that the page of an organisation shows. */
export const OrganisationPage = z.object({
  organisation: Organisation,
  level: SponsorLevel.nullable(),
  figures: OrganisationFigures,
  people: z.array(OrganisationPerson),
  posts: z.array(PublishedPost),
  products: z.array(ListedProduct),
  services: z.array(ListedService),
  /** For its managers: everything it listed, whatever became of it. */
  managed: z
    .array(
      z.object({
        id: z.number().int(),
        kind: OfferingKind,
        name: z.string().max(200),
        isShown: z.boolean(),
        isWaiting: z.boolean(),
        isStale: z.boolean(),
        isWithdrawn: z.boolean(),
      }),
    )
    .nullable(),
});
export type OrganisationPage = z.infer<typeof OrganisationPage>;
