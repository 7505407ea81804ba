alter table platform.mail add column permission text;
comment on column platform.mail.permission is 'What somebody must be permitted to read its words in the outbox, beside reading mails: a link that makes an owner is for owners.';
