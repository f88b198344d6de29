import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type Actor, hasRole, type RoleGrant } from './actor.ts';
import { findToken, insertToken, listTokens, revokeToken } from './api_tokens.store.ts';
import { command } from './command.ts';
import type { Community } from './context.ts';
import { sha256 } from './crypto.ts';
import type { Environment } from './environment.ts';
import { record } from './event.ts';
import { query } from './query.ts';
import { notFound } from './refusal.ts';

export const SCOPES = ['requests:read', 'requests:write', 'places:read', 'measures:read'] as const;

/** A token for another system: what it may do is the least of its scopes and of the person it was given to. Shown once. */
export const issue_api_token = command({
  name: 'platform.issue_api_token',
  input: z.object({
    label: z.string().trim().min(1).max(100),
    scopes: z.array(z.enum(SCOPES)).min(1),
    token: z.string().regex(/^ym_[A-Za-z0-9_-]{43}$/),
  }),
  async run(ctx, input) {
    if (!hasRole(ctx.actor, 'administrator')) notFound('api_token', ctx.community.id);
    const id = ctx.newId<'api_token'>();
    // The sender makes the token, so that the receipt of this command does not hold it.
    await insertToken(ctx, { id, token_hash: sha256(input.token), label: input.label, scopes: [...input.scopes] });
    record(ctx, 'api_token.issued', { kind: 'api_token', id }, { scopes: input.scopes });
    return { id };
  },
});

export function newToken(): string {
  return `ym_${randomBytes(32).toString('base64url')}`;
}

export const revoke_api_token = command({
  name: 'platform.revoke_api_token',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    if (!hasRole(ctx.actor, 'administrator') || !(await revokeToken(ctx, id))) notFound('api_token', id);
    record(ctx, 'api_token.revoked', { kind: 'api_token', id });
    return { id };
  },
});

export const list_api_tokens = query({
  name: 'platform.list_api_tokens',
  reads: 'nobody',
  input: z.object({}),
  async run(ctx) {
    if (!hasRole(ctx.actor, 'administrator')) notFound('api_tokens', ctx.community.id);
    return listTokens(ctx);
  },
});

/** Who a token acts as, or undefined when it is unknown, revoked or too old. */
export async function actorOfToken(
  environment: Environment,
  community: Community,
  token: string,
): Promise<Actor | undefined> {
  if (token.length > 100) return undefined;
  const found = await findToken(environment, community, sha256(token), environment.clock());
  return found && { kind: 'person', id: found.person_id, roles: found.roles as RoleGrant[], scopes: found.scopes };
}
