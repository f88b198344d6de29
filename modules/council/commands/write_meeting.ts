import { z } from 'zod';
import { sealOfWords } from '#modules/log/index.ts';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { refuse } from '#platform/refusal.ts';
import { demandInCouncil, sittingFor } from '../find.ts';
import { changeMeeting, insertMeeting } from '../meeting.store.ts';

const words = (limit: number) => z.string().trim().min(1).max(limit);
const plan = {
  titles: z.object({ 'zh-CN': words(80), en: words(80) }),
  place_text: words(200),
  starts_at: z.coerce.date(),
  ends_at: z.coerce.date(),
};

/** When it is, in the log, and a hash of what it is called and where. */
function factsOfPlan(id: string, { starts_at, ends_at, titles, place_text }: z.infer<z.ZodObject<typeof plan>>) {
  const seal = sealOfWords(id, titles['zh-CN'], titles.en, place_text);
  return { starts_at: starts_at.toISOString(), ends_at: ends_at.toISOString(), seal };
}

/** A meeting is planned: nobody is called yet. */
export const plan_meeting = command({
  name: 'council.plan_meeting',
  input: z.object({ organisation_id: z.uuid(), ...plan }),
  async run(ctx, { organisation_id, ...rest }) {
    await demandInCouncil(ctx, organisation_id, 'write_meeting');
    if (rest.ends_at <= rest.starts_at) refuse('meeting_backwards', {}, { field: 'ends_at' });
    const id = ctx.newId<'meeting'>();
    await insertMeeting(ctx, { id, organisation_id, ...rest });
    record(ctx, 'meeting.planned', { kind: 'meeting', id }, { organisation_id, ...factsOfPlan(id, rest) });
    return { id };
  },
});

/** The plan changes before the meeting is called; afterwards it is cancelled and planned anew, so that nobody comes in vain. */
export const change_meeting = command({
  name: 'council.change_meeting',
  input: z.object({ id: z.uuid(), expected_version: z.number().int().positive().optional(), ...plan }),
  async run(ctx, { id, expected_version, ...rest }) {
    await sittingFor(ctx, id, 'write_meeting', ['planned']);
    if (rest.ends_at <= rest.starts_at) refuse('meeting_backwards', {}, { field: 'ends_at' });
    await changeMeeting(ctx, id, rest, expected_version);
    record(ctx, 'meeting.changed', { kind: 'meeting', id }, factsOfPlan(id, rest));
    return { id };
  },
});
