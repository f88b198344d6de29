import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Election } from './election.ts';
import { compare } from './fraction.ts';

/** By id as text (as pabutools), or lowest cost, then most votes, then one lot drawn once for every step of the election. */
export type Tie = { by: 'id' } | { by: 'cost-votes-lot'; lot: string };

/**
 * The rank of each project when projects tie: the lower rank goes first. The lot orders projects by HMAC-SHA256 of their id
 * with the lot's text as key, so that anybody who knows the text can draw it again.
 */
export function tieRanks(election: Election, tie: Tie): Int32Array {
  const { projects } = election;
  const order = projects.map((_, place) => place);
  if (tie.by === 'id') order.sort((a, b) => compareText(projects[a]!.id, projects[b]!.id));
  else {
    const votes = votesOf(election);
    const lots = projects.map(({ id }) => bytesToHex(hmac(sha256, utf8ToBytes(tie.lot), utf8ToBytes(id))));
    order.sort(
      (a, b) =>
        compare(projects[a]!.cost, projects[b]!.cost) || votes[b]! - votes[a]! || compareText(lots[a]!, lots[b]!),
    );
  }
  const ranks = new Int32Array(projects.length);
  for (const [rank, place] of order.entries()) ranks[place] = rank;
  return ranks;
}

/** How many voters put each project on their ballot. */
export function votesOf({ projects, ballots, counts }: Election): number[] {
  const votes = projects.map(() => 0);
  ballots.forEach((ballot, i) => {
    for (const project of ballot.projects) votes[project]! += counts[i]!;
  });
  return votes;
}

/** By code point, as Python and SQL's "C" collation; JavaScript's own `<` puts rare characters elsewhere. */
export function compareText(a: string, b: string): number {
  for (let i = 0; i < a.length && i < b.length; ) {
    const [x, y] = [a.codePointAt(i)!, b.codePointAt(i)!];
    if (x !== y) return x - y;
    i += x > 0xffff ? 2 : 1;
  }
  return a.length - b.length;
}
