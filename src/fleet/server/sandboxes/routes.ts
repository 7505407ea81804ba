import { z } from 'zod';
import {
  CreateSandbox,
  CreateSandboxTemplate,
  ExtendSandbox,
  MadeSandbox,
  Sandbox,
  SandboxOffer,
  SandboxTemplate,
} from '#src/fleet/contract/sandboxes.ts';
import { page, PageQuery } from '#src/platform/contract/pages.ts';
import { slug } from '#src/platform/contract/text.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { createSandbox } from './create-sandbox.ts';
import { createTemplate } from './create-template.ts';
import { deleteTemplate } from './delete-template.ts';
import { destroySandbox } from './destroy-sandbox.ts';
import { extendSandbox } from './extend-sandbox.ts';
import { getOffer, getSandbox, listSandboxes, listTemplates } from './queries.ts';
import { resetSandbox } from './reset-sandbox.ts';

const Id = z.object({ id: z.uuid() });
const ListQuery = PageQuery.extend({ ended: z.stringbool().default(false) });

export const sandboxRoutes = newRoutes();

sandboxRoutes.openapi(
  route('fleet.sandbox.read', {
    method: 'get',
    path: '/',
    summary: 'Sandboxes of the organisation that live, newest first; with `ended` also those that did',
    request: { query: ListQuery },
    responses: { 200: json(page(Sandbox), 'A page of sandboxes') },
  }),
  async (c) => c.json(await listSandboxes(c.var.ctx, c.req.valid('query')), 200),
);

sandboxRoutes.openapi(
  route('fleet.sandbox.create', {
    method: 'post',
    path: '/',
    summary: 'Make a sandbox',
    request: { body: json(CreateSandbox, 'What is wished') },
    responses: {
      201: json(MadeSandbox, 'Ready, with how to get in'),
      202: json(MadeSandbox, 'Something must be installed or prepared first; operationId names what goes on'),
    },
  }),
  async (c) => {
    const made = await createSandbox(c.var.ctx, c.req.valid('json'));
    return made.state === 'ready' ? c.json(made, 201) : c.json(made, 202);
  },
);

sandboxRoutes.openapi(
  route('fleet.sandbox.read', {
    method: 'get',
    path: '/offer',
    summary: 'Versions, templates and quota for a new sandbox',
    responses: { 200: json(SandboxOffer, 'What can be chosen') },
  }),
  async (c) => c.json(await getOffer(c.var.ctx), 200),
);

sandboxRoutes.openapi(
  route('fleet.sandbox.read', {
    method: 'get',
    path: '/{id}',
    summary: 'One sandbox; its maker is told the password',
    request: { params: Id },
    responses: { 200: json(MadeSandbox, 'The sandbox') },
  }),
  async (c) => c.json(await getSandbox(c.var.ctx, c.req.valid('param').id), 200),
);

sandboxRoutes.openapi(
  route('fleet.sandbox.create', {
    method: 'post',
    path: '/{id}/reset',
    summary: 'Give a sandbox its first contents back',
    request: { params: Id },
    responses: { 200: json(MadeSandbox, 'Ready again') },
  }),
  async (c) => c.json(await resetSandbox(c.var.ctx, c.req.valid('param').id), 200),
);

sandboxRoutes.openapi(
  route('fleet.sandbox.create', {
    method: 'post',
    path: '/{id}/extend',
    summary: 'Let a sandbox live until so many minutes from now',
    request: { params: Id, body: json(ExtendSandbox, 'How long') },
    responses: { 200: json(MadeSandbox, 'The sandbox') },
  }),
  async (c) =>
    c.json(await extendSandbox(c.var.ctx, c.req.valid('param').id, c.req.valid('json').minutes), 200),
);

sandboxRoutes.openapi(
  route('fleet.sandbox.delete', {
    method: 'delete',
    path: '/{id}',
    summary: 'Destroy a sandbox',
    request: { params: Id },
    responses: { 204: empty('Destroyed') },
  }),
  async (c) => {
    await destroySandbox(c.var.ctx, c.req.valid('param').id);
    return c.body(null, 204);
  },
);

export const sandboxTemplateRoutes = newRoutes();

sandboxTemplateRoutes.openapi(
  route('fleet.sandbox.read', {
    method: 'get',
    path: '/',
    summary: 'Templates of the organisation by name',
    responses: { 200: json(z.array(SandboxTemplate), 'Templates') },
  }),
  async (c) => c.json(await listTemplates(c.var.ctx), 200),
);

sandboxTemplateRoutes.openapi(
  route('fleet.sandbox.create', {
    method: 'post',
    path: '/',
    summary: 'Keep what sandboxes can begin as; replaces one of the same name',
    request: { body: json(CreateSandboxTemplate, 'Script and extensions') },
    responses: { 201: json(SandboxTemplate, 'The template') },
  }),
  async (c) => c.json(await createTemplate(c.var.ctx, c.req.valid('json')), 201),
);

sandboxTemplateRoutes.openapi(
  route('fleet.sandbox.delete', {
    method: 'delete',
    path: '/{name}',
    summary: 'Forget a template',
    request: { params: z.object({ name: slug }) },
    responses: { 204: empty('Forgotten') },
  }),
  async (c) => {
    await deleteTemplate(c.var.ctx, c.req.valid('param').name);
    return c.body(null, 204);
  },
);
