import { error, type RequestEvent } from '@sveltejs/kit';
import { drawReport, type ReportRow } from '#faces/documents/report.ts';
import type { Visit } from '#faces/server/visit.ts';
import type { show_project } from '#modules/projects/index.ts';
import type { Vars } from '#platform/i18n.ts';
import { dateFormat } from '#platform/intl.ts';
import { formatYuan } from '#platform/money.ts';
import { locale } from './locale.ts';
import { needsOf, projectOf } from './projects.ts';

type Project = Awaited<ReturnType<typeof show_project.run>>;
type Words = { t: (key: string, vars?: Vars) => string; on: (at: Date | string | null) => string; visit: Visit };

/** A project with the report that stands; there is none before the first. */
export async function reportOf(event: Pick<RequestEvent, 'locals' | 'params'>) {
  const project = await projectOf(event);
  const report = project.steps.findLast((one) => one.step === 'report');
  if (!report || !['reported', 'closed'].includes(project.state)) error(404, 'not_found');
  return {
    ...{ project, report, verdict: project.steps.findLast((one) => one.step === 'close') ?? null },
    needs: await needsOf(event.locals.visit, project.request_ids),
  };
}

/** The closing report on paper, in the reader's language: words, where it came from, milestones, money, what came of it. */
export function reportPaper(visit: Visit, told: Awaited<ReturnType<typeof reportOf>>): Promise<Buffer> {
  const { project, report, verdict, needs } = told;
  const date = dateFormat(visit.locale === 'en' ? 'en-GB' : 'zh-CN', {
    ...{ timeZone: visit.community.time_zone, dateStyle: 'long' as const },
  });
  const t = (key: string, vars?: Vars) => locale(visit, `projects.${key}`, vars);
  const on = (at: Date | string | null) => (at === null ? '—' : date.format(new Date(at)));
  const words = { t, on, visit };
  const organisation = project.organisation?.names[visit.locale] ?? '';
  const decided = verdict && {
    heading: t('delivery.decided'),
    words: [
      `${verdict.actor_name ?? locale(visit, 'web.request.somebody')} · ${on(verdict.at)}`,
      ...paragraphs(verdict.public_note),
    ],
  };
  return drawReport({
    ...{ community: visit.community.names[visit.locale] ?? '', title: project.proposal.title },
    about: [t('delivery.report'), organisation, on(report.at)].filter(Boolean).join(' · '),
    lead: paragraphs(report.public_note),
    sections: [
      { heading: t('delivery.where_from'), rows: originRows(project, needs, words) },
      milestoneSection(project, words),
      { heading: t('delivery.money'), rows: moneyRows(project, words) },
      ...(project.changes.length > 0
        ? [
            {
              heading: t('delivery.changes_made'),
              list: project.changes.map((one) => `${one.reason} · ${t(`delivery.change_states.${one.state}`)}`),
            },
          ]
        : []),
      outcomeSection(project, words),
      ...(decided ? [decided] : []),
    ],
    check: t('delivery.read_online'),
    url: `${visit.environment.base_url}/projects/${project.id}/report`,
  });
}

const paragraphs = (text: string | null) => (text ?? '').split(/\n+/).filter(Boolean);
const day = (on: string) => `${on}T04:00:00Z`;

function originRows(project: Project, needs: { title: string }[], { t, on, visit }: Words): ReportRow[] {
  const { round, vote } = project;
  return [
    ...(needs.length > 0 ? [{ label: t('needs'), value: needs.map((one) => one.title).join('\n') }] : []),
    {
      label: t('delivery.stations.vote'),
      value: `${round.names[visit.locale] ?? ''} · ${t('votes', { count: vote?.votes ?? 0 })}`,
    },
    { label: t('delivery.begun'), value: on(project.begun_at) },
    ...(project.ended_at ? [{ label: t('delivery.ended'), value: on(project.ended_at) }] : []),
  ];
}

function milestoneSection(project: Project, { t, on }: Words) {
  const decided = (id: string) =>
    project.steps.findLast((one) => one.milestone_id === id && ['accept', 'approve_change'].includes(one.step));
  const list = project.milestones.map((one) =>
    [
      ...[one.title, t(`delivery.milestone_states.${one.state}`), on(day(one.due_on))],
      ...(one.tranche_fen > 0 && one.state === 'accepted' ? [yuan(t, one.tranche_fen)] : []),
      ...(decided(one.id)?.public_note ? [decided(one.id)!.public_note!] : []),
    ].join(' · '),
  );
  return { heading: t('delivery.milestones'), list };
}

const yuan = (t: Words['t'], fen: number) => t('yuan', { yuan: formatYuan(fen) });

function moneyRows({ budget_fen, money }: Project, { t }: Words): ReportRow[] {
  const share = budget_fen > 0 ? money.paid_fen / budget_fen : 0;
  const given = { label: t('delivery.given'), value: yuan(t, budget_fen) };
  if (money.pays_nothing) return [given, { label: t('delivery.paid'), value: t('delivery.pays_nothing') }];
  return [
    given,
    { label: t('delivery.paid'), value: yuan(t, money.paid_fen), share },
    { label: t('delivery.unspent'), value: yuan(t, budget_fen - money.paid_fen) },
    ...(money.gifts ? [{ label: t('delivery.gifts'), value: yuan(t, money.gifts.given_fen) }] : []),
  ];
}

const BEST = 5;

/** Each question with its average as a bar and how many answered; below five answers it is said that they are too few. */
function outcomeSection({ outcome, agreement }: Project, { t, visit }: Words) {
  const rows = (outcome.answers ?? []).map((one): ReportRow => {
    const label = agreement?.questions[one.question - 1]?.[visit.locale] ?? '';
    if (one.average === null) return { label, value: t('delivery.too_few') };
    const value = `${t('delivery.average', { score: one.average })} · ${t('delivery.answers', { count: one.answers })}`;
    return { label, value, share: one.average / BEST };
  });
  return { heading: t('delivery.outcome'), words: [t('delivery.answered_by', { count: outcome.people })], rows };
}
