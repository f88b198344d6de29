import { type Fraction, readFraction } from './fraction.ts';

/** How a ballot is filled in, in Pabulib's words; `choose-1` is approval of one project. */
export type VoteType = 'approval' | 'choose-1' | 'ordinal' | 'cumulative' | 'scoring';
export const VOTE_TYPES: readonly VoteType[] = ['approval', 'choose-1', 'ordinal', 'cumulative', 'scoring'];

export type Project = { id: string; cost: Fraction };

/** A ballot as it counts: each project once, by its place in `projects`; approval ballots ascending, ordinal ones best first. */
export type Ballot = { projects: number[]; points: Fraction[] | null };

/** An election, equal ballots kept once. Money is in units of the currency, exact. */
export type Election = {
  budget: Fraction;
  vote_type: VoteType;
  projects: Project[];
  /** The different ballots. */
  ballots: Ballot[];
  /** How many voters handed in each of them. */
  counts: number[];
  /** For each voter, in order, which of `ballots`. */
  ballot_of: number[];
  voter_ids: string[];
};

export const hasPoints = (type: VoteType) => type === 'cumulative' || type === 'scoring';

/** Gathers ballots one by one, so that a file of any length is read once. */
export class BallotBox {
  readonly ballots: Ballot[] = [];
  readonly counts: number[] = [];
  readonly ballot_of: number[] = [];
  readonly voter_ids: string[] = [];
  private readonly known = new Map<string, number>();
  private readonly vote_type: VoteType;

  constructor(vote_type: VoteType) {
    this.vote_type = vote_type;
  }

  /** The place in `ballots` of a ballot with these projects and points; a project named twice counts once. */
  place(projects: readonly number[], points: readonly Fraction[] | null): number {
    const ballot = hasPoints(this.vote_type)
      ? scored(projects, points ?? [])
      : { projects: [...new Set(projects)], points: null };
    if (this.vote_type !== 'ordinal' && !ballot.points) ballot.projects.sort((a, b) => a - b);
    const marks = ballot.points?.map(({ num, den }) => `${num}/${den}`).join() ?? '';
    const key = `${ballot.projects.join()};${marks}`;
    let place = this.known.get(key);
    if (place === undefined) {
      place = this.ballots.push(ballot) - 1;
      this.counts.push(0);
      this.known.set(key, place);
    }
    return place;
  }

  /** One voter hands in the ballot at a place. */
  cast(voter_id: string, place: number): void {
    this.counts[place]!++;
    this.ballot_of.push(place);
    this.voter_ids.push(voter_id);
  }
}

/** Of a project marked twice the last points hold, as in pabutools; projects ascending, so that equal ballots look equal. */
function scored(projects: readonly number[], points: readonly Fraction[]): Ballot {
  const marks = new Map<number, Fraction>();
  projects.forEach((project, i) => void marks.set(project, points[i]!));
  const order = [...marks.keys()].sort((a, b) => a - b);
  return { projects: order, points: order.map((project) => marks.get(project)!) };
}

export class ElectionError extends Error {
  code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export type BallotPaper = { voter_id: string; projects: readonly string[]; points?: readonly (string | number)[] };

/**
 * An election from plain values, for callers whose ballots are not in a file. Amounts and points are decimal texts, whole
 * numbers or `a/b`. Refuses (ElectionError) numbers that are none, negative money, a project listed twice, a ballot for a
 * project that is not listed, and points that do not match the projects. Linear in the marks on the ballots.
 */
export function makeElection(
  given: {
    budget: string | number | bigint;
    vote_type: VoteType;
    projects: readonly { id: string; cost: string | number | bigint }[];
  },
  papers: Iterable<BallotPaper>,
): Election {
  const places = new Map<string, number>();
  const projects = given.projects.map(({ id, cost }, place) => {
    if (places.has(id)) throw new ElectionError('project_repeated', `project ${id} is listed twice`);
    places.set(id, place);
    return { id, cost: amount(cost, `the cost of project ${id}`) };
  });
  const box = new BallotBox(given.vote_type);
  for (const { voter_id, projects: chosen, points } of papers) {
    const marked = chosen.map((id) => {
      const place = places.get(id);
      if (place === undefined)
        throw new ElectionError('project_unknown', `voter ${voter_id} chose project ${id}, which is not listed`);
      return place;
    });
    const marks = hasPoints(given.vote_type) ? readPoints(points ?? [], marked.length, voter_id) : null;
    box.cast(voter_id, box.place(marked, marks));
  }
  const { ballots, counts, ballot_of, voter_ids } = box;
  const budget = amount(given.budget, 'the budget');
  return { budget, vote_type: given.vote_type, projects, ballots, counts, ballot_of, voter_ids };
}

function amount(value: string | number | bigint, what: string): Fraction {
  const read = readFraction(String(value));
  if (!read || read.num < 0n) throw new ElectionError('amount_invalid', `${what} is no amount: "${value}"`);
  return read;
}

function readPoints(points: readonly (string | number)[], wanted: number, voter_id: string): Fraction[] {
  if (points.length !== wanted)
    throw new ElectionError(
      'points_differ',
      `voter ${voter_id} chose ${wanted} projects and gave ${points.length} points`,
    );
  return points.map((text) => {
    const read = readFraction(String(text));
    if (!read) throw new ElectionError('points_invalid', `voter ${voter_id} gave "${text}" points`);
    return read;
  });
}
