import type { Visit } from '#faces/server/visit.ts';
import { see } from '#lib/server/act.ts';
import { list_organisations } from '#modules/groups/index.ts';
import { list_staff } from '#modules/people/index.ts';

/** The kinds of organisation that answer requests. */
const ANSWERING = ['department', 'property_company', 'partner_unit'] as const;

/** Who a request can be given to: people who work here, each once, and the organisations that answer. */
export async function ownersOf(visit: Visit) {
  const [staff, pages] = await Promise.all([
    see(visit, list_staff, {}),
    Promise.all(ANSWERING.map((kind) => see(visit, list_organisations, { kind, limit: 500 }))),
  ]);
  return {
    staff: [...new Map(staff.map((one) => [one.id, { id: one.id, name: one.public_name }])).values()],
    organisations: pages.flatMap((page) => page.organisations),
  };
}
