import { expect, test } from 'vitest';
import {
  codeAround,
  continueList,
  linkAround,
  type Selected,
  stepHeading,
  type TextChange,
  toggleAround,
  toggleLines,
} from './edit-text.ts';

/** `|` marks where a selection begins and ends; one alone is where the caret is. */
function at(marked: string): Selected {
  const from = marked.indexOf('|');
  const to = marked.lastIndexOf('|');
  return { text: marked.replaceAll('|', ''), from, to: to === from ? from : to - 1 };
}
function after({ text }: Selected, change: TextChange | undefined): string {
  if (!change) return 'nothing';
  const now = text.slice(0, change.from) + change.text + text.slice(change.to);
  const [from, to] = change.select;
  return from === to
    ? `${now.slice(0, from)}|${now.slice(from)}`
    : `${now.slice(0, from)}|${now.slice(from, to)}|${now.slice(to)}`;
}

test.each([
  ['a |word| b', 'a **|word|** b'],
  ['a **|word|** b', 'a |word| b'],
  ['a | b', 'a **|bold|** b'],
])('bold: %s', (before, wished) => {
  expect(after(at(before), toggleAround(at(before), '**', 'bold'))).toBe(wished);
});

test.each([
  ['|one\ntwo|', '|- one\n- two|'],
  ['|- one\n- two|', '|one\ntwo|'],
  ['x\none|', 'x\n- one|'],
])('list: %s', (before, wished) => {
  expect(after(at(before), toggleLines(at(before), '- '))).toBe(wished);
});

test('numbers count the lines', () => {
  expect(after(at('|one\ntwo|'), toggleLines(at('|one\ntwo|'), 'number'))).toBe('|1. one\n2. two|');
});

test.each([
  ['Title|', '## Title|'],
  ['## Title|', '### Title|'],
  ['#### Title|', 'Title|'],
])('heading: %s', (before, wished) => {
  expect(after(at(before), stepHeading(at(before)))).toBe(wished);
});

test.each([
  ['see |docs|', 'see [docs](|https://|)'],
  ['|https://a.example/x|', '[|text|](https://a.example/x)'],
])('link: %s', (before, wished) => {
  expect(after(at(before), linkAround(at(before), 'text'))).toBe(wished);
});

test('several lines of code get a fence of their own', () => {
  const before = at('Try:\n|select 1;\nselect 2;|');
  expect(after(before, codeAround(before, 'code'))).toBe('Try:\n\n```|sql|\nselect 1;\nselect 2;\n```\n\n');
});

test.each([
  ['- one|', '- one\n- |'],
  ['9. one|', '9. one\n10. |'],
  ['- [x] one|', '- [x] one\n- [ ] |'],
  ['- one\n- |', '- one\n|'],
  ['no list|', 'nothing'],
])('return: %s', (before, wished) => {
  expect(after(at(before), continueList(at(before)))).toBe(wished);
});
