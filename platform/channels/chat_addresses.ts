import { z } from 'zod';
import { hasRole } from '../actor.ts';
import { command } from '../command.ts';
import type { Ctx } from '../context.ts';
import { seal } from '../crypto.ts';
import { record } from '../event.ts';
import { ownSelf } from '../notices.ts';
import { isInside } from '../post_outside.ts';
import { query } from '../query.ts';
import { notFound, refuse } from '../refusal.ts';
import { endChat, hasOrganisation, insertChat, teamChatsOf, wayPlace } from './address.store.ts';

const url = z.url({ protocol: /^https?$/ }).max(500);

/**
 * Sets the robot of a chat group: my own without `organisation_id`, else that of an organisation's team, by the desk. What is
 * told to the members of a team then shows in its group too. Refused as `address_inside` for an address within our networks.
 */
export const set_chat_address = command({
  name: 'platform.set_chat_address',
  input: z.object({ url, organisation_id: z.uuid().optional() }),
  async run(ctx, input) {
    const owner = await ownerOf(ctx, input.organisation_id);
    const { hostname } = new URL(input.url);
    if (ctx.community.settings.webhooks_inside !== true && isInside(hostname))
      refuse('address_inside', {}, { field: 'url' });
    const id = ctx.newId<'chat_address'>();
    const url_masked = `${hostname}/…${input.url.slice(-3)}`;
    await endChat(ctx, owner.owner_id);
    await insertChat(ctx, {
      id,
      ...owner,
      url_sealed: seal(ctx.keys, wayPlace.chat(id), input.url),
      url_masked,
    });
    record(ctx, 'chat_address.set', { kind: 'chat_address', id });
    return { id };
  },
});

export const end_chat_address = command({
  name: 'platform.end_chat_address',
  input: z.object({ organisation_id: z.uuid().optional() }),
  async run(ctx, input) {
    const { owner_id } = await ownerOf(ctx, input.organisation_id);
    const id = await endChat(ctx, owner_id);
    if (!id) notFound('chat_address', owner_id);
    record(ctx, 'chat_address.ended', { kind: 'chat_address', id });
    return {};
  },
});

/** The chat groups of teams, masked, and the organisations that have none; for the desk. */
export const list_team_chats = query({
  name: 'platform.list_team_chats',
  reads: 'nobody',
  input: z.object({}),
  async run(ctx) {
    if (!hasRole(ctx.actor, 'desk_officer', 'secretary', 'administrator')) notFound('chats', ctx.community.id);
    return teamChatsOf(ctx);
  },
});

async function ownerOf(ctx: Ctx, organisation_id: string | undefined) {
  if (!organisation_id) return { owner_kind: 'person' as const, owner_id: ownSelf(ctx) };
  const isDesk = hasRole(ctx.actor, 'desk_officer', 'secretary', 'administrator');
  if (!isDesk || !(await hasOrganisation(ctx, organisation_id))) notFound('organisation', organisation_id);
  return { owner_kind: 'organisation' as const, owner_id: organisation_id };
}
