import type { RequestEvent } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { statementOf } from '#lib/server/statements.ts';
import { show_ledger } from '#modules/funds/index.ts';

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  const { funds } = await see(visit, show_ledger, {});
  return {
    ...(await statementOf(visit, url)),
    funds: funds.map(({ id, names }) => ({ id, names })),
    fund: url.searchParams.get('fund') ?? '',
    query: url.searchParams.toString(),
    is_person: visit.actor.kind === 'person',
    title: locale(visit, 'books.statements.title'),
  };
};
