/** An input that no sites can be chosen for; `code` says which rule it breaks. */
export class SiteError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export type SiteProblem = {
  /** How many places a site may be at, and how many points need one near. */
  sites: number;
  points: number;
  /** From every site to every point, site by site: sites × points, in any unit. */
  distances: Float64Array;
  /** How much each point counts, such as its people; 1 without it. */
  weights?: Float64Array;
  /** How many sites there shall be, those that are there already included. */
  count: number;
  /** Sites that are there already and stay. */
  kept?: number[];
};

/** 25 million distances are 200 MB. */
const LARGEST = 25_000_000;

/** Weighted distances, with every rule of the input checked; and whether all of them are whole numbers. */
export type Costs = {
  sites: number;
  points: number;
  count: number;
  of: Float64Array;
  isKept: Uint8Array;
  isWhole: boolean;
};

/** Checks a problem and multiplies distances with weights. Throws SiteError `sites_invalid`. O(sites × points). */
export function costsOf({ sites, points, distances, weights, count, kept = [] }: SiteProblem): Costs {
  const refuse = (message: string) => {
    throw new SiteError('sites_invalid', message);
  };
  const isCount = (number: number) => Number.isInteger(number) && number >= 1;
  if (!isCount(sites) || !isCount(points) || sites * points > LARGEST) refuse(`${sites} sites for ${points} points`);
  if (distances.length !== sites * points) refuse(`${sites * points} distances are needed, not ${distances.length}`);
  if (weights && weights.length !== points) refuse(`${points} weights are needed, not ${weights.length}`);
  if (!isCount(count) || count > sites) refuse(`${count} of ${sites} sites cannot be chosen`);
  const isKept = new Uint8Array(sites);
  for (const site of kept) {
    if (!(Number.isInteger(site) && site >= 0 && site < sites)) refuse(`there is no site ${site}`);
    isKept[site] = 1;
  }
  if (isKept.reduce((sum, is) => sum + is, 0) > count) refuse(`more than ${count} sites are there already`);
  const of = new Float64Array(distances.length);
  let isWhole = true;
  for (let at = 0; at < of.length; at++) {
    const cost = distances[at]! * (weights ? weights[at % points]! : 1);
    if (!(cost >= 0 && cost < Number.POSITIVE_INFINITY))
      refuse(`site ${Math.floor(at / points)} to point ${at % points} costs ${cost}`);
    of[at] = cost;
    isWhole &&= Number.isInteger(cost);
  }
  return { sites, points, count, of, isKept, isWhole };
}
