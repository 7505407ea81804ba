create index post_by_speaker on community.post using gin ((media -> 'speakers'))
  where kind = 'article' and state = 'published' and media ->> 'kind' = 'session';
