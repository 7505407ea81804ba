import { createElement, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { ReaderProvider, useFormat } from '../i18n.tsx';
import { useViewer } from '../viewer.ts';
import { createDraw, type Draw, DrawProvider, keepPart } from './kept-part.tsx';

const h = createElement as (type: unknown, props: object, ...children: unknown[]) => ReactElement;

type Given = { words: string; at: string; secret?: string };
function Card({ words, at, secret }: Given) {
  return h('p', {}, words, secret, useFormat().date(at));
}
const KeptCard = keepPart(Card, ({ at }) => at);

/** A memory, and how often it drew. */
function counting(charactersAtMost?: number) {
  let drawings = 0;
  const draw = createDraw((part) => {
    drawings += 1;
    return renderToStaticMarkup(part);
  }, charactersAtMost);
  return { draw, drawings: () => drawings };
}

type Reader = { locale: 'en' | 'zh-CN'; timeZone: string };
const english: Reader = { locale: 'en', timeZone: 'UTC' };

function page(draw: Draw | null, given: Given, reader = english, Part: unknown = KeptCard): string {
  const card = h(Part, { given }, (inside: object) => h('div', inside));
  return renderToStaticMarkup(
    h(ReaderProvider, reader, draw === null ? card : h(DrawProvider, { draw }, card)),
  );
}
const given: Given = { words: 'Look at the plan.', at: '2026-01-31T23:30:00.000Z' };

test('a part is drawn once for all who are given the same, and comes out as it does without being kept', () => {
  const { draw, drawings } = counting();
  const said = [page(draw, given), page(draw, { ...given })];
  expect(drawings()).toBe(1);
  expect(said).toEqual([page(null, given), page(null, given)]);
});

test('another language, another zone and other words are other parts', () => {
  const { draw } = counting();
  const said = [
    page(draw, given),
    page(draw, given, { locale: 'zh-CN', timeZone: 'UTC' }),
    page(draw, given, { locale: 'en', timeZone: 'Asia/Shanghai' }),
    page(draw, { ...given, words: 'Look again.' }),
  ];
  expect(new Set(said).size).toBe(4);
  expect(said[2]).toContain('Feb 1, 2026');
});

test('what one reader was given for their eyes reaches nobody who was not given it', () => {
  const { draw } = counting();
  expect(page(draw, { ...given, secret: 'only for staff' })).toContain('only for staff');
  expect(page(draw, given)).not.toContain('only for staff');
});

test('a part that asks who reads fails instead of being kept for others', () => {
  const Name = keepPart<Given>(
    () => h('p', {}, useViewer().user?.name),
    ({ at }) => at,
  );
  const { draw } = counting();
  expect(() => page(draw, given, english, Name)).toThrow(/data router|useRouteLoaderData/);
});

test('memory has an end: what was asked for longest ago is drawn anew', () => {
  const { draw, drawings } = counting(1000);
  const cards = Array.from({ length: 20 }, (_, n) => ({ ...given, words: `Card ${n}` }));
  for (const card of [...cards, cards.at(-1)!]) page(draw, card);
  expect(drawings()).toBe(20);
  page(draw, cards[0]!);
  expect(drawings()).toBe(21);
});
