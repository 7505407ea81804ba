import { z } from 'zod';
import { AppointStaff, StaffSeat } from '#src/community/contract/members.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { appointStaff } from './appoint-staff.ts';
import { endSeat } from './end-seat.ts';
import { listStaff } from './list-staff.ts';

const Id = z.object({ id: z.uuid() });

export const staffRoutes = newRoutes();

staffRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/',
    summary: 'Seats in the staff of the community, for those who appoint it',
    responses: { 200: json(z.array(StaffSeat), 'Seats') },
  }),
  async (c) => c.json(await listStaff(c.var.ctx), 200),
);

staffRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Give a member a seat in the staff',
    request: { body: json(AppointStaff, 'Who, as what, for how long') },
    responses: { 201: json(Id, 'The seat') },
  }),
  async (c) => c.json(await appointStaff(c.var.ctx, c.req.valid('json')), 201),
);

staffRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{id}',
    summary: 'End a seat at once',
    request: { params: Id },
    responses: { 204: empty('Ended') },
  }),
  async (c) => {
    await endSeat(c.var.ctx, c.req.valid('param').id);
    return c.body(null, 204);
  },
);
