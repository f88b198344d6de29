import { z } from 'zod';
import { command } from '#platform/command.ts';
import { refuse } from '#platform/refusal.ts';
import { askHelper } from '../helper.store.ts';
import { openRequest } from '../open_request.ts';
import { id, longText, requestKey } from '../request.input.ts';
import { takeStep } from '../request.store.ts';
import { holdsAnyRole, leastLoadedHandler } from '../routing.store.ts';

/** Joint handling: another unit does a part; the owner stays the one accountable. */
export const call_in_help = command({
  name: 'requests.call_in_help',
  input: z.object({
    ...requestKey,
    helper: z.union([z.object({ person_id: id }), z.object({ organisation_id: id })]),
    asked_for: longText,
  }),
  async run(ctx, input) {
    const request = await openRequest(ctx, input, 'call_in_help');
    const { helper } = input;
    const isThere =
      'person_id' in helper
        ? await holdsAnyRole(ctx, helper.person_id)
        : await leastLoadedHandler(ctx, helper.organisation_id);
    if (!isThere) refuse('helper_unknown', {}, { field: 'helper' });
    const help_id = await askHelper(ctx, request.id, { ...helper, asked_for: input.asked_for });
    const state = await takeStep(
      ctx,
      request,
      'call_in_help',
      {},
      { private_note: input.asked_for, data: { help_id, ...helper } },
    );
    return { id: request.id, help_id, state, version: request.version };
  },
});
