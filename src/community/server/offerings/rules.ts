import { type OfferingKind, Product, Service } from '#src/community/contract/offerings.ts';

/** How many products and services one organisation may list. */
export const maxOfferings = 100;

/** The words of a revision by its kind; the other one is null. */
export function wordsOf(
  kind: OfferingKind,
  content: unknown,
): { product: Product | null; service: Service | null } {
  return kind === 'product'
    ? { product: Product.parse(content), service: null }
    : { product: null, service: Service.parse(content) };
}

/** The columns by which lists are filtered, from the words that are shown. */
export function filtersOf({ product, service }: { product: Product | null; service: Service | null }) {
  return {
    name: (product ?? service)?.name ?? '',
    regions: service?.regions ?? [],
    languages: service?.languages ?? [],
    service_kinds: service?.kinds ?? [],
  };
}
