alter table platform.mail add column headers jsonb not null default '{}';
comment on column platform.mail.headers is 'Headers beside the usual ones, such as List-Unsubscribe.';
