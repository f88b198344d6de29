-- Each index is written with every request. The list runs along requests_measured as well; ids sort by time, so facts are
-- found by time through their key; nobody asks for facts or steps by these any more.
drop index requests_newest;
drop index events_by_time;
drop index events_by_kind;
drop index request_steps_by_time;
