import { z } from 'zod';
import { demand } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { carePolicy, careRelations } from '../care.policy.ts';
import { textsOf } from '../consent.store.ts';
import { PURPOSES, textInForce } from '../consent.ts';

/** The texts of every purpose, newest first, for whoever publishes them; the first of each stands in the locales. */
export const list_consent_texts = query({
  name: 'people.list_consent_texts',
  reads: 'nobody',
  input: z.object({}),
  async run(ctx) {
    const thing = { kind: 'consent_text', id: ctx.community.id };
    demand(carePolicy, 'publish_consent_text', careRelations(ctx.actor, '', []), thing);
    const purposes = [];
    for (const purpose of PURPOSES) {
      const published = await textsOf(ctx, purpose);
      purposes.push({ purpose, version: textInForce(published).version, published });
    }
    return purposes;
  },
});
