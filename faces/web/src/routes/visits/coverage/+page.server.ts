import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { list_occasions, show_coverage } from '#modules/visits/index.ts';
import { hasRole } from '#platform/actor.ts';
import { dateIn } from '#platform/clock.ts';

/** What knocking came to; every figure leads to the visits behind it. */
export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  if (!visit.person) redirect(303, '/sign-in?to=/visits/coverage');
  if (!hasRole(visit.actor, 'grid_worker', 'desk_officer', 'secretary')) error(404, 'not_found');
  const days = Math.min(730, Math.max(1, Number(url.searchParams.get('days')) || 90));
  const now = visit.environment.clock();
  const from_on = dateIn(visit.community.time_zone, new Date(now.getTime() - days * 86_400_000));
  const [coverage, occasions] = await Promise.all([
    see(visit, show_coverage, { from_on }),
    see(visit, list_occasions, {}),
  ]);
  return {
    coverage,
    occasions,
    days,
    may_decide: hasRole(visit.actor, 'desk_officer', 'secretary'),
    title: locale(visit, 'visits.coverage'),
    wide: true,
  };
};
