import { error, type RequestEvent } from '@sveltejs/kit';
import { act, formAction, text } from '#lib/server/act.ts';
import { demandSure, isDay, seeAllowed } from '#lib/server/funds.ts';
import { locale } from '#lib/server/locale.ts';
import { draft_disclosure, publish_disclosure } from '#modules/funds/index.ts';
import { isId } from '#platform/ids.ts';

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  const asked = (name: string) => url.searchParams.get(name) ?? '';
  const wanted = { campaign_id: asked('campaign'), kind: asked('kind'), until_on: asked('until') };
  if (!isId(wanted.campaign_id) || !isDay(wanted.until_on) || !/^(interim|final)$/.test(wanted.kind))
    error(404, 'not_found');
  const draft = await seeAllowed(visit, draft_disclosure, wanted);
  return { ...draft, wanted, title: locale(visit, 'books.disclosures.draft') };
};

export const actions = {
  default: (event: RequestEvent) =>
    formAction(
      event,
      (form, visit) => {
        demandSure(form);
        const wanted = {
          campaign_id: text(form, 'campaign_id'),
          kind: text(form, 'kind'),
          until_on: text(form, 'until_on'),
        };
        return act(visit, publish_disclosure, wanted, text(form, 'command_id'));
      },
      ({ id }) => `/funds/disclosures/${id}`,
    ),
};
