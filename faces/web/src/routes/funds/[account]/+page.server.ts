import { error, type RequestEvent } from '@sveltejs/kit';
import type { Visit } from '#faces/server/visit.ts';
import { act, formAction, isRefusal, see } from '#lib/server/act.ts';
import { demandSure, idFrom, lineKeyFrom, rangeFrom, seeThe } from '#lib/server/funds.ts';
import { close_account, list_budget_lines, my_rights, show_balance, show_statement } from '#modules/funds/index.ts';
import { show_project } from '#modules/projects/index.ts';

export const load = async (event: RequestEvent) => {
  const { locals, params, url } = event;
  const { visit } = locals;
  const account_id = params.account!;
  const range = rangeFrom(url, visit.community.time_zone);
  const statement = await seeThe(event, show_statement, {
    ...{ account_id, from: range.from, until: range.until, before: lineKeyFrom(url), limit: 50 },
  });
  const isFund = statement.account.kind === 'fund';
  return {
    ...{ statement, range, may: await see(visit, my_rights, {}) },
    lines: isFund ? await see(visit, list_budget_lines, { fund_id: account_id, after: idFrom(url, 'after') }) : null,
    project: statement.account.project_id ? await projectOf(visit, statement.account.project_id) : null,
    past: range.at ? await see(visit, show_balance, { account_id, at: range.at }) : null,
    is_later_page: url.searchParams.has('before'),
    title: statement.account.names[visit.locale],
  };
};

/** The project that a budget line is for, as far as it is one that residents chose. */
async function projectOf(visit: Visit, id: string) {
  const project = await see(visit, show_project, { id }).catch((problem) =>
    isRefusal(problem) ? null : error(500, 'unknown'),
  );
  return project && { id, title: project.proposal.title };
}

export const actions = {
  close: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) => {
        demandSure(form);
        return act(visit, close_account, { id: event.params.account });
      },
      () => '/funds/desk',
    ),
};
