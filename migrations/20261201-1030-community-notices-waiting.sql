-- What is mailed at once is looked for every minute, what is summed up every hour: neither reads past the other.
drop index community.notification_to_mail;
create index notification_to_mail on community.notification (member_id, at) where mail = 'now' and mailed_at is null;
create index notification_to_sum_up on community.notification (member_id, at) where mail = 'digest' and mailed_at is null;
