import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { testApi } from '#tests/support/api.ts';
import { writeAtAnyPace } from '#tests/support/community.ts';
import { database, testContext } from '#tests/support/context.ts';
import type { Article } from '#src/community/contract/articles.ts';
import type { Episode } from '#src/community/contract/media.ts';
import { readConfig } from '#src/platform/server/config.ts';
import type { Context } from '#src/platform/server/context.ts';
import { createLog } from '#src/platform/server/log.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import { community } from '../room.ts';
import { remindMembers } from './remind-members.job.ts';
import { clock, readTranscript, timeLink, writeArticle } from './transcript.rules.ts';

const api = testApi([community]);
await writeAtAnyPace();
let author: Context;
beforeEach(async () => {
  author = await testContext({ may: [] });
});

const srt = `1
00:00:01,000 --> 00:00:04,000
大家好，今天我们讲索引。

2
00:00:04,200 --> 00:00:08,000
<i>B-tree</i> 是默认的索引类型。

3
00:03:10,500 --> 00:03:14,000
# 接下来 <script>alert(1)</script> 看 BRIN。
`;
const vtt = `WEBVTT - A talk

NOTE not said

intro
00:01.000 --> 00:04.000 align:start
<v Anna>Hello &amp; welcome.</v>

01:02:03.500 --> 01:02:06.000
The *end*.
`;

test('cues of SubRip and WebVTT are read with their times, without their marks', () => {
  expect(readTranscript(srt).map(({ start, text }) => [start, text])).toEqual([
    [1, '大家好，今天我们讲索引。'],
    [4.2, 'B-tree 是默认的索引类型。'],
    [190.5, '# 接下来 alert(1) 看 BRIN。'],
  ]);
  expect(readTranscript(`\ufeff${vtt.replaceAll('\n', '\r\n')}`)).toEqual([
    { start: 1, end: 4, text: 'Anna: Hello & welcome.' },
    { start: 3723.5, end: 3726, text: 'The *end*.' },
  ]);
  expect(
    readTranscript('1\n00:00:01,000 --> 00:00:02,000\none\n2\n00:00:02,000 --> 00:00:03,000\ntwo'),
  ).toHaveLength(2);
  expect(readTranscript('A text about --> arrows')).toEqual([]);
});

test('the article has a heading for each part, and each leads to its moment in the recording', () => {
  const url = 'https://www.bilibili.com/video/BV1xx?p=2';
  const article = writeArticle(readTranscript(srt), url);
  expect(article.split('\n\n')).toEqual([
    '## [00:01](https://www.bilibili.com/video/BV1xx?p=2&t=1) 大家好，今天我们讲索引。',
    '大家好，今天我们讲索引。 B-tree 是默认的索引类型。',
    '## [03:10](https://www.bilibili.com/video/BV1xx?p=2&t=190) \\# 接下来 alert(1) 看 BRIN。',
    '\\# 接下来 alert(1) 看 BRIN。\n',
  ]);
  const { html } = renderMarkdown(article);
  expect(html).toContain('<a href="https://www.bilibili.com/video/BV1xx?p=2&amp;t=190"');
  expect(timeLink('https://cdn.example/talk.mp3', 75.9)).toBe('https://cdn.example/talk.mp3#t=75');
  expect(timeLink(null, 75)).toBe('#t=75');
  expect([clock(59), clock(3723)]).toEqual(['00:59', '1:02:03']);
});

test('whatever was said, every word of it stands in the article once it is rendered', () => {
  const word = fc.constantFrom(
    'index',
    '索引',
    '**',
    '`',
    '[x](y)',
    '#',
    '-',
    '1.',
    '<b>',
    '$a$',
    '~~',
    'https://a.example',
  );
  const cue = fc.record({
    gap: fc.integer({ min: 0, max: 90 }),
    words: fc.array(word, { minLength: 1, maxLength: 6 }),
  });
  fc.assert(
    fc.property(fc.array(cue, { minLength: 1, maxLength: 20 }), (said) => {
      let at = 0;
      const cues = said.map(({ gap, words }) => ({ start: (at += gap), end: at + 1, text: words.join(' ') }));
      const { html } = renderMarkdown(writeArticle(cues, null));
      expect(html).not.toMatch(/<(?:b|em|strong|code|s|math|li|blockquote)\b/);
      const bare = (text: string) => text.replace(/\u200b|\s/g, '');
      const shown = bare(
        html
          .replace(/<h2[^]*?<\/h2>/g, '')
          .replace(/<[^>]+>/g, '')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>'),
      );
      expect(shown).toBe(bare(cues.map(({ text }) => text).join('')));
    }),
  );
});

