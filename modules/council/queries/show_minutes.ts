import { z } from 'zod';
import { allows } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { councilPolicy } from '../council.policy.ts';
import { standingIn } from '../find.ts';
import { findMeeting } from '../meeting.store.ts';
import { minutesOf } from '../meeting.ts';
import { minutesRecordOf } from '../minutes_record.ts';

/** The minutes as one record: for everybody as they were published, before that as they stand, for whoever writes them. */
export const show_minutes = query({
  name: 'council.show_minutes',
  reads: 'nobody',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const meeting = (await findMeeting(ctx, id)) ?? notFound('meeting', id);
    const { relations } = await standingIn(ctx, meeting.organisation_id);
    const minutes = minutesOf(meeting);
    const mayRead = minutes === 'published' || allows(councilPolicy, 'write_minutes', relations);
    if (minutes === 'none' || !mayRead) notFound('minutes', id);
    const { starts_at, minutes_sha256, minutes_text } = meeting;
    return {
      starts_at,
      minutes,
      sha256: minutes_sha256,
      record: minutes_text ?? (await minutesRecordOf(ctx, meeting)),
    };
  },
});
