import { z } from '@hono/zod-openapi';
import { Mail, MailWithText } from '../../contract/mail.ts';
import { page, PageQuery } from '../../contract/pages.ts';
import { json, newRoutes, route } from '../http.ts';
import { getMail, listMails } from './queries.ts';
import { resendMail } from './resend-mail.ts';

const Id = z.object({ id: z.uuid() });

export const mailRoutes = newRoutes();

mailRoutes.openapi(
  route('platform.mail.read', {
    method: 'get',
    path: '/',
    summary: 'Mails of the organisation, newest first',
    request: { query: PageQuery },
    responses: { 200: json(page(Mail), 'A page of mails') },
  }),
  async (c) => c.json(await listMails(c.var.ctx, c.req.valid('query')), 200),
);

mailRoutes.openapi(
  route('platform.mail.read', {
    method: 'get',
    path: '/{id}',
    summary: 'One mail with its words, until it is sent',
    request: { params: Id },
    responses: { 200: json(MailWithText, 'The mail') },
  }),
  async (c) => c.json(await getMail(c.var.ctx, c.req.valid('param').id), 200),
);

mailRoutes.openapi(
  route('platform.mail.send', {
    method: 'post',
    path: '/{id}/send',
    summary: 'Send a mail that was kept or given up',
    request: { params: Id },
    responses: { 200: json(Mail, 'The mail, on its way') },
  }),
  async (c) => c.json(await resendMail(c.var.ctx, c.req.valid('param').id), 200),
);
