import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import { fieldTermText } from '#src/community/contract/field-terms.text.ts';

const own = Object.values(fieldTermText).map((term) => term['zh-CN']);

let jieba: Jieba | undefined;

/** The dictionary takes a quarter of a second to load, so it is loaded by the first text. */
function segmenter(): Jieba {
  if (jieba === undefined) {
    jieba = Jieba.withDict(dict);
    jieba.loadDict(Buffer.from(own.map((word) => `${word} 100000 n`).join('\n')));
  }
  return jieba;
}

/**
 * The words of a Chinese, English or mixed text in lower case, in order: PG索引 gives `pg` and `索引`, a compound also its parts.
 * Words that say nothing by themselves (punctuation, blanks) are left out.
 */
export function segmentText(text: string): string[] {
  return segmenter()
    .cutForSearch(text.normalize('NFKC').toLowerCase(), true)
    .map((word) => word.trim())
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
}
