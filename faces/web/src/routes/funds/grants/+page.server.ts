import type { RequestEvent } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { amountFrom } from '#lib/server/funds.ts';
import { locale } from '#lib/server/locale.ts';
import { photosFrom } from '#lib/server/photos.ts';
import {
  GRANT_DIRECTIONS,
  import_grants,
  list_grants,
  list_open_accounts,
  meet_condition,
  pay_instalment,
  receive_instalment,
  write_grant,
} from '#modules/funds/index.ts';
import { list_organisations } from '#modules/groups/index.ts';
import { dateIn } from '#platform/clock.ts';
import { isId } from '#platform/ids.ts';
import { refuse } from '#platform/refusal.ts';

const MOST_BYTES = 8 * 1024 * 1024;

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  const before = url.searchParams.get('before');
  const shown = await see(visit, list_grants, { before: isId(before) ? before : undefined });
  const chosen = shown.may.post ? await see(visit, list_open_accounts, {}) : { accounts: [], categories: [] };
  const parties = shown.may.post ? (await see(visit, list_organisations, { limit: 1000 })).organisations : [];
  return {
    ...{ ...shown, directions: GRANT_DIRECTIONS, categories: chosen.categories },
    parties: parties.map(({ id, names }) => ({ id, names })),
    funds: chosen.accounts.filter((one) => one.kind === 'fund'),
    banks: chosen.accounts.filter((one) => one.kind === 'bank'),
    today: dateIn(visit.community.time_zone, visit.environment.clock()),
    title: locale(visit, 'books.grants.title'),
  };
};

const sent = (form: FormData) => text(form, 'command_id');
const which = (form: FormData) => ({ grant_id: text(form, 'grant_id'), number: Number(text(form, 'number')) });

/** Instalments as lines: an amount, a day, and what it waits for. */
function instalmentsFrom(form: FormData) {
  const rows = [1, 2, 3, 4].flatMap((i) => {
    const [amount_fen, due_on] = [amountFrom(form, `instalment_${i}`), text(form, `due_${i}`)];
    if (amount_fen === undefined && !due_on) return [];
    return [{ amount_fen, due_on, condition: text(form, `condition_${i}`) ?? null }];
  });
  return rows.length > 0 ? rows : refuse('required', {}, { field: 'instalment_1' });
}

export const actions = {
  write: (event: RequestEvent) =>
    formAction(event, (form, visit) => {
      const [starts_on, ends_on] = [text(form, 'starts_on'), text(form, 'ends_on')];
      const grant = {
        ...{ direction: text(form, 'direction'), title: text(form, 'title'), description: text(form, 'description') },
        ...{
          organisation_id: text(form, 'organisation_id'),
          party_name: text(form, 'party_name'),
          fund_id: text(form, 'fund_id'),
        },
        ...{ amount_fen: amountFrom(form, 'amount_fen'), awarded_on: text(form, 'awarded_on'), starts_on, ends_on },
        instalments: instalmentsFrom(form),
      };
      return act(visit, write_grant, grant, sent(form));
    }),
  meet: (event: RequestEvent) =>
    formAction(event, (form, visit) =>
      act(visit, meet_condition, { ...which(form), note: text(form, 'note') }, sent(form)),
    ),
  pay: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      const how = { bank_account_id: text(form, 'bank_account_id'), category: text(form, 'category') };
      return act(
        visit,
        pay_instalment,
        { ...which(form), ...how, file_hashes: await photosFrom(form, visit) },
        sent(form),
      );
    }),
  receive: (event: RequestEvent) =>
    formAction(event, (form, visit) => {
      const how = { bank_account_id: text(form, 'bank_account_id'), received_on: text(form, 'received_on') };
      return act(visit, receive_instalment, { ...which(form), ...how }, sent(form));
    }),
  import: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      const file = form.get('file');
      if (!(file instanceof File) || file.size === 0) refuse('file_empty', {}, { field: 'file' });
      if (file.size > MOST_BYTES) refuse('file_large', { megabytes: MOST_BYTES / 1024 / 1024 }, { field: 'file' });
      return act(visit, import_grants, parsed(await file.text()), sent(form));
    }),
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse('json_broken', {}, { field: 'file' });
  }
}
