insert into community.point_rule (cause, version, growth, spendable, valid)
select cause, 1, amount, amount, tstzrange('2000-01-01 00:00+00', null)
from (values ('area-met', 50), ('excellent-wish', 50)) as rule (cause, amount);

comment on column community.wish.excellent_at is 'Since when those who look after wishes find it excellent: its author has points for it, until they take that back.';
