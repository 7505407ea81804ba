import { sql } from 'kysely';
import type { Place } from './rules.ts';

/** Of `comment_place l`: what a comment stands below, and who may read it. */
export const selectPlace = [
  'l.post_id as postId',
  'l.wish_id as wishId',
  sql<Place['kind']>`l.kind`.as('placeKind'),
  sql<string>`l.slug`.as('slug'),
  'l.parent_id as parentId',
  sql<string>`l.title`.as('title'),
  sql<boolean>`l.is_private`.as('isPrivate'),
  sql<boolean>`l.is_shown`.as('isShown'),
] as const;
