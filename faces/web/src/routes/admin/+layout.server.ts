import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { hasRole } from '#platform/actor.ts';

export const load = ({ locals, url }: Pick<RequestEvent, 'locals' | 'url'>) => {
  const { visit } = locals;
  if (!visit.person) redirect(303, `/sign-in?to=${encodeURIComponent(url.pathname)}`);
  const looksAfterPeople = /^\/admin\/people(\/|$)/.test(url.pathname) && hasRole(visit.actor, 'grid_worker');
  if (!looksAfterPeople && !hasRole(visit.actor, 'administrator', 'desk_officer')) error(404, 'not_found');
  return { wide: true };
};
