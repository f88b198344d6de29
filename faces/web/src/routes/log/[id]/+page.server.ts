import { error, type RequestEvent } from '@sveltejs/kit';
import { seeOrNotFound } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { keyOf, prove_entry } from '#modules/log/index.ts';
import { isId } from '#platform/ids.ts';

export const load = async ({ locals, params }: RequestEvent) => {
  const { visit } = locals;
  const { id } = params;
  if (!isId(id)) error(404, 'not_found');
  const proof = await seeOrNotFound(visit, prove_entry, { id });
  const { verifier } = keyOf(visit.environment, visit.community);
  return {
    proof,
    // The file that is taken away and the one that the browser checks are the same.
    file: JSON.stringify({ format: 'yingmen.proof.1', verifier, ...proof }),
    title: locale(visit, 'log.entry', { number: proof.index + 1 }),
    island: 'proof',
  };
};
