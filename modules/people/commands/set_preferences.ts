import { z } from 'zod';
import { isStaff } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { refuse } from '#platform/refusal.ts';
import { changePerson, findPerson, nameOf } from '../person.store.ts';

/**
 * How I like to read, and whether neighbours see my name on what I say in public (otherwise they see none). Nobody
 * shows another name than their own; staff show the name their administrator wrote.
 */
export const set_preferences = command({
  name: 'people.set_preferences',
  input: z.object({
    large_type: z.boolean().optional(),
    languages: z
      .array(z.enum(['zh-CN', 'en']))
      .min(1)
      .max(2)
      .optional(),
    shows_name: z.boolean().optional(),
  }),
  async run(ctx, { shows_name, ...chosen }) {
    if (ctx.actor.kind !== 'person' || ctx.actor.on_behalf_of_id) refuse('sign_in_first');
    const person = await findPerson(ctx, ctx.actor.id);
    const name = nameOf(ctx, person);
    if (shows_name !== undefined && isStaff(ctx.actor)) refuse('staff_show_names', {}, { field: 'shows_name' });
    if (shows_name && name === '') refuse('name_first', {}, { field: 'shows_name' });
    const public_name = shows_name === undefined ? undefined : shows_name ? name : null;
    await changePerson(ctx, person.id, { ...chosen, ...(public_name !== undefined && { public_name }) });
    record(ctx, 'person.preferences_set', { kind: 'person', id: person.id });
    return { id: person.id };
  },
});
