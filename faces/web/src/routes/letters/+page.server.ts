import type { RequestEvent } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { notAsThemselves } from '#lib/server/letters.ts';
import { locale } from '#lib/server/locale.ts';
import { list_campaigns } from '#modules/letters/index.ts';
import { hasRole } from '#platform/actor.ts';

export const load = async ({ locals }: RequestEvent) => {
  const { visit } = locals;
  notAsThemselves(visit);
  return {
    campaigns: await see(visit, list_campaigns, {}),
    may_write: hasRole(visit.actor, 'desk_officer', 'administrator', 'secretary'),
    may_settle: hasRole(visit.actor, 'desk_officer', 'administrator'),
    title: locale(visit, 'letters.title'),
  };
};
