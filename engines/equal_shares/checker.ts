/**
 * Checks the outcome of an equal-shares election. This file imports nothing and shares no code with the rule it checks: it can
 * be handed out, read, and run alone (Node, or a browser once the types are stripped). All arithmetic is in whole numbers.
 *
 * - checkProportionality needs ballots and winners only: EJR+ up to one project (Brill and Peters 2023, for budgets), that
 *   is, no group of voters is owed a project that they all support and that the money they stand for would have paid.
 * - checkPrices goes through the purchases: everybody's share pays for what they support and nothing else, every project
 *   is paid to the last fraction, and no project is left out that its supporters still could pay.
 *
 * Both take time near-linear in the marks on the ballots (sorting).
 */
export type CheckedVote = {
  /** Decimal or `a/b`, as all amounts here. */
  budget: string;
  projects: { id: string; cost: string }[];
  /** Equal ballots may be put together: every id is a voter. Points only where they count; ranked ballots best first. */
  ballots: { voter_ids: string[]; projects: string[]; points?: string[] }[];
  utility: 'cost' | 'cardinality' | 'points' | 'borda';
};

/** A group that is owed a project: `voters` support it, and have less from the winners than their money would buy. */
export type Witness = { project: string; voters: string[]; ratio: number };
export type Proportionality = { ok: boolean; worst_ratio: number; witness: Witness | null };

/** What everybody had, and each project bought in order with what one mark paid (in approval votes a voter is one mark). */
export type Statement = { endowment: string; purchases: { project: string; price?: string }[]; winners: string[] };
export type Finding = {
  code:
    | 'project_unknown'
    | 'winner_repeated'
    | 'over_budget'
    | 'endowment_too_small'
    | 'not_among_winners'
    | 'payments_differ'
    | 'supporters_could_pay';
  project: string | null;
  /** What was paid or is left, and what it is compared with. */
  found: string;
  wanted: string;
  voters: string[];
};
export type Prices = { ok: boolean; findings: Finding[]; purchases: { project: string; price: string }[] };

type Ratio = [above: bigint, below: bigint];
type Ballot = { weight: bigint; ids: string[]; marks: Map<number, bigint> };

/**
 * For every project left out and every group of its supporters, somebody in the group has to hold
 * `utility of winners + utility of the project > budget / voters × utility of the project to the group / cost`.
 * Groups that hold the least are the strongest, so one pass over the supporters by what they hold is enough.
 */
export function checkProportionality(vote: CheckedVote, winners: string[]): Proportionality {
  const { projects, costs, budget, ballots, voters, worth } = prepare(vote);
  const won = new Set(winners.map((id) => find(projects, id)));
  const holds = ballots.map(({ marks }) => {
    let sum = 0n;
    for (const [project, mark] of marks) if (won.has(project)) sum += mark * worth[project]!;
    return sum;
  });
  let worst: { project: number; size: number; order: number[]; ratio: Ratio } | null = null;
  const supporters = supportersOf(ballots, costs.length);
  for (let project = 0; project < costs.length; project++) {
    if (won.has(project)) continue;
    const value = (i: number) => ballots[i]!.marks.get(project)! * worth[project]!;
    const order = supporters[project]!.map((i) => ({ i, has: holds[i]! + value(i) }));
    order.sort((a, b) => (a.has < b.has ? -1 : a.has > b.has ? 1 : 0));
    let sum = 0n;
    order.forEach(({ i, has }, at) => {
      sum += value(i) * ballots[i]!.weight;
      const ratio: Ratio = [budget * sum, voters * costs[project]! * has];
      if (!worst || isMore(ratio, worst.ratio))
        worst = { project, size: at + 1, order: order.map((one) => one.i), ratio };
    });
  }
  return verdict(worst, vote, ballots);
}

