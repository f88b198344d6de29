import { storePhoto } from '#faces/server/photos.ts';
import * as funds from '#modules/funds/index.ts';
import type { Actor, Role } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import { idFrom } from '#platform/ids.ts';
import { ask } from '#platform/query.ts';
import { writeBooks } from './books.ts';
import { chanceOf } from './chance.ts';
import type { Scale } from './geography.ts';
import { planGifts } from './gifts.ts';
import type { Groups } from './groups.ts';
import {
  DAY,
  drawingInTurn,
  HOUR,
  insertInOrder,
  monthsAgo,
  type People,
  SIZES,
  type Telling,
  YUAN,
} from './money_telling.ts';
import { FUNDS, LINES, PURCHASES } from './money_texts.ts';
import { receiptPictures } from './receipt_pictures.ts';
import type { Residents } from './residents.ts';
import { planned, planSpendings, request, sourceOf } from './spendings.ts';

/** What the rest of the demonstration pays from. */
export type Purse = { commands: number; venture_fund_id: string; bank_account_id: string; treasurer: Actor };
/**
 * The money of the council, month by month, through the commands that people use: gifts by neighbours, units and some who are
 * not named, goods and hours, grants, spendings with drawn receipts that others approve, an advance and its settlement, one
 * refused, one reversed, one held back, months closed. The same seed gives the same books.
 */
export async function writeFunds(
  environment: Environment,
  community: Community,
  residents: Residents,
  groups: Groups,
  scale: Scale,
  seed: number,
  now: Date,
): Promise<Purse> {
  let commands = 0;
  const pictures = receiptPictures();
  const telling: Telling = {
    ...{ people: peopleOf(residents, groups), chance: chanceOf('funds', seed), now: now.getTime(), seed, residents },
    ...{ size: SIZES[scale], bank: '', funds: new Map(), deeds: [] },
    act(actor, at, command, input) {
      const id = idFrom(community.id, 'funds', String(seed), String(commands++));
      const caller = { actor, community, id, via: 'command_line', now: new Date(Math.min(at, now.getTime())) };
      return perform(environment, caller, command, input);
    },
    see: (actor, query, input) => ask(environment, { actor, community, via: 'command_line' }, query, input),
    photograph: drawingInTurn(async (bill) => {
      const owner = { environment, community, actor: telling.people.desk };
      return (await storePhoto(owner, await pictures.draw(bill))).hash;
    }),
    later: (at, run) => insertInOrder(telling.deeds, { at, run }),
  };
  try {
    await openAccounts(telling);
    planGifts(telling);
    planSpendings(telling);
    planMonths(telling);
    for (let deed = telling.deeds.shift(); deed; deed = telling.deeds.shift()) await deed.run(deed.at);
    await leaveOpen(telling);
    await writeBooks(telling);
  } finally {
    pictures.end();
  }
  const { treasurer } = telling.people;
  const venture_fund_id = telling.funds.get('venture')!.id;
  return { commands, venture_fund_id, bank_account_id: telling.bank, treasurer };
}

function peopleOf(residents: Residents, groups: Groups): People {
  const staff = (role: Role): Actor => ({
    ...{ kind: 'person', id: residents.staff.find((one) => one.role === role)!.id },
    roles: [{ role, scope_kind: 'community', scope_id: null }],
  });
  const seat = (code: string): Actor => ({
    ...{ kind: 'person', id: groups.council.find((one) => one.code === code)!.person_id, roles: [] },
  });
  return {
    ...{ treasurer: staff('treasurer'), secretary: staff('secretary'), desk: staff('desk_officer') },
    ...{ chair: seat('chair'), supervisor: seat('supervisor') },
  };
}

async function openAccounts(telling: Telling): Promise<void> {
  const { act, people } = telling;
  const at = monthsAgo(telling, telling.size.months) + 9 * HOUR;
  const open = async (kind: string, zh: string, en: string, more: object = {}) =>
    (await act(people.treasurer, at, funds.open_account, { kind, names: { 'zh-CN': zh, en }, ...more })).id;
  telling.bank = await open('bank', '理事会基本户', 'Council account');
  for (const { key, names, only } of FUNDS) {
    const restriction = only ? { categories: only } : {};
    telling.funds.set(key, { id: await open('fund', names['zh-CN'], names.en, { restriction }), left_fen: 0 });
  }
  for (const { key, fund, category, names } of LINES) {
    const more = { fund_id: telling.funds.get(fund)!.id, category };
    telling.funds.set(key, { id: await open('budget_line', names['zh-CN'], names.en, more), left_fen: 0 });
  }
}

/** Every month is closed on the eighth of the next, but the last that is over: that is the treasurer's to close. */
function planMonths(telling: Telling): void {
  const { act, people, size, later } = telling;
  for (let month = 0; month < size.months - 1; month++) {
    const begins = monthsAgo(telling, size.months - month);
    const name = new Date(begins + 8 * HOUR).toISOString().slice(0, 7);
    const at = monthsAgo(telling, size.months - month - 1) + 7 * DAY + 17 * HOUR;
    if (at < telling.now) later(at, (when) => act(people.treasurer, when, funds.close_month, { month: name }));
  }
}

/** What waits today: a spending for its second approval, one for its first, and money that is held back. */
async function leaveOpen(telling: Telling): Promise<void> {
  const { people, act, bank, now } = telling;
  const bought = (words: string) => PURCHASES.find((one) => one.purpose === words)!;
  const large = planned(telling, now - 2 * DAY, bought('儿童攀爬架'), 10_000);
  await sourceOf(telling, now - 3 * DAY, large);
  const first = await request(telling, now - 2 * DAY, large);
  await act(people.secretary, now - DAY, funds.approve_spending, { id: first.id });
  await request(telling, now - 5 * HOUR, planned(telling, now - 5 * HOUR, bought('暑期图书角的新书'), 900));
  await act(people.treasurer, now - 4 * HOUR, funds.post_transfers, {
    transfers: [
      {
        ...{ kind: 'return', flow: 'pending', amount_fen: 200 * YUAN, reason: '捐赠人打错了账户，等他来信。' },
        ...{ debit_account_id: telling.funds.get('mutual')!.id, credit_account_id: bank },
      },
    ],
  });
}
