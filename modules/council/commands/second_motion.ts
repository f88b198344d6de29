import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { allows } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { councilPolicy } from '../council.policy.ts';
import { sealOfSecond } from '../council_history.ts';
import { motionFor } from '../find.ts';
import { motionsIn, stepMotion } from '../motion.store.ts';
import { motionAfter } from '../motion.ts';
import { memberFor } from '../roll.ts';

/** Another member than the one who moved it wants it talked over and voted on. */
export const second_motion = command({
  name: 'council.second_motion',
  input: z.object({ id: z.uuid(), person_id: z.uuid().optional() }),
  async run(ctx, { id, person_id }) {
    const sitting = await motionFor(ctx, id, 'second', ['planned', 'called', 'open']);
    const { motion } = sitting;
    const seconded_by_id = await memberFor(ctx, sitting, person_id);
    if (seconded_by_id === motion.moved_by_id) refuse('seconds_own', {}, { field: 'person_id' });
    await stepMotion(ctx, motion, 'second', { seconded_by_id, seconded_at: ctx.now });
    record(
      ctx,
      'motion.seconded',
      { kind: 'meeting', id: motion.meeting_id },
      { motion_id: id, seal: sealOfSecond(id, seconded_by_id) },
    );
    return { id, meeting_id: motion.meeting_id };
  },
});

/** Whoever moved it takes it back before it is voted on; its amendments go with it. */
export const withdraw_motion = command({
  name: 'council.withdraw_motion',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const { motion, relations } = await motionFor(ctx, id, 'move', ['planned', 'called', 'open']);
    const isOwn = motion.moved_by_id === ctx.actor.id && !ctx.actor.on_behalf_of_id;
    if (!isOwn && !allows(councilPolicy, 'speak_for_member', relations)) notFound('motion', id);
    await stepMotion(ctx, motion, 'withdraw', { decided_at: ctx.now });
    for (const amendment of await motionsIn(ctx, motion.meeting_id))
      if (amendment.amends_id === id && motionAfter(amendment.state, 'withdraw'))
        await stepMotion(ctx, amendment, 'withdraw', { decided_at: ctx.now });
    record(ctx, 'motion.withdrawn', { kind: 'meeting', id: motion.meeting_id }, { motion_id: id });
    return { id, meeting_id: motion.meeting_id };
  },
});