function verdict(
  worst: { project: number; size: number; order: number[]; ratio: Ratio } | null,
  vote: CheckedVote,
  ballots: Ballot[],
): Proportionality {
  if (!worst) return { ok: true, worst_ratio: 0, witness: null };
  const [above, below] = worst.ratio;
  const ratio = below === 0n ? Number.POSITIVE_INFINITY : Number((above * 1_000_000n) / below) / 1_000_000;
  if (above < below) return { ok: true, worst_ratio: ratio, witness: null };
  const voters = worst.order.slice(0, worst.size).flatMap((i) => ballots[i]!.ids);
  return { ok: false, worst_ratio: ratio, witness: { project: vote.projects[worst.project]!.id, voters, ratio } };
}

/**
 * Lets everybody pay again. A price that is given has to collect the cost exactly; one that is not is found here: the least
 * at which the supporters' payments, each at most what they have left, come to the cost.
 */
export function checkPrices(vote: CheckedVote, statement: Statement): Prices {
  const { projects, costs, budget, ballots, voters, unit } = prepare(vote);
  const findings: Finding[] = [];
  const report = (code: Finding['code'], project: number | null, found: Ratio, wanted: Ratio, ids: string[] = []) =>
    findings.push({
      code,
      project: project === null ? null : projects[project]!.id,
      found: inCurrency(found, unit),
      wanted: inCurrency(wanted, unit),
      voters: ids,
    });
  const endowment = scaled(read(statement.endowment), unit);
  if (endowment[0] * voters < budget * endowment[1]) report('endowment_too_small', null, endowment, [budget, voters]);
  const won = statement.winners.map((id) => find(projects, id));
  const spent = won.reduce((sum, project) => sum + costs[project]!, 0n);
  if (spent > budget) report('over_budget', null, [spent, 1n], [budget, 1n]);
  won.forEach((project, i) => {
    if (won.indexOf(project) < i) report('winner_repeated', project, [0n, 1n], [0n, 1n]);
  });
  const purse = new Purses(ballots, endowment);
  const supporters = supportersOf(ballots, costs.length);
  const purchases: Prices['purchases'] = [];
  for (const { project: id, price: given } of statement.purchases) {
    const project = find(projects, id);
    if (!won.includes(project)) report('not_among_winners', project, [0n, 1n], [0n, 1n]);
    const price =
      given === undefined ? purse.priceOf(project, costs[project]!, supporters[project]!) : scaled(read(given), unit);
    const paid = price ? purse.pay(project, price, supporters[project]!) : purse.total(supporters[project]!);
    const cost = costs[project]!;
    if (paid[0] !== cost * paid[1])
      report('payments_differ', project, paid, [cost, 1n], idsOf(ballots, supporters[project]!));
    if (price) purchases.push({ project: id, price: inCurrency(price, unit) });
  }
  for (let project = 0; project < costs.length; project++) {
    if (won.includes(project) || supporters[project]!.length === 0) continue;
    const left = purse.total(supporters[project]!);
    if (left[0] >= costs[project]! * left[1])
      report('supporters_could_pay', project, left, [costs[project]!, 1n], idsOf(ballots, supporters[project]!));
  }
  return { ok: findings.length === 0, findings, purchases };
}

/** What every voter of a ballot has left, in whole parts of one common denominator that grows when a price needs it. */
class Purses {
  private parts: bigint;
  private readonly left: bigint[];
  private readonly ballots: Ballot[];

  constructor(ballots: Ballot[], [above, below]: Ratio) {
    this.ballots = ballots;
    this.parts = below;
    this.left = ballots.map(() => above);
  }

  total(supporters: number[]): Ratio {
    return [supporters.reduce((sum, i) => sum + this.left[i]! * this.ballots[i]!.weight, 0n), this.parts];
  }

  pay(project: number, [above, below]: Ratio, supporters: number[]): Ratio {
    const growth = below / divisor(below, this.parts);
    if (growth !== 1n) {
      this.parts *= growth;
      for (let i = 0; i < this.left.length; i++) this.left[i]! *= growth;
    }
    const each = above * (this.parts / below);
    let paid = 0n;
    for (const i of supporters) {
      const wanted = each * this.ballots[i]!.marks.get(project)!;
      let pays = this.left[i]!;
      if (wanted < pays) pays = wanted;
      this.left[i]! -= pays;
      paid += pays * this.ballots[i]!.weight;
    }
    return [paid, this.parts];
  }

