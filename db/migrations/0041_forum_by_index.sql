-- What a forum of many years asks for often: what waits, why something is hidden, and what one person said, marked and thinks.
create index topics_waiting on topics (community_id, raised_at) where state = 'waiting';
create index moderation_steps_by_subject on moderation_steps (community_id, subject_id, at desc, id desc);
create index statements_by_writer on statements (community_id, written_by_id, written_at desc);
create index speech_marks_by_person on speech_marks (community_id, person_id, marked_at desc);
create index opinions_by_person on opinions (community_id, person_id, given_at desc);
