alter table community.meeting add uid uuid not null default gen_random_uuid() unique;
comment on column community.meeting.uid is 'Under which calendars know it, for ever (UID of RFC 5545).';
