import type { RequestEvent } from '@sveltejs/kit';
import { proofOf, seeThe } from '#lib/server/funds.ts';
import { locale } from '#lib/server/locale.ts';
import { show_disclosure } from '#modules/funds/index.ts';

export const load = async (event: RequestEvent) => {
  const { visit } = event.locals;
  const disclosure = await seeThe(event, show_disclosure, { id: event.params.id });
  const title = `${locale(visit, `books.disclosures.kinds.${disclosure.kind}`)} · ${disclosure.figures.campaign.names[visit.locale]}`;
  return { ...disclosure, proof: await proofOf(visit, disclosure.id), title };
};
