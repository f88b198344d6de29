import { export_ballots, import_ballots, list_venture_rounds, show_result } from '#modules/projects/index.ts';
import { system } from '#platform/actor.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import { ask } from '#platform/query.ts';
import { refuseInWords } from '#platform/refuse_in_words.ts';
import { UsageError } from './command_line.ts';

const callerIn = (community: Community) => ({ actor: system, community, via: 'command_line' });

/** A vote that was held elsewhere, from its Pabulib file, as the command that brings it in takes it. */
export const readBallots = (bytes: Buffer) => ({
  command: import_ballots as never,
  input: { text: bytes.toString('utf8') },
  read: 0,
});

/** The Pabulib file of a round as it was hashed and published: of the number that was asked for, else of the last one closed. */
export async function ballotsFile(environment: Environment, community: Community, round?: string) {
  const caller = callerIn(community);
  const number = round === undefined ? await lastClosed(environment, community) : numberOf(round);
  const result = await ask(environment, caller, show_result, { number });
  if (!result) refuseInWords('result_missing', `Round ${number} has no published result yet.`);
  const { text } = await ask(environment, caller, export_ballots, { number });
  return { text, count: result.outcome.voters, number, sha256: result.file_sha256 };
}

function numberOf(round: string): number {
  const number = Number(round);
  if (!Number.isSafeInteger(number) || number < 1) throw new UsageError('--round is the number of a venture round');
  return number;
}

async function lastClosed(environment: Environment, community: Community): Promise<number> {
  let before: number | undefined;
  do {
    const page = await ask(environment, callerIn(community), list_venture_rounds, { before, limit: 100 });
    const found = page.rounds.find((one) => one.phase === 'closed');
    if (found) return found.number;
    before = page.next ?? undefined;
  } while (before);
  return refuseInWords('result_missing', 'No venture round has a published result yet.');
}
