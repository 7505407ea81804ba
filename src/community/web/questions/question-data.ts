import { memberPath, postPath } from '#src/community/contract/addresses.ts';
import type { MemberCard } from '#src/community/contract/members.ts';
import type { QuestionPage, ThreadPost } from '#src/community/contract/questions.ts';
import type { JsonLd } from '../site/head.ts';
import { wordsOf } from '../site/words-of.ts';

/** The page of a question as search engines read it: QAPage of schema.org, with the accepted answer and the others. */
export function questionData({ question, answers }: QuestionPage): JsonLd {
  const path = postPath({ kind: 'question', ...question });
  const shown = answers.filter(({ state }) => state === 'published');
  const accepted = shown.find(({ id }) => id === question.acceptedAnswerId);
  const answer = (post: ThreadPost) => ({
    '@type': 'Answer',
    text: wordsOf(post.html),
    upvoteCount: post.score,
    url: `${path}#answer-${post.id}`,
    datePublished: post.publishedAt,
    ...(post.editedAt !== null && { dateModified: post.editedAt }),
    author: person(post.author),
  });
  return {
    '@type': 'QAPage',
    mainEntity: {
      '@type': 'Question',
      name: question.title,
      text: wordsOf(question.html),
      inLanguage: question.locale,
      answerCount: question.answerCount,
      upvoteCount: question.score,
      datePublished: question.publishedAt,
      ...(question.editedAt !== null && { dateModified: question.editedAt }),
      author: person(question.author),
      ...(accepted && { acceptedAnswer: answer(accepted) }),
      suggestedAnswer: shown.filter((one) => one !== accepted).map(answer),
    },
  };
}

const person = (member: MemberCard) => ({
  '@type': 'Person',
  name: member.name,
  ...(member.handle !== null && { url: memberPath(member.handle) }),
});
