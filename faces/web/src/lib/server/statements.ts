import type { Visit } from '#faces/server/visit.ts';
import { show_donor_statement, show_period_statement } from '#modules/funds/index.ts';
import { isId } from '#platform/ids.ts';
import { seeAllowed } from './funds.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
export const isDay = (text: string | null): text is string =>
  DAY.test(text ?? '') && new Date(`${text}T00:00:00Z`).toString() !== 'Invalid Date';

/** The period of a statement as the address has it; this year so far when it has none. */
export function periodOf(visit: Visit, url: URL): { from_on: string; until_on: string } {
  const today = new Intl.DateTimeFormat('sv', { timeZone: visit.community.time_zone }).format(
    visit.environment.clock(),
  );
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
