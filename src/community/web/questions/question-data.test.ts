import { expect, test } from 'vitest';
import type { QuestionPage, ThreadPost } from '#src/community/contract/questions.ts';
import { questionData } from './question-data.ts';

const author = {
  handle: 'lin',
  name: 'Lin </script>',
  headline: '',
  avatar: null,
  reputation: 1,
  trustLevel: 1,
};
const post = (id: number, more: Partial<ThreadPost> = {}): ThreadPost => ({
  id,
  html: `<p>Words &amp; <code>a &lt; b</code> of ${id}.</p>`,
  state: 'published',
  score: id,
  author,
  publishedAt: '2026-11-29T10:00:00.000Z',
  editedAt: null,
  revision: 1,
  isAssisted: false,
  comments: [],
  vote: 0,
  isMine: false,
  ...more,
});
const page = (answers: ThreadPost[], acceptedAnswerId: number | null): QuestionPage => ({
  question: {
    ...post(1),
    title: 'Why?',
    slug: 'why',
    excerpt: 'Words',
    locale: 'en',
    tags: [],
    answerCount: answers.length,
    viewCount: 0,
    acceptedAnswerId,
    activeAt: '2026-11-29T10:00:00.000Z',
    closed: null,
    duplicateOf: null,
    bounties: [],
    invitations: [],
    hasCapsule: false,
  },
  answers,
  page: 1,
  pages: 1,
  order: 'score',
  follows: null,
  may: {
    answer: false,
    suggest: false,
    accept: false,
    comment: false,
    edit: false,
    suggestEdit: false,
    close: false,
    invite: false,
    offerBounty: false,
    capsule: false,
    curate: false,
  },
});

type Answer = { '@type': string; text: string; url: string; upvoteCount: number; author: object };
type Main = {
  '@type': string;
  name: string;
  text: string;
  answerCount: number;
  acceptedAnswer?: Answer;
  suggestedAnswer: Answer[];
};
const mainOf = (one: QuestionPage) => questionData(one)['mainEntity'] as Main;

/** What the documentation of search engines calls required of a QAPage. */
function expectComplete(main: Main) {
  expect(main['@type']).toBe('Question');
  expect(main.name.length).toBeGreaterThan(0);
  expect(main.text.length).toBeGreaterThan(0);
  for (const answer of [...(main.acceptedAnswer ? [main.acceptedAnswer] : []), ...main.suggestedAnswer]) {
    expect(answer['@type']).toBe('Answer');
    expect(answer.text.length).toBeGreaterThan(0);
    expect(answer.url).toMatch(/^\/questions\/1\/why#answer-\d+$/);
    expect(answer.author).toMatchObject({ '@type': 'Person', name: author.name });
  }
}

test('a question is a QAPage with its accepted answer and the others, in plain words', () => {
  const whole = page([post(2), post(3), post(4, { state: 'pending' })], 3);
  expect(questionData(whole)['@type']).toBe('QAPage');
  const main = mainOf(whole);
  expectComplete(main);
  expect(main.text).toBe('Words & a < b of 1.');
  expect(main.acceptedAnswer?.url).toContain('#answer-3');
  expect(main.suggestedAnswer.map(({ url }) => url.slice(-1))).toEqual(['2']);
});

test('a question without answers is complete, too', () => {
  const main = mainOf(page([], null));
  expectComplete(main);
  expect(main).toMatchObject({ answerCount: 0, suggestedAnswer: [] });
  expect('acceptedAnswer' in main).toBe(false);
});
