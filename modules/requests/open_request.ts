import type { Ctx } from '#platform/context.ts';
import { demand } from '#platform/policy.ts';
import { refuse } from '#platform/refusal.ts';
import { isFollowCode } from './follow_code.ts';
import { type RequestAction, requestPolicy, requestRelations } from './request.policy.ts';
import { lockRequest, type RequestRow } from './request.store.ts';

export type RequestKey = { id: string; expected_version?: number; follow_code?: string };

/**
 * How every command on a request begins: find and lock it, ask whether this actor may, and refuse an edit that was
 * written against an older version (`stale`, with the version that stands).
 */
export async function openRequest(ctx: Ctx, key: RequestKey, action: RequestAction): Promise<RequestRow> {
  const request = await lockRequest(ctx, key.id);
  const holdsCode = isFollowCode(ctx.keys, request.id, key.follow_code);
  demand(requestPolicy, action, requestRelations(ctx.actor, request, holdsCode), { kind: 'request', id: key.id });
  if (key.expected_version !== undefined && key.expected_version !== request.version) {
    refuse('stale', { version: request.version }, { kind: 'request', id: key.id });
  }
  return request;
}
