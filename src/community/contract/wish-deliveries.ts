import { z } from 'zod';
import { isOneLine, line } from '#src/platform/contract/text.ts';
import { PgVersion } from './faq.ts';
import { OfferingId } from './offerings.ts';
import { Slug } from './organisations.ts';

export const deliveryKinds = ['postgresql', 'product', 'extension'] as const;
const DeliveryKind = z.enum(deliveryKinds);

/** What delivers a wish: at once, or with a version of PostgreSQL or of a listed product on the day on which it is out. */
export const DeliverWish = z
  .object({
    kind: DeliveryKind,
    title: line(200),
    url: z.url({ protocol: /^https?$/ }).max(500),
    pgMajor: PgVersion.nullable().default(null),
    /** Whose product it is. */
    organisation: Slug.nullable().default(null),
    /** The product by its number in the list of products; its organisation is then the one that delivers. */
    offering: OfferingId.nullable().default(null),
    version: z.string().trim().max(40).refine(isOneLine, 'must be one line').default(''),
  })
  .refine(({ kind, pgMajor }) => (kind === 'postgresql') === (pgMajor !== null), {
    message: 'must be given for PostgreSQL itself, and only then',
    path: ['pgMajor'],
  })
  .refine(({ kind, offering }) => kind !== 'postgresql' || offering === null, {
    message: 'must be empty for PostgreSQL itself',
    path: ['offering'],
  })
  .refine(({ version, offering }) => version === '' || offering !== null, {
    message: 'must be empty unless a product is named',
    path: ['version'],
  });
export type DeliverWish = z.input<typeof DeliverWish>;

const Named = z.object({ slug: z.string().max(60), name: z.string().max(200) });

export const Delivery = z.object({
  kind: DeliveryKind,
  title: z.string().max(200),
  url: z.string().max(500),
  pgMajor: z.number().int().nullable(),
  organisation: Named.nullable(),
  /** The listed product, while it is public. */
  offering: z.object({ id: z.number().int(), name: z.string().max(200) }).nullable(),
  version: z.string().max(40),
  /** When that version is out; null while nobody said. */
  releasedOn: z.string().max(10).nullable(),
});
export type Delivery = z.infer<typeof Delivery>;

/** A product that the reader could name as what delivers a wish. */
export const OwnProduct = z.object({
  id: z.number().int(),
  name: z.string().max(200),
  organisation: z.string().max(60),
});
export type OwnProduct = z.infer<typeof OwnProduct>;
