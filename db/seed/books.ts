import * as funds from '#modules/funds/index.ts';
import { DAY, HOUR, type Telling, YUAN } from './money_telling.ts';

const day = (at: number) => new Date(at + 8 * HOUR).toISOString().slice(0, 10);
const both = (zh: string, en: string) => ({ 'zh-CN': zh, en });

/** What lies beside the ledger: promises, grants in instalments, what was disclosed, and the bank's own lines. */
export async function writeBooks(telling: Telling): Promise<void> {
  await promise(telling);
  await writeGrants(telling);
  await disclose(telling);
  await bringStatement(telling);
}

async function promise({ act, people, now, residents }: Telling): Promise<void> {
  const at = now - 30 * DAY;
  const promised: [made: object, due: number][] = [
    [{ kind: 'money', amount_fen: 500 * YUAN, donor_name: '小区邻居', person_id: residents.ids[0] }, now + 20 * DAY],
    [{ kind: 'goods', description: '二十把折叠椅，给楼道客厅用', donor_name: '便民家具店' }, now + 9 * DAY],
    [{ kind: 'hours', hours: 12, description: '周末教老人用手机', donor_name: '读书会' }, now + 45 * DAY],
    [
      { kind: 'money', amount_fen: 3_000 * YUAN, donor_name: '街口小吃店', wish: { categories: ['elders'] } },
      now - 4 * DAY,
    ],
  ];
  for (const [made, due] of promised) await act(people.treasurer, at, funds.make_pledge, { ...made, due_on: day(due) });
}

async function writeGrants({ act, people, now, bank, funds: purses }: Telling): Promise<void> {
  const at = now - 20 * DAY;
  const received = await act(people.treasurer, at, funds.write_grant, {
    ...{ direction: 'received', title: '社区服务配套资金', description: '街道给理事会的年度配套，分两期。' },
    ...{ party_name: '街道办事处', fund_id: purses.get('venture')!.id, amount_fen: 40_000 * YUAN, awarded_on: day(at) },
    instalments: [
      { amount_fen: 25_000 * YUAN, due_on: day(now - 2 * DAY) },
      { amount_fen: 15_000 * YUAN, due_on: day(now + 120 * DAY), condition: '交上半年的使用情况' },
    ],
  });
  const which = { grant_id: received.id, number: 1, bank_account_id: bank };
  await act(people.treasurer, now - 2 * HOUR, funds.receive_instalment, which);
  await act(people.treasurer, at, funds.write_grant, {
    ...{ direction: 'given', title: '独居老人午餐', description: '一年的送餐和看望，由社会组织承接。' },
    ...{
      party_name: '邻里助餐服务社',
      fund_id: purses.get('mutual')!.id,
      amount_fen: 6_000 * YUAN,
      awarded_on: day(at),
    },
    ...{ starts_on: day(now), ends_on: day(now + 365 * DAY) },
    instalments: [
      { amount_fen: 3_000 * YUAN, due_on: day(now + 10 * DAY) },
      { amount_fen: 3_000 * YUAN, due_on: day(now + 190 * DAY), condition: '每月送餐记录齐全' },
    ],
  });
}

/** Raising that goes on: its first three months were disclosed, the next are due one day. */
async function disclose({ act, see, people, now, funds: purses }: Telling): Promise<void> {
  const begins = now - 160 * DAY;
  await act(people.treasurer, begins, funds.start_campaign, {
    names: both('邻里互助募捐', 'Raising for neighbours in need'),
    purposes: both(
      '给一时过不去的邻居：看病、火灾、突然没了收入。',
      'For neighbours who cannot manage for a while: illness, fire, sudden loss of income.',
    ),
    ...{ fund_id: purses.get('mutual')!.id, starts_on: day(begins) },
  });
  const { campaigns } = await see(people.treasurer, funds.list_disclosures, {});
  for (const campaign of campaigns)
    for (const one of campaign.disclosures.filter(({ state }) => state === 'due' || state === 'overdue'))
      await act(people.treasurer, Date.parse(`${one.due_on}T02:00:00Z`), funds.publish_disclosure, {
        ...{ campaign_id: campaign.id, kind: one.kind, until_on: one.until_on },
      });
}

/** The bank's lines of the last weeks: most are in the books already, two are not. */
async function bringStatement({ act, see, people, now, bank }: Telling): Promise<void> {
  const from = new Date(now - 25 * DAY);
  const { lines } = await see(people.treasurer, funds.show_statement, { account_id: bank, from, limit: 60 });
  const amount = (fen: number) => (fen / 100).toFixed(2);
  const known = lines.reverse().map((line) => ({
    ...{ day: line.effective_on, amount: amount((line.is_increase ? 1 : -1) * line.amount_fen) },
    name: line.gift?.donor_name ?? line.spending?.payee_name ?? '',
    note: line.spending?.purpose ?? (line.gift ? '捐款' : ''),
  }));
  const only_there = [
    { day: day(now - 3 * DAY), amount: '18.62', name: '', note: '活期利息' },
    { day: day(now - DAY), amount: '200.00', name: '周敏', note: '给互助基金' },
  ];
  const rows = [...known, ...only_there].map((row, i) => ({ line: i + 2, ...row }));
  await act(people.treasurer, now - HOUR, funds.import_bank_statement, {
    ...{ account_id: bank, format: 'signed', file_sha256: 'd'.repeat(64), rows },
  });
}
