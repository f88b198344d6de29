import * as projects from '#modules/projects/index.ts';
import type { Actor } from '#platform/actor.ts';
import { ask } from '#platform/query.ts';
import type { Venture } from './venture.ts';
import { DONE, LOOKED_AT, PAID_ELSEWHERE, QUESTIONS, REPORT, STOPPED, taskOf } from './venture_delivery_texts.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const AT_ONCE = 4;
/** Of six years' choices 341 were carried out or are; these, and one of the last year, were not. */
const STOPPED_OF_EARLIER = 16;

/** The projects of earlier years as they are remembered: carried out and closed, or stopped. Their money was booked elsewhere. */
export async function deliverEarlier(venture: Venture, numbers: readonly number[]): Promise<void> {
  const ids: string[] = [];
  for (const number of numbers)
    ids.push(
      ...(
        await venture.act(venture.secretary, venture.today - 394 * DAY + number * HOUR, projects.begin_projects, {
          number,
        })
      ).ids,
    );
  const leads = [...venture.groups.leads];
  const every = Math.ceil(ids.length / STOPPED_OF_EARLIER);
  const jobs = ids.map((id, i) => async () => {
    const [organisation_id, person_id] = leads[(i * 7) % leads.length]!;
    const lead: Actor = { kind: 'person', id: person_id, roles: [] };
    if (i % every === 0) await stop(venture, id, i);
    else await remember(venture, id, organisation_id, lead, i);
  });
  for (let i = 0; i < jobs.length; i += AT_ONCE) await Promise.all(jobs.slice(i, i + AT_ONCE).map((job) => job()));
}

const stop = ({ act, secretary, today }: Venture, id: string, i: number) =>
  act(secretary, today - (390 - (i % 20)) * DAY, projects.stop_project, { id, reason: STOPPED });

async function remember(venture: Venture, id: string, organisation_id: string, lead: Actor, i: number): Promise<void> {
  const { act, secretary, today, environment, community } = venture;
  const at = (days: number) => today - (388 - (i % 60) - days) * DAY + 10 * HOUR;
  const task = taskOf(['elders', 'children', 'stairwells', 'greenery', 'neighbours'][i % 5]!);
  const due_on = new Date(at(90)).toISOString().slice(0, 10);
  const { agreement_version } = await act(lead, at(0), projects.draft_agreement, {
    ...{
      id,
      organisation_id,
      words: `${task.words}\n${PAID_ELSEWHERE}`,
      offers: task.offers,
      questions: QUESTIONS.slice(0, 1),
    },
    milestones: [{ title: task.milestones[1], due_on, tranche_fen: 0 }],
  });
  for (const [actor, side] of [
    [lead, 'organisation'],
    [secretary, 'community'],
  ] as const)
    await act(actor, at(1), projects.sign_agreement, { id, agreement_version, side });
  const caller = { actor: secretary, community, via: 'command_line' };
  const milestone_id = (await ask(environment, caller, projects.show_project, { id })).milestones[0]!.id;
  await act(lead, at(80), projects.submit_evidence, { milestone_id, words: DONE[1]! });
  await act(secretary, at(82), projects.decide_milestone, { milestone_id, verdict: 'accept', reason: LOOKED_AT[0]! });
  await act(lead, at(85), projects.report_project, { id, words: REPORT });
  await act(secretary, at(88), projects.decide_report, { id, verdict: 'close', reason: LOOKED_AT[1]! });
}
