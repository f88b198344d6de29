import { z } from 'zod';
import { allows } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { isFollowCode } from './follow_code.ts';
import { requestsWithPhoto } from './photo.store.ts';
import { requestPolicy, requestRelations } from './request.policy.ts';
import { findRequest } from './request.store.ts';

/** True when a request that this reader may see shows the photo to them. */
export const may_see_photo = query({
  name: 'requests.may_see_photo',
  reads: 'nobody',
  input: z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/), follow_code: z.string().max(20).optional() }),
  async run(ctx, { hash, follow_code }) {
    for (const photo of await requestsWithPhoto(ctx, hash)) {
      const request = await findRequest(ctx, { id: photo.request_id });
      if (!request || photo.hidden_at) continue;
      const relations = requestRelations(ctx.actor, request, isFollowCode(ctx.keys, request.id, follow_code));
      const action = photo.is_public ? 'show' : 'show_private';
      if (allows(requestPolicy, action, relations)) return true;
    }
    return false;
  },
});
