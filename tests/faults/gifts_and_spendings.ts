import * as funds from '#modules/funds/index.ts';
import type { Actor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { bringPhoto, type Neighbourhood } from '#tests/factories.ts';

type Act = <I, A>(command: Command<I, A>, input: unknown) => Promise<A>;

/** Gifts with receipts, spendings that wait, were approved, were refused, and what was promised, granted and disclosed. */
export async function giveAndSpend(
  town: Neighbourhood,
  bank_account_id: string,
  fund_id: string,
  act: Act,
): Promise<void> {
  const { desk, administrator } = town.people;
  const as = (actor: Actor, role: 'treasurer' | 'secretary'): Actor => ({
    ...actor,
    roles: [{ role, scope_kind: 'community', scope_id: null }],
  });
  const by = <I, A>(actor: Actor, command: Command<I, A>, input: unknown) =>
    perform(town.environment, { actor, community: town.community, via: 'test' }, command, input);
  const file_hashes = ['c', 'd'].map((letter) => letter.repeat(64));
  for (const hash of file_hashes) await bringPhoto(town, hash, desk);
  for (let i = 1; i <= 4; i++) {
    const gift = { donor_name: `捐赠人${i}`, is_hidden: i % 2 === 0, description: '给大家' };
    await act(funds.record_donation, { ...gift, kind: 'money', amount_fen: 900_000, fund_id, bank_account_id });
    await act(funds.record_donation, { ...gift, kind: 'hours', hours: 1.5 * i });
    const { id } = await by(desk, funds.request_spending, {
      ...{ debit_account_id: fund_id, credit_account_id: bank_account_id, amount_fen: i === 1 ? 600_000 : 100 * i },
      ...{ purpose: '买灯', category: 'repairs', payee_name: '五金店', is_payee_public: true, file_hashes },
    });
    if (i === 3) await by(as(administrator, 'secretary'), funds.refuse_spending, { id, reason: '太贵' });
    if (i < 3) await by(as(administrator, 'secretary'), funds.approve_spending, { id });
    if (i === 1) await act(funds.approve_spending, { id });
  }
  await promiseAndPublish();

  async function promiseAndPublish(): Promise<void> {
    const promised = { kind: 'money', amount_fen: 900, donor_name: '赵六', due_on: '2026-04-01' };
    const { id } = await act(funds.make_pledge, promised);
    await act(funds.keep_pledge, { id, amount_fen: 400, fund_id, bank_account_id });
    const other = await act(funds.make_pledge, promised);
    await act(funds.lapse_pledge, { id: other.id, reason: '搬走了' });
    const { id: grant_id } = await act(funds.write_grant, {
      ...{ direction: 'given', title: '午餐', description: '一年', party_name: '助餐社', fund_id, amount_fen: 300 },
      awarded_on: '2026-03-01',
      instalments: [100, 200].map((amount_fen) => ({ amount_fen, due_on: '2026-03-20', condition: '有记录' })),
    });
    await act(funds.meet_condition, { grant_id, number: 1, note: '看过了' });
    const how = { bank_account_id, category: 'elders', file_hashes };
    for (const note of ['票据不清', '再来'])
      await by(desk, funds.pay_instalment, { grant_id, number: 1, ...how }).then(({ spending_id }) =>
        by(as(administrator, 'secretary'), funds.refuse_spending, { id: spending_id, reason: note }),
      );
    const advance = { holder_id: town.people.handler.id, bank_account_id, amount_fen: 500, purpose: '活动' };
    await by(desk, funds.give_advance, { ...advance, category: 'elders' });
    const names = { 'zh-CN': '助老', en: 'For elders' };
    const campaign = { names, purposes: names, fund_id, starts_on: '2025-11-20' };
    const { id: campaign_id } = await act(funds.start_campaign, campaign);
    await act(funds.publish_disclosure, { campaign_id, kind: 'interim', until_on: '2026-02-19' });
    await act(funds.end_campaign, { id: campaign_id, ends_on: '2026-06-01' });
  }
}
