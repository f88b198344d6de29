import { z } from 'zod';
import { command } from '#platform/command.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { answerHelper, helpersOf } from '../helper.store.ts';
import { openRequest } from '../open_request.ts';
import { id, longText, requestKey } from '../request.input.ts';
import { takeStep } from '../request.store.ts';

/** A helper tells the owner what their part came to. */
export const answer_help = command({
  name: 'requests.answer_help',
  input: z.object({ ...requestKey, help_id: id, text: longText }),
  async run(ctx, input) {
    const request = await openRequest(ctx, input, 'answer_help');
    const help = (await helpersOf(ctx, request.id)).find((one) => one.id === input.help_id);
    const units = ctx.actor.roles.map((grant) => grant.scope_id);
    const isMine = help && (help.person_id === ctx.actor.id || units.includes(help.organisation_id ?? ''));
    if (!isMine) notFound('help', input.help_id);
    if (help.answered_at) refuse('help_answered_before', {}, { kind: 'help', id: help.id });
    await answerHelper(ctx, help.id, input.text);
    const state = await takeStep(
      ctx,
      request,
      'help_answered',
      {},
      { private_note: input.text, data: { help_id: help.id } },
    );
    return { id: request.id, state, version: request.version };
  },
});
