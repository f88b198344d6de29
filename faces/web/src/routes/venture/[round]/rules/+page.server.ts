import { error, type RequestEvent } from '@sveltejs/kit';
import { act, formAction } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { roundOf, rulesFrom } from '#lib/server/venture.ts';
import { write_venture_round } from '#modules/projects/index.ts';
import { dateIn } from '#platform/clock.ts';

export const load = async (event: RequestEvent) => {
  const { visit } = event.locals;
  const round = await roundOf(event);
  if (!round.may.write_round || round.frozen_at || round.is_imported) error(404, 'not_found');
  const days = Object.fromEntries(
    Object.entries(round.rules.calendar).map(([name, at]) => [name, dateIn(visit.community.time_zone, new Date(at))]),
  );
  return { round, days, title: locale(visit, 'projects.edit_rules') };
};

export const actions = {
  default: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) => {
        const expected_version = Number(form.get('expected_version')) || undefined;
        return act(visit, write_venture_round, {
          id: (await roundOf(event)).id,
          expected_version,
          ...rulesFrom(form, visit),
        });
      },
      ({ number }) => `/venture/${number}`,
    ),
};
