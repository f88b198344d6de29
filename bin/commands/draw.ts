import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { canonicalNumbers, type Draw, drawByRfc3797, drawSeats, readEntries } from '#engines/seat_draw/index.ts';
import { refuseInWords } from '#platform/refuse_in_words.ts';
import { type CommandLine, UsageError } from '../command_line.ts';

type Answer = { algorithm: Algorithm; seed: string } & Draw;
type Algorithm = 'elegy-vrs' | 'rfc3797';

export const command: CommandLine = {
  name: 'draw',
  summary: 'Draws seats so that anybody can draw them again.',
  usage: `yingmen draw --entries FILE.csv --seats N --seed TEXT [--algorithm elegy-vrs|rfc3797]

  --entries    a CSV file with the column id, and perhaps priority (lower first) and group (all or nothing)
  --seats      how many seats there are
  --seed       any text; with a commitment: the revealed link, a colon, the public randomness.
               For rfc3797 the numbers of public lotteries: 9319 / 2 5 12 8 10
  --algorithm  elegy-vrs (default: a withdrawal moves nobody past anybody), or rfc3797`,
  async run({ args }) {
    const { entries: file, seats, seed, algorithm } = readArgs(args);
    const entries = readEntries(readText(file));
    if (algorithm === 'elegy-vrs') return { algorithm, seed, ...drawSeats(entries, seats, seed) } satisfies Answer;
    const key = canonicalNumbers(seed);
    return { algorithm, seed: key, ...drawByRfc3797(entries, seats, key) } satisfies Answer;
  },
  print(answer) {
    const { algorithm, seed, entries_sha256, winners, waiting } = answer as Answer;
    const list = (ids: string[]) => ids.map((id, i) => `  ${i + 1}. ${id}`);
    return [
      `algorithm  ${algorithm}`,
      `seed       ${seed}`,
      `entries    SHA-256 ${entries_sha256}`,
      `winners    ${winners.length}`,
      ...list(winners),
      `waiting    ${waiting.length}`,
      ...list(waiting),
    ].join('\n');
  },
};

function readArgs(args: string[]) {
  const text = { type: 'string' } as const;
  const options = { entries: text, seats: text, seed: text, algorithm: { ...text, default: 'elegy-vrs' } } as const;
  try {
    const { entries, seats, seed, algorithm } = parseArgs({ args, options }).values;
    if (!entries || !seats || seed === undefined) throw new UsageError('--entries, --seats and --seed are needed');
    if (!/^\d{1,9}$/.test(seats)) throw new UsageError('--seats is a whole number, zero or more');
    if (algorithm !== 'elegy-vrs' && algorithm !== 'rfc3797')
      throw new UsageError('--algorithm is elegy-vrs or rfc3797');
    return { entries, seats: Number(seats), seed, algorithm: algorithm as Algorithm };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readText(file: string): string {
  const bytes = readFileSync(file);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    refuseInWords('file_broken', `${file} is not a text in UTF-8; save it as CSV UTF-8.`, { line: 1, column: 1 });
  }
}
