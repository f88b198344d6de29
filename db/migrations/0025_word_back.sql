-- Word back over several channels: who wants which kind by which way, where it goes, and how each message fared.

-- What a notice is about, what caused it (one notice a cause and person), and since when its messages are written down.
alter table notices add column kind text not null default 'requests' check (kind ~ '^[a-z_]{2,40}$');
alter table notices add column cause_id uuid;
alter table notices add column is_urgent boolean not null default false;
-- Told because of a post held: the chat group of the team hears it too.
alter table notices add column is_for_work boolean not null default false;
alter table notices add column gathered_at timestamptz;
create unique index notices_once on notices (community_id, cause_id, person_id) where cause_id is not null;

-- A person's choice for one kind of notice; without a row the channel of notice_preferences holds, at once.
create table notice_choices (
  community_id uuid not null references communities (id),
  person_id uuid not null,
  kind text not null check (kind ~ '^[a-z_]{2,40}$'),
  channels text[] not null check (channels <@ array['sms', 'email', 'push', 'chat']),
  rhythm text not null check (rhythm in ('at_once', 'daily', 'weekly')),
  changed_at timestamptz not null,
  primary key (community_id, person_id, kind),
  foreign key (community_id, person_id) references people (community_id, id)
);
call guard_table('notice_choices', 'select, insert, update');

-- A browser that shows notices although no page is open. Endpoint and keys are sealed. One that has ended is deleted.
create table push_subscriptions (
  community_id uuid not null references communities (id),
  id uuid not null,
  person_id uuid not null,
  endpoint_fingerprint bytea not null,
  subscription_sealed bytea not null,
  service_host text not null,
  created_at timestamptz not null,
  primary key (community_id, id),
  foreign key (community_id, person_id) references people (community_id, id),
  unique (community_id, endpoint_fingerprint)
);
create index push_subscriptions_by_person on push_subscriptions (community_id, person_id);
call guard_table('push_subscriptions', 'select, insert, update, delete');

-- The robot of a chat group: a resident's own, or an organisation's. The address is a secret of that group, so it
-- is sealed, and deleted when it ends.
create table chat_addresses (
  community_id uuid not null references communities (id),
  id uuid not null,
  owner_kind text not null check (owner_kind in ('person', 'organisation')),
  owner_id uuid not null,
  url_sealed bytea not null,
  url_masked text not null,
  created_at timestamptz not null,
  created_by_id uuid not null,
  primary key (community_id, id),
  unique (community_id, owner_id)
);
call guard_table('chat_addresses', 'select, insert, update, delete');

-- A message is written down first and sent after. What waited in the old way is gathered again.
alter table notices no force row level security;
alter table deliveries no force row level security;
update notices n set gathered_at = n.created_at where not exists (
  select 1 from deliveries d where d.community_id = n.community_id and d.id = n.delivery_id and d.state = 'waiting')
  and (n.delivery_id is not null or n.created_at < now() - interval '1 day');
delete from deliveries where state = 'waiting';

alter table deliveries add column recipient_id uuid;
alter table deliveries add column address_id uuid;
alter table deliveries add column locale text not null default 'zh-CN' check (locale in ('zh-CN', 'en'));
alter table deliveries add column due_at timestamptz;
alter table deliveries add column leased_until timestamptz;
-- How often a sender vanished between sending and writing down.
alter table deliveries add column unsure_count integer not null default 0;
update deliveries d set due_at = d.created_at,
  recipient_id = (select n.person_id from notices n where n.community_id = d.community_id and n.id = d.notice_id);
delete from deliveries where recipient_id is null;
alter table deliveries alter column due_at set not null;
alter table deliveries alter column recipient_id set not null;
alter table deliveries drop constraint deliveries_state_check;
update deliveries set state = 'given_up' where state = 'failed';
alter table deliveries add constraint deliveries_state_check check (state in ('waiting', 'sent', 'failed', 'given_up', 'not_needed'));
alter table deliveries add constraint deliveries_channel_check check (channel in ('sms', 'email', 'push', 'chat'));
drop index deliveries_waiting;
create index deliveries_due on deliveries (community_id, channel, due_at) where state in ('waiting', 'failed');
create index deliveries_listed on deliveries (community_id, created_at desc, id desc);
create index deliveries_by_recipient on deliveries (community_id, recipient_id) where state in ('waiting', 'failed');

-- Which notice goes along with which message: once by cause, recipient and channel.
create table delivery_notices (
  community_id uuid not null references communities (id),
  cause_id uuid not null,
  recipient_id uuid not null,
  channel text not null,
  notice_id uuid not null,
  delivery_id uuid not null,
  primary key (community_id, cause_id, recipient_id, channel),
  foreign key (community_id, delivery_id) references deliveries (community_id, id),
  foreign key (community_id, notice_id) references notices (community_id, id)
);
create index delivery_notices_by_delivery on delivery_notices (community_id, delivery_id);
create index delivery_notices_by_notice on delivery_notices (community_id, notice_id);
insert into delivery_notices (community_id, cause_id, recipient_id, channel, notice_id, delivery_id)
  select d.community_id, n.id, n.person_id, d.channel, n.id, d.id
  from notices n join deliveries d on d.community_id = n.community_id and d.id = n.delivery_id;
call guard_table('delivery_notices', 'select, insert');

alter table notices force row level security;
alter table deliveries force row level security;
drop index notices_waiting;
alter table notices drop column delivery_id;
alter table deliveries drop column notice_id;
alter table deliveries drop column address_sealed;
alter table deliveries drop column text;
create index notices_waiting on notices (community_id, person_id, created_at) where gathered_at is null;
