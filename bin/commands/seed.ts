import { parseArgs } from 'node:util';
import { withClient } from '#platform/postgres/roles.ts';
import { refuseInWords } from '#platform/refuse_in_words.ts';
import { countTables } from '#platform/schema_dump.ts';
import { type CommandLine, UsageError } from '../command_line.ts';
import { withInstallation } from '../open_installation.ts';

export const command: CommandLine = {
  name: 'seed',
  summary: 'Puts the demo neighbourhood into an empty database.',
  usage:
    'yingmen seed [--scale small|full] [--seed N]\n\n  small: about 5,000 residents; full: 130,000\n  --seed  another neighbourhood of the same size (1)',
  async run({ args, progress }) {
    const { scale, number } = wanted(args);
    endWithParent();
    const began = performance.now();
    return withInstallation(async (environment, { database }) => {
      if ((await environment.allCommunities()).length > 0)
        refuseInWords(
          'not_empty',
          'There is a neighbourhood in this database already; seed an empty one (DATA_DIR names another).',
        );
      const { seed } = await import('#db/seed/index.ts');
      await seed(environment, scale, { progress, number });
      // Of what came this fast the planner knows nothing yet: a list of doors took 4 s instead of 0.4.
      await withClient(database.owner_url, (owner) => owner.query('analyze'));
      return {
        ...(await withClient(database.owner_url, countTables)),
        elapsed_ms: Math.round(performance.now() - began),
      };
    });
  },
};

/** Begun by another process of ours, it ends with it instead of going on unseen. */
function endWithParent(): void {
  process.once('disconnect', () => process.exit(1));
  process.channel?.unref();
}

function wanted(args: string[]): { scale: 'small' | 'full'; number: number } {
  try {
    const { values } = parseArgs({
      args,
      options: { scale: { type: 'string', default: 'small' }, seed: { type: 'string', default: '1' } },
    });
    const number = Number(values.seed);
    if (values.scale !== 'small' && values.scale !== 'full') throw new UsageError('--scale is small or full');
    if (!Number.isInteger(number) || number < 0) throw new UsageError('--seed is a whole number');
    return { scale: values.scale, number };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
