import { CloseStanding, Posted, VoteStanding } from '#src/community/contract/questions.ts';
import { Bounty } from '#src/community/contract/bounties.ts';
import type { Api } from '#src/platform/web/api.ts';
import { fieldOf } from '#src/platform/web/public/form-answer.ts';
import { sendComment } from '../comments/send-comment.ts';

const encode = encodeURIComponent;

/** Does what a form on the page of a question asks for; answers the place on the page to go to. */
export async function sendForm(api: Api, questionId: string, form: FormData): Promise<string> {
  const question = `/api/community/questions/${encode(questionId)}`;
  const field = (name: string) => fieldOf(form, name);
  const post = field('post');
  const place = post === '' || post === questionId ? '' : `#answer-${post}`;
  switch (field('intent')) {
    case 'answer':
      return `#answer-${(await api.post(`${question}/answers`, { markdown: field('markdown') }, Posted)).id}`;
    case 'vote':
      await api.put(`/api/community/votes/${encode(post)}`, { value: Number(field('value')) }, VoteStanding);
      return place;
    case 'accept':
      await api.put(`${question}/accepted`, { answerId: post === '' ? null : Number(post) });
      return place === '' ? '#answers' : place;
    case 'comment':
    case 'remove-comment':
      return sendComment(api, form);
    case 'offer-bounty':
      await api.post(
        '/api/community/bounties',
        { question: Number(questionId), amount: Number(field('amount')) },
        Bounty,
      );
      return '';
    case 'pay-bounty':
      await api.post(`/api/community/bounties/${encode(field('bounty'))}/pay`, { answer: Number(post) });
      return place;
    case 'invite':
      await api.post(`${question}/invitations`, { handle: field('handle').trim().replace(/^@/, '') });
      return '';
    case 'close': {
      const other = /\d+/.exec(field('duplicateOf'))?.[0];
      const body = { reason: field('reason'), ...(other !== undefined && { duplicateOf: Number(other) }) };
      await api.post(`${question}/close`, body, CloseStanding);
      return '';
    }
    case 'follow':
      await api.put(`/api/community/follows/post/${encode(questionId)}`);
      return '';
    case 'unfollow':
      await api.delete(`/api/community/follows/post/${encode(questionId)}`);
      return '';
    case 'reopen':
      await api.post(`${question}/reopen`, undefined, CloseStanding);
      return '';
    default:
      return '';
  }
}
