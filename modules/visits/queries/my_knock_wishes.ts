import { z } from 'zod';
import { my_households } from '#modules/people/index.ts';
import { query } from '#platform/query.ts';
import { wishesOf } from '../door.store.ts';

/** What my households ask for, by household. */
export const my_knock_wishes = query({
  name: 'visits.my_knock_wishes',
  reads: 'nobody',
  input: z.object({}),
  async run(ctx) {
    const homes = await my_households.run(ctx, {});
    return wishesOf(
      ctx,
      homes.filter((home) => home.verified_at).map((home) => home.household_id),
    );
  },
});
