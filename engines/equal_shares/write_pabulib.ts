import type { Election } from './election.ts';
import { textOf } from './fraction.ts';
import type { PabulibFile } from './read_pabulib.ts';
import { votesOf } from './tie_order.ts';

/** The text of a Pabulib file: every field as it was read, quoted where it has to be; lines end with LF. Linear. */
export function writePabulib(file: PabulibFile): string {
  return [...pabulibLines(file)].join('');
}

/** The same, line by line, for files that are sent while they are written. */
export function* pabulibLines({
  meta,
  project_columns,
  projects,
  vote_columns,
  votes,
}: PabulibFile): Generator<string> {
  yield 'META\nkey;value\n';
  for (const row of meta) yield line(row);
  yield `PROJECTS\n${line(project_columns)}`;
  for (const row of projects) yield line(row);
  yield `VOTES\n${line(vote_columns)}`;
  for (const row of votes) yield line(row);
}

const line = (fields: readonly string[]) => `${fields.map(quoted).join(';')}\n`;

function quoted(field: string): string {
  return /[;"\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

/**
 * An election as a Pabulib file. `about` holds what META says beside budget, counts and vote type (description, country,
 * unit, instance, currency …); `names` the projects' names by id.
 */
export function makePabulib(
  election: Election,
  about: Record<string, string>,
  names: ReadonlyMap<string, string>,
): PabulibFile {
  const { projects, ballots, ballot_of, voter_ids, budget, vote_type } = election;
  const votes = votesOf(election);
  const withPoints = ballots.some(({ points }) => points !== null);
  const fixed = {
    num_projects: `${projects.length}`,
    num_votes: `${ballot_of.length}`,
    budget: textOf(budget),
    vote_type,
  };
  const chosen = ballots.map(({ projects: places, points }) => [
    places.map((place) => projects[place]!.id).join(),
    ...(withPoints ? [(points ?? []).map(textOf).join()] : []),
  ]);
  return {
    meta: Object.entries({ ...about, ...fixed }),
    project_columns: ['project_id', 'cost', 'votes', 'name'],
    projects: projects.map(({ id, cost }, i) => [id, textOf(cost), `${votes[i]}`, names.get(id) ?? '']),
    vote_columns: ['voter_id', 'vote', ...(withPoints ? ['points'] : [])],
    votes: ballot_of.map((ballot, voter) => [voter_ids[voter]!, ...chosen[ballot]!]),
  };
}
