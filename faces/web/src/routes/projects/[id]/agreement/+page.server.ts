import { error, type RequestEvent } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { projectOf } from '#lib/server/projects.ts';
import { fenFrom } from '#lib/server/venture.ts';
import { list_organisations } from '#modules/groups/index.ts';
import { DELIVERING_KINDS, draft_agreement, MOST_MILESTONES } from '#modules/projects/index.ts';
import { refuse } from '#platform/refusal.ts';

export const load = async (event: RequestEvent) => {
  const { visit } = event.locals;
  const project = await projectOf(event);
  if (!project.may.draft) error(404, 'not_found');
  const { organisations } = await see(visit, list_organisations, { limit: 1000 });
  // Whoever decides chooses any; whoever speaks for one chooses among theirs.
  const isTheirs = (id: string) => project.may.decide_any || project.may.speaks_for.includes(id);
  return {
    project,
    organisations: organisations
      .filter((one) => DELIVERING_KINDS.includes(one.kind) && isTheirs(one.id))
      .map(({ id, names }) => ({ id, names })),
    most: MOST_MILESTONES,
    title: locale(visit, 'projects.delivery.agreement'),
  };
};

const lines = (form: FormData, name: string) =>
  (text(form, name) ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** A question in one language or both, set apart by a bar; one that is asked in one language is asked so in both. */
function questionOf(line: string) {
  const [zh = '', en = zh] = line.split(/[|｜]/).map((part) => part.trim());
  return { 'zh-CN': zh, en };
}

function milestonesFrom(form: FormData) {
  const found: object[] = [];
  for (let i = 0; i < MOST_MILESTONES; i++) {
    const title = text(form, `title_${i}`);
    if (!title) continue;
    const due_on = text(form, `due_on_${i}`) ?? refuse('required', {}, { field: `due_on_${i}` });
    found.push({ title, due_on, tranche_fen: fenFrom(form, `tranche_${i}`) ?? 0 });
  }
  return found;
}

export const actions = {
  default: (event: RequestEvent) =>
    formAction(
      event,
      (form, visit) =>
        act(
          visit,
          draft_agreement,
          {
            ...{ id: event.params.id, expected_version: Number(text(form, 'expected_version')) || undefined },
            ...{ organisation_id: text(form, 'organisation_id'), words: text(form, 'words') ?? '' },
            offers: [
              ...lines(form, 'services').map((title) => ({ kind: 'service', title })),
              ...lines(form, 'activities').map((title) => ({ kind: 'activity', title })),
            ],
            ...{ questions: lines(form, 'questions').map(questionOf), milestones: milestonesFrom(form) },
          },
          text(form, 'command_id'),
        ),
      () => `/projects/${event.params.id}`,
    ),
};
