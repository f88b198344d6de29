import { z } from 'zod';
import { command } from '#platform/command.ts';
import { openRequest } from '../open_request.ts';
import { requestKey } from '../request.input.ts';
import { takeStep } from '../request.store.ts';
import { escalationOf } from '../request.ts';

/** Says in time that a due date is near (1) or past (2). Each level is reached once; a stopped clock escalates nothing. */
export const escalate_request = command({
  name: 'requests.escalate_request',
  input: z.object(requestKey),
  async run(ctx, input) {
    const request = await openRequest(ctx, input, 'escalate');
    const level = request.paused_at || request.closed_at ? 0 : escalationOf(request.due_at!, ctx.now);
    if (level <= request.escalation) return { id: request.id, escalation: request.escalation };
    await takeStep(ctx, request, 'escalate', { escalation: level }, { data: { level } });
    return { id: request.id, escalation: level };
  },
});