async function call<T>(who: Context | null, method: string, path: string, body?: unknown) {
  const answer = await api.call(who, method, `/api/community${path}`, body);
  const text = await answer.text();
  return {
    status: answer.status,
    body: (text === '' ? undefined : JSON.parse(text)) as T,
    location: answer.headers.get('location'),
  };
}
let count = 0;
const write = async (media: unknown) =>
  call<{ id: number }>(author, 'POST', '/articles', {
    title: 'A recording of something',
    markdown: `Words, number ${++count}.`,
    locale: 'en',
    media,
  });

test('a transcript becomes a draft, and never writes over another one unasked', async () => {
  const send = (more = {}) =>
    call(author, 'POST', '/media/transcripts', {
      title: 'Talk',
      transcript: srt,
      mediaUrl: 'https://v.example/1',
      ...more,
    });
  expect((await send({ transcript: 'no cues' })).status).toBe(409);
  expect((await send()).status).toBe(200);
  const draft = await call<{ fields: Record<string, string> }>(author, 'GET', '/drafts/article');
  expect(draft.body.fields).toMatchObject({ title: 'Talk', mediaUrl: 'https://v.example/1' });
  expect(draft.body.fields['markdown']).toContain('## [03:10](https://v.example/1#t=190)');
  expect((await send()).status).toBe(409);
  expect((await send({ replace: true })).status).toBe(200);
});

const audio = { kind: 'audio', url: 'https://cdn.example/1.mp3', sizeBytes: 1000, durationSeconds: 60 };

test('an episode stands in the podcast, plays from its place, and each listener counts once an hour', async () => {
  const { id } = (await write(audio)).body;
  const episodes = (await call<Episode[]>(null, 'GET', '/media/episodes')).body;
  expect(episodes.find((one) => one.id === id)).toMatchObject({ sizeBytes: 1000, contentType: 'audio/mpeg' });
  for (let at = 0; at < 5; at++) {
    const played = await call(null, 'GET', `/media/${id}/sound`);
    expect([played.status, played.location]).toEqual([302, audio.url]);
  }
  expect((await call<Article>(null, 'GET', `/articles/${id}`)).body).toMatchObject({
    media: audio,
    plays: 1,
  });
  const { id: silent } = (await write(null)).body;
  expect((await call(null, 'GET', `/media/${silent}/sound`)).status).toBe(404);
});

test.each([
  ['plays in the clear', { ...audio, url: 'http://cdn.example/1.mp3' }],
  ['is no address', { kind: 'video', url: 'javascript:alert(1)' }],
  [
    'ends before it begins',
    {
      kind: 'session',
      url: 'https://v.example',
      startsAt: '2030-01-01T10:00:00Z',
      endsAt: '2030-01-01T09:00:00Z',
    },
  ],
])('a recording that %s is refused', async (_, media) => {
  expect((await write(media)).status).toBe(422);
});

const remind = () =>
  remindMembers.run(
    { db: database.db, log: createLog('test', 'silent'), config: readConfig({}) },
    {} as never,
  );
const told = async (id: number) =>
  (
    await database.db
      .selectFrom('community.notification')
      .select('key')
      .where('post_id', '=', id)
      .orderBy('key')
      .execute()
  ).map(({ key }) => key);

test('those who asked are told a day and an hour before a session, once each, and nobody after it began', async () => {
  const session = (startsAt: string) => ({
    kind: 'session',
    url: 'https://v.example/live',
    startsAt,
    endsAt: '2030-01-01T00:00:00Z',
    speakers: ['Anna'],
  });
  const inHours = (hours: number) => new Date(Date.now() + hours * 3600_000).toISOString();
  const { id } = (await write(session(inHours(20)))).body;
  const listener = await testContext({ may: [] });
  expect((await call(listener, 'PUT', `/media/${id}/reminder`)).status).toBe(204);
  expect((await call(listener, 'PUT', `/media/${id}/reminder`)).status).toBe(204);
  expect((await call<Article>(listener, 'GET', `/articles/${id}`)).body.isReminded).toBe(true);
  await Promise.all([remind(), remind(), remind()]);
  expect(await told(id)).toEqual([`session:${id}:day`]);
  const move = (hours: number) =>
    sql`update community.post set media = jsonb_set(media, '{startsAt}', to_jsonb(${inHours(hours)}::text)) where id = ${id}`.execute(
      database.db,
    );
  await move(0.5);
  await Promise.all([remind(), remind()]);
  expect(await told(id)).toEqual([`session:${id}:day`, `session:${id}:hour`]);
  await move(-1);
  const late = await testContext({ may: [] });
  expect((await call(late, 'PUT', `/media/${id}/reminder`)).status).toBe(409);
  expect((await call(listener, 'DELETE', `/media/${id}/reminder`)).status).toBe(204);
  const { id: plain } = (await write(null)).body;
  expect((await call(listener, 'PUT', `/media/${plain}/reminder`)).status).toBe(409);
});
