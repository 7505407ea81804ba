import { createRequire } from 'node:module';
import type { Jieba } from '@node-rs/jieba';
import { fieldTermText } from '#src/community/contract/field-terms.text.ts';

const own = Object.values(fieldTermText).map((term) => term['zh-CN']);

/** The version of what this segmenter gives: raised when the same text would be cut otherwise. */
export const indexedAs = 1;

const load = createRequire(import.meta.url);
let jieba: Jieba | undefined;

/** The dictionary takes a quarter of a second and 15 MB, so it is loaded by the first text. */
function segmenter(): Jieba {
  if (jieba === undefined) {
    const { Jieba: Segmenter } = load('@node-rs/jieba') as typeof import('@node-rs/jieba');
    const { dict } = load('@node-rs/jieba/dict.js') as typeof import('@node-rs/jieba/dict.js');
    jieba = Segmenter.withDict(dict);
    jieba.loadDict(Buffer.from(own.map((word) => `${word} 100000 n`).join('\n')));
  }
  return jieba;
}

const isWord = (word: string) => /[\p{L}\p{N}]/u.test(word);
const fold = (text: string) => text.normalize('NFKC').toLowerCase();

/**
 * The words of a Chinese, English or mixed text in lower case, in order: PG索引 gives `pg` and `索引`, a compound also its parts.
 * Characters that stand alone are also joined with their neighbour, so that a term no dictionary knows is still found.
 */
export function segmentText(text: string): string[] {
  const words: string[] = [];
  let before = '';
  for (const word of segmenter().cutForSearch(fold(text), true)) {
    const isSingle = /^\p{Script=Han}$/u.test(word);
    if (isSingle && before !== '') words.push(before + word);
    before = isSingle ? word : '';
    if (isWord(word)) words.push(word.trim());
  }
  return words;
}

/** The words that somebody who typed this looks for: like those of a text, a compound without its parts. */
export function segmentQuery(text: string): string[] {
  const words: string[] = [];
  for (const word of segmenter().cut(fold(text), true)) {
    const last = words.at(-1);
    // Two characters the dictionary does not join are one term of its reader.
    if (/^\p{Script=Han}$/u.test(word) && last !== undefined && /^\p{Script=Han}$/u.test(last))
      words[words.length - 1] = last + word;
    else if (isWord(word)) words.push(word.trim());
    else words.push('');
  }
  return words.filter((word) => word !== '');
}

/** Every pair of neighbouring Chinese characters: what makes any two of a title findable, wherever words begin. */
export function pairsOf(text: string): string[] {
  return [...fold(text).matchAll(/\p{Script=Han}{2,}/gu)].flatMap(([run]) => {
    const characters = [...run];
    return characters.slice(1).map((character, at) => characters[at]! + character);
  });
}
