-- To follow money, all that ever moved on one side of an account is added up. With the amounts in the index this reads its
-- pages in order, instead of a page of the table for nearly every transfer.
create index transfers_by_debit_moved on transfers (community_id, debit_account_id, at desc, sequence desc) include (amount_fen, flow);
create index transfers_by_credit_moved on transfers (community_id, credit_account_id, at desc, sequence desc) include (amount_fen, flow);
drop index transfers_by_debit;
drop index transfers_by_credit;
alter index transfers_by_debit_moved rename to transfers_by_debit;
alter index transfers_by_credit_moved rename to transfers_by_credit;
