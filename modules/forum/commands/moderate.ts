import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { notify } from '#platform/notify.ts';
import { maskPersonalData } from '#platform/personal_data.ts';
import { demand } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { forumPolicy, forumRelations } from '../forum.policy.ts';
import { changeModerated, insertStep, lockModerated } from '../moderation.store.ts';
import { RULES, RULES_FOR, STEPS, stateAfter } from '../speech.ts';

/**
 * A moderator lets something be read, refuses it, hides it, or shows it again: always by a rule, and when something is
 * taken from view with a reason in words. Each step is a row of the public log. Nobody moderates what they said themselves.
 */
export const moderate = command({
  name: 'forum.moderate',
  input: z.object({
    subject: z.object({ kind: z.enum(['topic', 'speech', 'statement']), id: z.uuid() }),
    step: z.enum(STEPS),
    rule: z.enum(RULES),
    reason: z.string().trim().max(1000).default(''),
  }),
  async run(ctx, { subject, step, rule, reason }) {
    demand(forumPolicy, 'moderate', forumRelations(ctx.actor), subject);
    const thing = (await lockModerated(ctx, subject)) ?? notFound(subject.kind, subject.id);
    if (thing.author_id === ctx.actor.id) refuse('own_words');
    const takesAway = step === 'refuse' || step === 'hide';
    if (takesAway && reason === '') refuse('required', {}, { field: 'reason' });
    if (!RULES_FOR[step].includes(rule)) refuse('rule_does_not_fit', {}, { field: 'rule' });
    const state = stateAfter(thing.state, step) ?? refuse('step_not_possible', {}, { field: 'step' });
    await changeModerated(ctx, subject, state);
    const id = ctx.newId<'moderation_step'>();
    const said = reason === '' ? null : maskPersonalData(reason);
    await insertStep(ctx, { id, step, subject, topic_id: thing.topic_id, rule, reason: said });
    record(
      ctx,
      `${subject.kind}.moderated`,
      { kind: 'topic', id: thing.topic_id },
      { subject_id: subject.id, step, rule },
    );
    await notify(
      ctx,
      {
        ...{ person_id: thing.author_id, template: `moderation_${step}`, vars: { title: thing.title } },
        subject: { kind: 'topic', id: thing.topic_id },
      },
      id,
    );
    return { id, state };
  },
});
