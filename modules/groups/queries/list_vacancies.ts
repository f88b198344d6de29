import { z } from 'zod';
import { query } from '#platform/query.ts';
import { ORGANISATION_KINDS } from '../organisation.ts';
import { vacanciesBy } from '../post.store.ts';

/** Posts that wait for somebody, over all organisations, page by page. Everybody may see them: that is how they are filled. */
export const list_vacancies = query({
  name: 'groups.list_vacancies',
  reads: 'nobody',
  input: z.object({
    organisation_kind: z.enum(ORGANISATION_KINDS).optional(),
    after: z.uuid().optional(),
    limit: z.number().int().min(1).max(500).default(50),
  }),
  async run(ctx, input) {
    const rows = await vacanciesBy(ctx, { ...input, limit: input.limit + 1 });
    const vacancies = rows.slice(0, input.limit);
    return { vacancies, next: rows.length > input.limit ? vacancies.at(-1)!.post_id : null };
  },
});
