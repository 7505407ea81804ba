-- What members typed as their industry, as one of the industries that wishes have; what is none of them is another.
update community.member set industry = case lower(trim(industry))
  when '' then ''
  when 'finance' then 'finance' when '金融' then 'finance'
  when 'internet' then 'internet' when '互联网' then 'internet'
  when 'government' then 'government' when '政务' then 'government'
  when 'telecommunications' then 'telecom' when 'telecom' then 'telecom' when '电信' then 'telecom'
  when 'manufacturing' then 'manufacturing' when '制造' then 'manufacturing' when '制造业' then 'manufacturing'
  when 'retail' then 'retail' when '零售' then 'retail'
  when 'energy' then 'energy' when '能源' then 'energy'
  when 'transport' then 'transport' when '交通' then 'transport'
  when 'healthcare' then 'healthcare' when '医疗' then 'healthcare'
  when 'education' then 'education' when '教育' then 'education'
  when 'software' then 'software' when '软件' then 'software'
  else 'other' end;
comment on column community.member.industry is 'One of the industries of the contract; empty while the member does not say.';
create index member_by_industry on community.member (industry, reputation desc, id) where industry <> '' and erased_at is null;

alter table community.organisation add industry text not null default '' check (length(industry) <= 40);
alter table community.organisation_revision add industry text not null default '' check (length(industry) <= 40);
comment on column community.organisation.industry is 'One of the industries of the contract; empty while its managers do not say.';

alter table community.post
  add industries text[] not null default '{}' check (cardinality(industries) <= 3),
  add for_roles  text[] not null default '{}' check (cardinality(for_roles) <= 4);
create index post_by_industries on community.post using gin (industries) where kind = 'article' and industries <> '{}';
create index post_by_roles on community.post using gin (for_roles) where kind = 'article' and for_roles <> '{}';
comment on column community.post.industries is 'Of an article: the industries that it is about; none: whatever the industry.';
comment on column community.post.for_roles is 'Of an article: for readers of which roles it was written; none: for everybody.';

alter table community.area
  add covers_industry text check (length(covers_industry) <= 40),
  add covers_role     text check (length(covers_role) <= 40);
