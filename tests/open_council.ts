import { after, before } from 'node:test';
import pg from 'pg';
import type { Actor } from '#platform/actor.ts';
import { ask, type Query } from '#platform/query.ts';
import { type Council, makeCouncil } from './council.ts';
import { makeNeighbourhood, type Neighbourhood, NOW } from './factories.ts';

/** A neighbourhood with a council, there before the first test, and its owner's hand on the database, who reads and changes what nobody else may. */
export function openCouncil() {
  const stage = {} as { town: Neighbourhood; body: Council; owner: pg.Client };
  before(async () => {
    stage.town = await makeNeighbourhood();
    stage.body = await makeCouncil(stage.town);
    stage.owner = new pg.Client(stage.town.owner_url);
    await stage.owner.connect();
    await stage.owner.query("select set_config('app.community_id', $1, false)", [stage.town.community.id]);
  });
  after(async () => {
    await stage.owner.end();
    await stage.town.close();
  });
  const act: Council['act'] = (...more) => stage.body.act(...more);
  const see = <I, A>(actor: Actor, query: Query<I, A>, input: unknown) => {
    const { environment, community } = stage.town;
    return ask(environment, { actor, community, via: 'test', now: NOW }, query, input);
  };
  const rows = async (text: string, values: unknown[] = []) => (await stage.owner.query(text, values)).rows;
  return { stage, act, see, rows };
}
