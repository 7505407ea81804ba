alter table identity.invitation add column proves_address boolean not null default false;
comment on column identity.invitation.proves_address is 'The link went to the mailbox alone. False where no mail server is set: then an administrator reads it in the outbox and passes it on, and accepting proves nothing about the address.';
