update community.notification set kind = 'followed', payload = payload || '{"what": "post"}' where kind = 'followed-post';
-- Until now the page of settings had one line for new followers and for news of what is followed.
insert into community.notification_preference (member_id, kind, in_page, mail, push)
select member_id, 'followed', in_page, mail, push from community.notification_preference where kind = 'follow'
on conflict do nothing;
