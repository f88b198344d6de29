import type { Visit } from '#faces/server/visit.ts';
import { show_donor_statement, show_period_statement } from '#modules/funds/index.ts';
import { dateIn } from '#platform/clock.ts';
import { isId } from '#platform/ids.ts';
import { isDay, seeAllowed } from './funds.ts';

/** The period of a statement as the address has it; this year so far when it has none. */
export function periodOf(visit: Visit, url: URL): { from_on: string; until_on: string } {
  const today = dateIn(visit.community.time_zone, visit.environment.clock());
  const [from, until] = [url.searchParams.get('from'), url.searchParams.get('until')];
  return { from_on: isDay(from) ? from : `${today.slice(0, 4)}-01-01`, until_on: isDay(until) ? until : today };
}

/** The statement that the address asks for: of a fund, a project or a donor, or one's own gifts. */
export async function statementOf(visit: Visit, url: URL) {
  const period = periodOf(visit, url);
  const asked = (name: string) => (isId(url.searchParams.get(name)) ? url.searchParams.get(name)! : undefined);
  const [fund_id, project_id, donor_id] = [asked('fund'), asked('project'), asked('donor')];
  if (period.until_on < period.from_on) return { period, figures: null, gifts: null };
  if (fund_id || project_id)
    return {
      period,
      figures: await seeAllowed(visit, show_period_statement, { fund_id, project_id, ...period }),
      gifts: null,
    };
  if (donor_id || url.searchParams.has('mine'))
    return { period, figures: null, gifts: await seeAllowed(visit, show_donor_statement, { donor_id, ...period }) };
  return { period, figures: null, gifts: null };
}
