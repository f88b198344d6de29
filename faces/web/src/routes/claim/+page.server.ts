import type { RequestEvent } from '@sveltejs/kit';
import { act, formAction, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { claim_home } from '#modules/letters/index.ts';
import { HOUSEHOLD_RELATIONS } from '#modules/people/index.ts';

export const load = ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  const code = (url.searchParams.get('code') ?? '').slice(0, 40);
  return {
    code,
    may_claim: visit.person !== undefined,
    sign_in: `/sign-in?to=${encodeURIComponent(`/claim${code ? `?code=${encodeURIComponent(code)}` : ''}`)}`,
    relations: HOUSEHOLD_RELATIONS,
    title: locale(visit, 'letters.claim.title'),
  };
};

export const actions = {
  default: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      const input = {
        code: text(form, 'claim_code') ?? '',
        name: text(form, 'name') ?? '',
        born_in_year: Number(text(form, 'born_in_year')) || undefined,
        relation: text(form, 'relation'),
      };
      // A wrong code is an answer, and what was typed beside it is shown again.
      return { ...(await act(visit, claim_home, input, text(form, 'command_id'))), typed: input };
    }),
};
