import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words about recordings, slides, sessions and transcripts. */
export const mediaText = {
  media: { en: 'Recording, slides or live session', 'zh-CN': '录播、幻灯片或直播' },
  kind: { en: 'Kind', 'zh-CN': '类型' },
  none: { en: 'None', 'zh-CN': '无' },
  video: { en: 'Video', 'zh-CN': '视频' },
  audio: { en: 'Audio (podcast episode)', 'zh-CN': '音频（播客节目）' },
  slides: { en: 'Slides', 'zh-CN': '幻灯片' },
  session: { en: 'Live session', 'zh-CN': '直播' },
  url: { en: 'Address', 'zh-CN': '地址' },
  urlHint: {
    en: 'Where it is watched, heard or joined. Audio needs https.',
    'zh-CN': '观看、收听或参加的地址。音频必须使用 https。',
  },
  duration: { en: 'Length in minutes', 'zh-CN': '时长（分钟）' },
  startsAt: { en: 'Begins', 'zh-CN': '开始时间' },
  endsAt: { en: 'Ends', 'zh-CN': '结束时间' },
  speakers: { en: 'Speakers', 'zh-CN': '讲者' },
  speakersHint: {
    en: 'Separated by commas. A member by @handle: the session is then on their page.',
    'zh-CN': '用逗号分隔。社区成员可写作 @用户名，该场次会出现在其主页。',
  },
  replayUrl: { en: 'Replay', 'zh-CN': '回放地址' },
  watch: { en: 'Watch the video', 'zh-CN': '观看视频' },
  open: { en: 'Open the slides', 'zh-CN': '打开幻灯片' },
  join: { en: 'Take part', 'zh-CN': '参加直播' },
  replay: { en: 'Watch the replay', 'zh-CN': '观看回放' },
  listen: { en: 'Listen', 'zh-CN': '收听' },
  minutes: (count: number) => ({ en: `${count} min`, 'zh-CN': `${count} 分钟` }),
  remind: { en: 'Remind me', 'zh-CN': '提醒我' },
  remindNot: { en: 'Do not remind me', 'zh-CN': '取消提醒' },
  remindLead: {
    en: 'You will be told a day and an hour before.',
    'zh-CN': '将在开始前一天和一小时提醒您。',
  },
  podcast: { en: 'Podcast', 'zh-CN': '播客' },
  podcastAbout: {
    en: 'Recordings of the PostgreSQL community.',
    'zh-CN': 'PostgreSQL 社区的音频节目。',
  },
  transcript: { en: 'Transcript', 'zh-CN': '字幕文稿' },
  importTitle: { en: 'Article from a transcript', 'zh-CN': '由字幕生成文章' },
  importLead: {
    en: 'Subtitles become a draft whose headings lead to the moment in the recording.',
    'zh-CN': '把字幕转换为文章草稿，各标题可跳转到录播的对应时刻。',
  },
  transcriptHint: { en: 'SubRip (.srt) or WebVTT (.vtt).', 'zh-CN': 'SubRip（.srt）或 WebVTT（.vtt）格式。' },
  file: { en: 'Or a file', 'zh-CN': '或选择文件' },
  replace: {
    en: 'Write over the draft I have',
    'zh-CN': '覆盖我现有的草稿',
  },
  make: { en: 'Make a draft', 'zh-CN': '生成草稿' },
  noTranscript: {
    en: 'No cue of SubRip or WebVTT was found in this text. Nothing was changed; check that it has lines such as 00:01:02,000 --> 00:01:04,000.',
    'zh-CN':
      '没有识别出 SubRip 或 WebVTT 字幕，未作任何更改。请确认其中有 00:01:02,000 --> 00:01:04,000 这样的行。',
  },
  draftInTheWay: {
    en: 'You have a draft of an article already. It was not touched; finish it, throw it away, or say that it may be written over.',
    'zh-CN': '您已有一份文章草稿，未被改动。请先完成或丢弃，或勾选覆盖。',
  },
  noSession: {
    en: 'This is no live session, or it has begun. Nothing was changed.',
    'zh-CN': '这不是直播，或直播已经开始，未作任何更改。',
  },
} satisfies Texts;
