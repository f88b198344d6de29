import { createHash } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';
import { readBankStatement } from '#faces/documents/read_bank_statement.ts';
import type { Visit } from '#faces/server/visit.ts';
import { act, formAction, isRefusal, see, seeOrNotFound, sentenceFor, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { photosFrom } from '#lib/server/photos.ts';
import {
  charge_from_bank_line,
  give_from_bank_line,
  import_bank_statement,
  leave_bank_line,
  list_bank_formats,
  list_open_accounts,
  match_bank_line,
  reopen_bank_line,
  show_reconciliation,
  spend_from_bank_line,
} from '#modules/funds/index.ts';
import { isId } from '#platform/ids.ts';
import { refuse } from '#platform/refusal.ts';

const STATES = ['open', 'matched', 'left'] as const;

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  const asked = (name: string) => url.searchParams.get(name) ?? undefined;
  const state = STATES.find((one) => one === asked('state')) ?? 'open';
  const [booked_on, id] = (asked('before') ?? '').split('/');
  const before = booked_on && isId(id) ? { booked_on, id } : undefined;
  const account_id = isId(asked('account')) ? asked('account') : undefined;
  const shown = await seeOrNotFound(visit, show_reconciliation, { account_id, state, before });
  const { offers } = await see(visit, list_open_accounts, {});
  return { ...shown, offers, state, states: STATES, title: locale(visit, 'funds.reconcile.title') };
};

/** A form of one line; what was said about it comes back beside it. */
const ofLine = (run: (form: FormData, visit: Visit, line_id: string) => Promise<unknown>) => (event: RequestEvent) =>
  formAction(event, (form, visit) => {
    const line_id = text(form, 'line_id');
    return run(form, visit, isId(line_id) ? line_id : refuse('invalid_input', {}, { field: 'line_id' }));
  });
const sent = (form: FormData) => text(form, 'command_id');

export const actions = {
  import: bringIn,
  match: ofLine((form, visit, line_id) => {
    const transfer_ids = (text(form, 'transfer_ids') ?? '').split(' ').filter(Boolean);
    return act(visit, match_bank_line, { line_id, transfer_ids }, sent(form));
  }),
  reopen: ofLine((form, visit, line_id) => act(visit, reopen_bank_line, { line_id }, sent(form))),
  leave: ofLine((form, visit, line_id) =>
    act(visit, leave_bank_line, { line_id, reason: text(form, 'reason') ?? '' }, sent(form)),
  ),
  give: ofLine((form, visit, line_id) => {
    const gift = { line_id, fund_id: text(form, 'fund_id'), donor_name: text(form, 'donor_name') };
    const more = { is_hidden: form.has('is_hidden'), received_on: text(form, 'received_on') };
    const budget_line_id = text(form, 'budget_line_id');
    return act(visit, give_from_bank_line, { ...gift, ...more, budget_line_id }, sent(form));
  }),
  charge: ofLine((form, visit, line_id) => {
    const charge = { line_id, fund_id: text(form, 'fund_id'), effective_on: text(form, 'effective_on') };
    return act(visit, charge_from_bank_line, charge, sent(form));
  }),
  spend: ofLine(async (form, visit, line_id) => {
    const asked = {
      ...{ line_id, debit_account_id: text(form, 'debit_account_id'), category: text(form, 'category') },
      ...{ purpose: text(form, 'purpose'), payee_name: text(form, 'payee_name') },
      ...{ is_payee_public: form.has('is_payee_public'), file_hashes: await photosFrom(form, visit) },
    };
    return act(visit, spend_from_bank_line, asked, sent(form));
  }),
};

type Row = { line: number | null; column: string | null; sentence: string };

/** Brings a statement in, or says of each row what is wrong with it. */
async function bringIn(event: RequestEvent) {
  const { visit } = event.locals;
  const form = await event.request.formData();
  const values = { account_id: text(form, 'account_id') ?? '', format: text(form, 'format') ?? '' };
  try {
    const formats = await see(visit, list_bank_formats, {});
    const file = form.get('file');
    if (!(file instanceof File) || file.size === 0) refuse('file_empty', {}, { field: 'file' });
    const bytes = Buffer.from(await file.arrayBuffer());
    const { format, rows } = readBankStatement(bytes, formats, values.format || undefined);
    const file_sha256 = createHash('sha256').update(bytes).digest('hex');
    const input = { account_id: values.account_id, format, file_sha256, rows };
    return { imported: await act(visit, import_bank_statement, input, sent(form)) };
  } catch (refusal) {
    if (!isRefusal(refusal)) throw refusal;
    const refused: Row[] = [refusal, ...(refusal.also ?? [])].map((one) => ({
      ...{ line: one.where?.line ?? null, column: one.where?.field ?? null },
      sentence: sentenceFor(visit, one),
    }));
    return { refused, values };
  }
}
