import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const questionPages: RouteConfigEntry[] = [
  route('questions', 'community/web/questions/questions.page.tsx'),
  route('questions/ask', 'community/web/questions/ask.page.tsx'),
  route('questions/:id/edit', 'community/web/questions/edit.page.tsx', { id: 'edit-question' }),
  route('answers/:id/edit', 'community/web/questions/edit.page.tsx', { id: 'edit-answer' }),
  route('articles/:id/suggest', 'community/web/questions/edit.page.tsx', { id: 'suggest-article' }),
  route('questions/:id/capsule', 'community/web/questions/capsule.page.tsx'),
  route('questions/:id/suggestion', 'community/web/questions/suggestion.page.tsx'),
  route('questions/:id/:slug?', 'community/web/questions/question.page.tsx'),
];