  /** Who has least for a mark gives all of it, until the rest can pay alike; null when all together have too little. */
  priceOf(project: number, cost: bigint, supporters: number[]): Ratio | null {
    const mark = (i: number) => this.ballots[i]!.marks.get(project)!;
    const order = [...supporters].sort((a, b) => {
      const difference = this.left[a]! * mark(b) - this.left[b]! * mark(a);
      return difference < 0n ? -1 : difference > 0n ? 1 : 0;
    });
    let rest = cost * this.parts;
    let marks = order.reduce((sum, i) => sum + mark(i) * this.ballots[i]!.weight, 0n);
    for (const i of order) {
      if (rest * mark(i) <= this.left[i]! * marks) return lowest([rest, marks * this.parts]);
      rest -= this.left[i]! * this.ballots[i]!.weight;
      marks -= mark(i) * this.ballots[i]!.weight;
    }
    return null;
  }
}

function prepare(vote: CheckedVote) {
  const projects = vote.projects;
  const amounts = [vote.budget, ...projects.map(({ cost }) => cost)].map(read);
  const unit = amounts.reduce((so_far, [, below]) => (so_far / divisor(so_far, below)) * below, 1n);
  const [budget = 0n, ...costs] = amounts.map((amount) => (amount[0] * unit) / amount[1]);
  const worth = costs.map((cost) => (vote.utility === 'cost' ? cost : 1n));
  const places = new Map(projects.map(({ id }, place) => [id, place]));
  const shared = vote.ballots.reduce(
    (most, { points }) =>
      (points ?? []).reduce((so_far, text) => {
        const below = read(text)[1];
        return (so_far / divisor(so_far, below)) * below;
      }, most),
    1n,
  );
  const ballots = vote.ballots.map(({ voter_ids, projects: chosen, points }): Ballot => {
    const marks = new Map<number, bigint>();
    chosen.forEach((id, i) => {
      const place = places.get(id);
      if (place === undefined) throw new Error(`project_unknown: ${id}`);
      const [above, below] = vote.utility === 'points' ? read(points![i]!) : [BigInt(chosen.length - 1 - i), 1n];
      const mark = vote.utility === 'points' ? (above * shared) / below : vote.utility === 'borda' ? above : 1n;
      if (mark > 0n && worth[place]! > 0n) marks.set(place, mark);
    });
    return { weight: BigInt(voter_ids.length), ids: voter_ids, marks };
  });
  const voters = ballots.reduce((sum, { weight }) => sum + weight, 0n);
  return { projects, costs, budget, ballots, voters, worth, unit };
}

function supportersOf(ballots: Ballot[], count: number): number[][] {
  const supporters = Array.from({ length: count }, (): number[] => []);
  ballots.forEach(({ marks }, i) => {
    for (const project of marks.keys()) supporters[project]!.push(i);
  });
  return supporters;
}

const idsOf = (ballots: Ballot[], some: number[]) => some.flatMap((i) => ballots[i]!.ids);

function find(projects: { id: string }[], id: string): number {
  const place = projects.findIndex((project) => project.id === id);
  if (place < 0) throw new Error(`project_unknown: ${id}`);
  return place;
}

function divisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

function lowest([above, below]: Ratio): Ratio {
  const shared = divisor(above, below);
  return [above / shared, below / shared];
}

function read(text: string): Ratio {
  const whole = /^(-?\d+)\/(\d+)$/.exec(text);
  if (whole) return lowest([BigInt(whole[1]!), BigInt(whole[2]!)]);
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!parts) throw new Error(`number_invalid: ${text}`);
  const [, sign, digits = '', rest = ''] = parts;
  return lowest([BigInt(`${sign}${digits}${rest}`), 10n ** BigInt(rest.length)]);
}

const scaled = ([above, below]: Ratio, unit: bigint) => lowest([above * unit, below]);
const isMore = (a: Ratio, b: Ratio) => a[0] * b[1] > b[0] * a[1] || (a[1] === 0n && b[1] !== 0n);

function inCurrency([above, below]: Ratio, unit: bigint): string {
  const [num, den] = lowest([above, below * unit]);
  return den === 1n ? `${num}` : `${num}/${den}`;
}
