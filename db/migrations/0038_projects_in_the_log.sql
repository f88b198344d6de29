-- What is agreed, shown, decided and closed about projects is logged as the money is that hangs on it.
drop index events_to_log;
create index events_to_log on events (community_id, id)
  where kind ~ '^(head|rule|round_rules|venture_[a-z_]+|ballot|vote|proposal|project|draw|seat|transfer|account|month|donation|pledge|grant|spending|advance|appeal|disclosure|post|term|role|motion|resolution|council|meeting)\.';
