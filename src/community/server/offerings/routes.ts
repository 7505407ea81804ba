import { z } from 'zod';
import {
  ApproveOffering,
  EnterRelease,
  ListedProduct,
  ListedService,
  Offering,
  OfferingId,
  OfferProduct,
  OfferService,
  Product,
  ProductQuery,
  RefuseOffering,
  Service,
  ServiceQuery,
  WaitingOffering,
} from '#src/community/contract/offerings.ts';
import { page } from '#src/platform/contract/pages.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { requireStaff } from '../members/require-staff.ts';
import { confirmOffering } from './confirm-offering.ts';
import { enterRelease } from './enter-release.ts';
import { editOffering } from './edit-offering.ts';
import { offerProduct } from './offer-product.ts';
import { offerService } from './offer-service.ts';
import { getOffering, listProducts, listServices, listWaitingOfferings } from './queries.ts';
import { reviewOffering } from './review-offering.ts';
import { withdrawOffering } from './withdraw-offering.ts';

const One = z.object({ offering: OfferingId });
const Made = z.object({ id: z.number().int() });

export const offeringRoutes = newRoutes();

offeringRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/products',
    summary: 'Products by name, of one category, by a part of their name',
    request: { query: ProductQuery },
    responses: { 200: json(page(ListedProduct), 'Products that were approved and are fresh') },
  }),
  async (c) => c.json(await listProducts(c.var.ctx, c.req.valid('query')), 200),
);

offeringRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/services',
    summary: 'Professional services in a region, in a language, of a kind',
    request: { query: ServiceQuery },
    responses: { 200: json(page(ListedService), 'Services that were approved and are fresh') },
  }),
  async (c) => c.json(await listServices(c.var.ctx, c.req.valid('query')), 200),
);

offeringRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/products',
    summary: 'List a product of an organisation; it waits for review',
    request: { body: json(OfferProduct, 'The product') },
    responses: { 201: json(Made, 'Its number') },
  }),
  async (c) => c.json(await offerProduct(c.var.ctx, c.req.valid('json')), 201),
);

offeringRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/services',
    summary: 'List a professional service of an organisation; it waits for review',
    request: { body: json(OfferService, 'The service') },
    responses: { 201: json(Made, 'Its number') },
  }),
  async (c) => c.json(await offerService(c.var.ctx, c.req.valid('json')), 201),
);

offeringRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/waiting',
    summary: 'Products and services that wait for review, the oldest first',
    responses: { 200: json(z.array(WaitingOffering), 'What waits') },
  }),
  async (c) => {
    await requireStaff(c.var.ctx, 'community.organisation.verify');
    return c.json(await listWaitingOfferings(c.var.ctx), 200);
  },
);

offeringRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{offering}',
    summary: 'A product or service with its history',
    request: { params: One },
    responses: { 200: json(Offering, 'The product or service') },
  }),
  async (c) => c.json(await getOffering(c.var.ctx, c.req.valid('param').offering), 200),
);

offeringRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{offering}/product',
    summary: 'Wish other words for a product; they wait for review',
    request: { params: One, body: json(Product, 'The product') },
    responses: { 204: empty('Waits for review') },
  }),
  async (c) => {
    await editOffering(c.var.ctx, c.req.valid('param').offering, 'product', c.req.valid('json'));
    return c.body(null, 204);
  },
);

offeringRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{offering}/service',
    summary: 'Wish other words for a service; they wait for review',
    request: { params: One, body: json(Service, 'The service') },
    responses: { 204: empty('Waits for review') },
  }),
  async (c) => {
    await editOffering(c.var.ctx, c.req.valid('param').offering, 'service', c.req.valid('json'));
    return c.body(null, 204);
  },
);

offeringRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{offering}/approve',
    summary: 'Show a revision that was read to everybody',
    request: { params: One, body: json(ApproveOffering, 'The revision that was read') },
    responses: { 204: empty('Shown') },
  }),
  async (c) => {
    const { number } = c.req.valid('json');
    await reviewOffering(c.var.ctx, c.req.valid('param').offering, { number, reason: null });
    return c.body(null, 204);
  },
);

offeringRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{offering}/refuse',
    summary: 'Refuse a revision that was read',
    request: { params: One, body: json(RefuseOffering, 'The revision, and why') },
    responses: { 204: empty('Refused') },
  }),
  async (c) => {
    await reviewOffering(c.var.ctx, c.req.valid('param').offering, c.req.valid('json'));
    return c.body(null, 204);
  },
);

offeringRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{offering}/confirm',
    summary: 'Say that a product or service is still right, or list it again',
    request: { params: One },
    responses: { 204: empty('Confirmed') },
  }),
  async (c) => {
    await confirmOffering(c.var.ctx, c.req.valid('param').offering);
    return c.body(null, 204);
  },
);

offeringRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{offering}/releases',
    summary: 'Say on which day a version of a product is out',
    request: { params: One, body: json(EnterRelease, 'The version and the day') },
    responses: { 204: empty('Announced') },
  }),
  async (c) => {
    await enterRelease(c.var.ctx, c.req.valid('param').offering, c.req.valid('json'));
    return c.body(null, 204);
  },
);

offeringRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{offering}',
    summary: 'Take a product or service out of the lists',
    request: { params: One },
    responses: { 204: empty('Withdrawn') },
  }),
  async (c) => {
    await withdrawOffering(c.var.ctx, c.req.valid('param').offering);
    return c.body(null, 204);
  },
);
