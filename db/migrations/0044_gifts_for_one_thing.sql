-- A gift may be bound to one of the things its fund offers: its money lies in a budget line that gifts alone fill, one a use.
alter table donations add column budget_line_id uuid,
  add foreign key (community_id, budget_line_id) references accounts (community_id, id),
  add check (budget_line_id is null or (kind = 'money' and fund_id is not null));
create unique index accounts_restricted_lines on accounts (community_id, fund_id, project_id, category) nulls not distinct
  where kind = 'budget_line' and restriction <> '{}' and closed_at is null;
