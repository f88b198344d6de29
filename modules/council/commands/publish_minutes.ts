import { z } from 'zod';
import { hashOfJson } from '#modules/log/index.ts';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { refuse } from '#platform/refusal.ts';
import { sittingFor } from '../find.ts';
import { changeMeeting } from '../meeting.store.ts';
import type { MinutesRecord } from '../meeting.ts';
import { entriesOf } from '../minutes.store.ts';
import { minutesRecordOf } from '../minutes_record.ts';

/** Whoever chairs adopts the minutes after the meeting: from then on what they say stands. */
export const adopt_minutes = command({
  name: 'council.adopt_minutes',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const { meeting } = await sittingFor(ctx, id, 'adopt_minutes', ['closed']);
    if (meeting.minutes_adopted_at) refuse('minutes_adopted');
    const entries = await entriesOf(ctx, id);
    if (entries.length === 0) refuse('minutes_empty');
    await changeMeeting(ctx, id, { minutes_adopted_at: ctx.now, minutes_adopted_by_id: ctx.actor.id });
    record(ctx, 'meeting.minutes_adopted', { kind: 'meeting', id }, { entries: entries.length });
    return { id };
  },
});

/** Adopted minutes are published when every entry stands in both languages. Their text is kept, and its hash is logged. */
export const publish_minutes = command({
  name: 'council.publish_minutes',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const { meeting } = await sittingFor(ctx, id, 'publish_minutes', ['closed']);
    if (!meeting.minutes_adopted_at) refuse('adopt_first');
    if (meeting.minutes_published_at) refuse('minutes_published');
    const missing = (await entriesOf(ctx, id)).filter(
      ({ versions: [last] }) => !last!.texts['zh-CN'] || !last!.texts.en,
    );
    if (missing.length > 0) refuse('language_missing', { numbers: missing.map((one) => one.number).join(', ') });
    // As the database gives it back: the same record is the same bytes for whoever hashes it.
    const minutes_text: MinutesRecord = JSON.parse(JSON.stringify(await minutesRecordOf(ctx, meeting)));
    const minutes_sha256 = hashOfJson(minutes_text);
    await changeMeeting(ctx, id, { minutes_published_at: ctx.now, minutes_text, minutes_sha256 });
    record(ctx, 'meeting.minutes_published', { kind: 'meeting', id }, { sha256: minutes_sha256 });
    return { id, sha256: minutes_sha256 };
  },
});
