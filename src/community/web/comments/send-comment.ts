import { WrittenComment } from '#src/community/contract/comments.ts';
import type { Api } from '#src/platform/web/api.ts';
import { fieldOf } from '#src/platform/web/public/form-answer.ts';

/** Does what a form of `Comments` asks for; answers the place on its page to go to. */
export async function sendComment(api: Api, form: FormData): Promise<string> {
  const address = '/api/community/comments';
  if (fieldOf(form, 'intent') === 'remove-comment') {
    await api.delete(`${address}/${encodeURIComponent(fieldOf(form, 'comment'))}`);
    return '#comments';
  }
  const wish = fieldOf(form, 'wish');
  const below = wish === '' ? { post: Number(fieldOf(form, 'post')) } : { wish: Number(wish) };
  const body = { ...below, markdown: fieldOf(form, 'comment') };
  return `#comment-${(await api.post(address, body, WrittenComment)).id}`;
}
