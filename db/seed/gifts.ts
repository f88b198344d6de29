import * as funds from '#modules/funds/index.ts';
import { DAY, HOUR, monthly, monthsAgo, type Telling, YUAN } from './money_telling.ts';
import { FUNDS, GOODS, HOURS, LINES, WISHES, weighted } from './money_texts.ts';
import { GIVEN, SURNAMES } from './names.ts';
import { organisationNames } from './organisation_names.ts';

/** A gift of so many yuan, in round figures as people give. */
const round = (yuan: number) => Math.max(20, yuan > 2_000 ? Math.round(yuan / 500) * 500 : Math.round(yuan / 10) * 10);

export function planGifts(telling: Telling): void {
  const { chance, size, later } = telling;
  const donors = donorsOf(telling);
  let kept = 0;
  for (let month = 0; month <= size.months; month++) {
    const begins = monthsAgo(telling, size.months - month);
    const wanted = monthly(telling, month);
    // A grant twice a year, and what units and neighbours give month by month.
    const isGrant = month % 6 === 0;
    kept += wanted;
    if (isGrant) {
      const yuan = Math.round((kept * 0.45) / 1_000) * 1_000;
      kept -= yuan;
      later(begins + 2 * DAY + 10 * HOUR, (at) => grant(telling, at, yuan));
    }
    for (let i = 0; i < size.gifts; i++) {
      const at = begins + (1 + chance.below(26)) * DAY + (9 + chance.below(8)) * HOUR;
      if (at > telling.now) continue;
      const isUnit = i === 0;
      const yuan = isUnit ? round(kept * (0.5 + chance.next() * 0.3)) : round(20 + chance.next() ** 4 * 1_500);
      kept = Math.max(0, kept - yuan);
      const donor = isUnit ? chance.pick(donors.units) : chance.pick(donors.people);
      later(at, (when) => give(telling, when, donor, yuan, !isUnit));
    }
  }
  // What the last round of the venture was given to spend.
  later(telling.now - 50 * DAY, (at) => grant(telling, at, size.venture_yuan, ['venture']));
  planOwnGifts(telling);
}

type Donor = { name: string; is_hidden: boolean; person_id?: string; id?: string };

function donorsOf({ chance, size, residents }: Telling): { units: Donor[]; people: Donor[] } {
  const units = Array.from({ length: size.months > 20 ? 60 : 12 }, (_, i) => ({
    ...{ name: organisationNames('partner_unit', i)['zh-CN'], is_hidden: false },
  }));
  const people = Array.from({ length: size.gifts * 30 }, (_, i): Donor => {
    const name = chance.pick(SURNAMES) + chance.pick(GIVEN);
    return { name, is_hidden: chance.yes(0.2), person_id: i % 5 === 0 ? residents.ids[20 + i] : undefined };
  });
  return { units, people };
}

/** The resident who tries the demonstration has given too. */
function planOwnGifts(telling: Telling): void {
  const { ids, sign_ins } = telling.residents;
  const donor: Donor = { name: `小${[...sign_ins[0]!.name][0]}`, is_hidden: false, person_id: ids[0] };
  for (const [days, yuan] of [
    [190, 200],
    [75, 66],
  ] as const)
    telling.later(telling.now - days * DAY, (at) => give(telling, at, donor, yuan, false));
  telling.later(telling.now - 20 * DAY, (at) => giveForOneThing(telling, at, donor, 300));
}

/** Who gave before is the same donor; more goes to where more is wanted. */
async function give(telling: Telling, at: number, donor: Donor, yuan: number, mixed: boolean): Promise<void> {
  const { chance, act, people, bank } = telling;
  const kind = mixed && chance.yes(0.08) ? 'goods' : mixed && chance.yes(0.1) ? 'hours' : 'money';
  const fund = telling.funds.get(weighted(chance, FUNDS).key)!;
  const what =
    kind === 'money'
      ? { amount_fen: yuan * YUAN, fund_id: fund.id, bank_account_id: bank }
      : kind === 'goods'
        ? { description: chance.pick(GOODS) }
        : { hours: 1 + chance.below(16) / 2, description: chance.pick(HOURS) };
  const wish = kind === 'money' && mixed && chance.yes(0.2) ? { description: chance.pick(WISHES) } : {};
  const answer = await act(people.treasurer, at, funds.record_donation, { kind, ...whoIs(donor), ...what, ...wish });
  donor.id = answer.donor_id;
  if (kind === 'money') fund.left_fen += yuan * YUAN;
}

const whoIs = ({ id: donor_id, name: donor_name, ...rest }: Donor) =>
  donor_id ? { donor_id } : { donor_name, ...rest };

/** For one thing alone: what lies there is spent on nothing else, so that the plans of spending do not count it. */
async function giveForOneThing(
  { act, people, bank, funds: accounts }: Telling,
  at: number,
  donor: Donor,
  yuan: number,
) {
  const [line] = LINES;
  await act(people.treasurer, at, funds.record_donation, {
    ...{ kind: 'money', ...whoIs(donor), amount_fen: yuan * YUAN, bank_account_id: bank },
    ...{ fund_id: accounts.get(line!.fund)!.id, budget_line_id: accounts.get(line!.key)!.id },
    description: WISHES[0],
  });
}

async function grant(telling: Telling, at: number, yuan: number, only?: string[]): Promise<void> {
  const { act, people, bank } = telling;
  const given = FUNDS.filter((one) => !only || only.includes(one.key));
  const whole = given.reduce((sum, one) => sum + one.share, 0);
  const fenOf = (share: number) => Math.round((yuan * YUAN * share) / whole / YUAN) * YUAN;
  const shares = given.map(({ key, share }) => ({ fund: telling.funds.get(key)!, fen: fenOf(share) }));
  await act(people.treasurer, at, funds.post_transfers, {
    transfers: shares.map(({ fund, fen }) => ({
      ...{ kind: 'grant', debit_account_id: bank, credit_account_id: fund.id, amount_fen: fen },
      reason: only ? '本轮项目创投的专项经费' : '街道拨给理事会的半年经费',
    })),
  });
  for (const { fund, fen } of shares) fund.left_fen += fen;
}
