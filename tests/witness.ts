import { z } from 'zod';
import type { LogFinding, Witness } from '#modules/log/index.ts';
import { system } from '#platform/actor.ts';
import { ask, query } from '#platform/query.ts';
import type { Neighbourhood } from './factories.ts';

/** What a witness finds: nothing, as long as only commands wrote. */
export const findingsOf = ({ environment, community }: Neighbourhood, witness: Witness): Promise<LogFinding[]> =>
  ask(
    environment,
    { actor: system, community, via: 'test' },
    query({ name: 'test', reads: 'nobody', input: z.object({}), run: witness }),
    {},
  );
