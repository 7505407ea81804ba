import { z } from '@hono/zod-openapi';
import {
  ChangeHandle,
  EditProfile,
  ListMembers,
  MemberList,
  OwnProfile,
  Profile,
  ProfileQuery,
} from '#src/community/contract/members.ts';
import { theFilePlace } from '#src/platform/server/files/file-place.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { listMembers } from '../members/queries.ts';
import { changeHandle } from './change-handle.ts';
import { editProfile } from './edit-profile.ts';
import { getOwnProfile, getProfile } from './queries.ts';
import { setAvatar } from './set-avatar.ts';

/** Members, as everybody may see them. */
export const memberRoutes = newRoutes();

memberRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'Members by reputation, by name, role or skill',
    request: { query: ListMembers },
    responses: { 200: json(MemberList, 'A page of members, with the usual roles and skills') },
  }),
  async (c) => c.json(await listMembers(c.var.ctx, c.req.valid('query')), 200),
);

memberRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{handle}',
    summary: 'The page of a member, with the rows behind one of its figures',
    request: { params: z.object({ handle: z.string().min(1).max(40) }), query: ProfileQuery },
    responses: { 200: json(Profile, 'The page') },
  }),
  async (c) => c.json(await getProfile(c.var.ctx, c.req.valid('param').handle, c.req.valid('query')), 200),
);

/** One's own profile. */
export const profileRoutes = newRoutes();

profileRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/',
    summary: 'My profile, to be edited',
    responses: { 200: json(OwnProfile, 'The profile') },
  }),
  async (c) => c.json(await getOwnProfile(c.var.ctx), 200),
);

profileRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/',
    summary: 'Change my profile',
    request: { body: json(EditProfile, 'What it says') },
    responses: { 200: json(OwnProfile, 'The profile') },
  }),
  async (c) => c.json(await editProfile(c.var.ctx, c.req.valid('json')), 200),
);

profileRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/handle',
    summary: 'Take another handle; the old one leads to me for ninety days',
    request: { body: json(ChangeHandle, 'The handle') },
    responses: { 200: json(OwnProfile, 'The profile') },
  }),
  async (c) => c.json(await changeHandle(c.var.ctx, c.req.valid('json')), 200),
);

profileRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/avatar',
    summary: 'Make a picture mine; the body is its bytes (PNG, JPEG, GIF or WebP, at most 512 KiB)',
    request: {
      body: {
        content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
        required: true,
      },
    },
    responses: { 200: json(OwnProfile, 'The profile') },
  }),
  async (c) =>
    c.json(await setAvatar(c.var.ctx, theFilePlace(), c.req.raw.body ?? new Blob([]).stream()), 200),
);

profileRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/avatar',
    summary: 'Take my picture away',
    responses: { 200: json(OwnProfile, 'The profile') },
  }),
  async (c) => c.json(await setAvatar(c.var.ctx, theFilePlace(), null), 200),
);
