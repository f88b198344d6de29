import { see } from '#lib/server/act.ts';
import { goingOn } from '#lib/server/going_on.ts';
import { list_requests, show_public_measures } from '#modules/requests/index.ts';

export const load = async ({ locals }: { locals: App.Locals }) => {
  const { visit } = locals;
  const [answered, measures, going_on] = await Promise.all([
    see(visit, list_requests, { order: 'answered', limit: 5 }),
    see(visit, show_public_measures, {}),
    goingOn(visit),
  ]);
  return { answered: answered.requests, measures, going_on };
};
