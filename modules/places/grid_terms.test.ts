import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Event } from '#platform/event.ts';
import { newId } from '#platform/ids.ts';
import { withClient } from '#platform/postgres/roles.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import { whenRoleChanged } from './index.ts';

let town: Neighbourhood;
before(async () => {
  town = await makeNeighbourhood();
});
after(() => town.close());

const asOwner = async (text: string, values: unknown[]) =>
  withClient(town.owner_url, async (client) => {
    await client.query("select set_config('app.community_id', $1, false)", [town.community.id]);
    return (await client.query(text, values)).rows;
  });

test('whoever is made grid worker answers for the grid, and no longer when the role ends', async () => {
  const { id } = town.people.neighbour;
  const scope_id = town.grids.east;
  const tell = (kind: string, data: object = {}) => {
    const subject = { subject_kind: 'person', subject_id: id };
    const event = {
      id: newId(),
      kind,
      ...subject,
      data: { role: 'grid_worker', scope_kind: 'grid', scope_id, ...data },
    };
    return whenRoleChanged.run(town.environment, town.community, event as unknown as Event);
  };
  const terms = async () => {
    const rows = await asOwner('select ended_at from grid_terms where person_id = $1 order by started_at', [id]);
    return rows.map((row) => (row.ended_at ? 'ended' : 'runs'));
  };
  await tell('role.granted');
  assert.deepEqual(await terms(), [], 'without the role there is no term');
  await asOwner(
    `insert into role_grants (community_id, id, person_id, role, scope_kind, scope_id, started_at, granted_by_id)
     values ($1, $2, $3, 'grid_worker', 'grid', $4, now(), $3)`,
    [town.community.id, newId(), id, scope_id],
  );
  await tell('role.granted', { role: 'handler' });
  assert.deepEqual(await terms(), []);
  await Promise.all([tell('role.granted'), tell('role.granted'), tell('role.ended')]);
  assert.deepEqual(await terms(), ['runs']);
  await asOwner('update role_grants set ended_at = now() where person_id = $1', [id]);
  await tell('role.ended');
  assert.deepEqual(await terms(), ['ended']);
});
