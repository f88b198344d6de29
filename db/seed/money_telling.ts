import type { Actor } from '#platform/actor.ts';
import type { Command } from '#platform/command.ts';
import type { Query } from '#platform/query.ts';
import type { Chance } from './chance.ts';
import type { Scale } from './geography.ts';
import type { Bill } from './receipt_pictures.ts';
import type { Residents } from './residents.ts';

export const DAY = 86_400_000;
export const HOUR = 3_600_000;
export const YUAN = 100;

/** How long the books go back, what came in altogether, and how many gifts and spendings a month. */
export const SIZES = {
  small: { months: 14, total_yuan: 186_000, venture_yuan: 100_000, gifts: 5, spendings: 3 },
  full: { months: 72, total_yuan: 3_750_000, venture_yuan: 850_000, gifts: 20, spendings: 6 },
} as const;
/** Of what came in so much was spent; the rest is there. */
export const SPENT = 0.72;

export type People = { treasurer: Actor; secretary: Actor; desk: Actor; chair: Actor; supervisor: Actor };
export type Deed = { at: number; run: (at: number) => Promise<unknown> };
/** A bill, and the photo of it that is being drawn meanwhile. */
export type Photographed = { bill: Bill; hash: () => Promise<string> };
export type Telling = {
  people: People;
  chance: Chance;
  now: number;
  size: (typeof SIZES)[Scale];
  seed: number;
  bank: string;
  funds: Map<string, { id: string; left_fen: number }>;
  residents: Residents;
  act<I, A>(actor: Actor, at: number, command: Command<I, A>, input: unknown): Promise<A>;
  see<I, A>(actor: Actor, query: Query<I, A>, input: unknown): Promise<A>;
  /** Bills in the order in which they were planned; each is drawn while what comes before it is told. */
  photograph(bill: Bill): Photographed;
  deeds: Deed[];
  /** Something that follows: told when its time comes. */
  later(at: number, run: Deed['run']): void;
};

export const monthsAgo = ({ now }: Telling, months: number): number => {
  const at = new Date(now + 8 * HOUR);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - months, 1) - 8 * HOUR;
};

/** The amount of a month's share, a little more every year. */
export function monthly(telling: Telling, month: number): number {
  const growth = 0.6 + (0.8 * month) / telling.size.months;
  return (telling.size.total_yuan / telling.size.months) * growth;
}

export function insertInOrder(deeds: Deed[], deed: Deed): void {
  const at = deeds.findIndex((one) => one.at > deed.at);
  deeds.splice(at < 0 ? deeds.length : at, 0, deed);
}

/** Draws one after the other, from the first that is wanted on, a few ahead of whoever waits for them. */
export function drawingInTurn(draw: (bill: Bill) => Promise<string>): Telling['photograph'] {
  const drawn: (Promise<string> | undefined)[] = [];
  const bills: Bill[] = [];
  const AHEAD = 6;
  const start = (i: number) => {
    if (i >= bills.length) return undefined;
    drawn[i] ??= (drawn[i - 1] ?? Promise.resolve()).then(() => draw(bills[i]!));
    return drawn[i];
  };
  return (bill) => {
    const i = bills.push(bill) - 1;
    const hash = () => {
      for (let k = i; k < i + AHEAD; k++) start(k)?.catch(() => {});
      return start(i)!;
    };
    return { bill, hash };
  };
}
