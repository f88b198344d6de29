import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { FastifyInstance } from 'fastify';
import { registerApi } from '#faces/api/index.ts';
import { makeOuterServer } from '#faces/server/outer.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';

const LISTED = ['service', 'request', 'endpoint', 'format', 'attribute', 'value', 'error', 'request_update'];
const xml = new XMLParser({ parseTagValue: false, isArray: (name) => LISTED.includes(name) });

export const readXml = (body: string) => {
  assert.equal(XMLValidator.validate(body), true);
  return xml.parse(body) as Record<string, unknown>;
};

/** A neighbourhood whose Open311 endpoint takes requests from anybody, given to `ready` before the first test. */
export function openOpen311(ready: (town: Neighbourhood) => unknown) {
  let town: Neighbourhood;
  let app: FastifyInstance;
  before(async () => {
    town = await makeNeighbourhood();
    const { environment, community } = town;
    community.settings.open311_write = 'open';
    await environment.database
      .of(community.id)
      .updateTable('communities')
      .set({ settings: JSON.stringify({ open311_write: 'open' }) })
      .execute();
    app = await makeOuterServer({
      environment,
      overload_delay_ms: 0,
      reads_a_minute: 1e6,
      writes_a_minute: 1e6,
      more: (server) => registerApi(server, environment),
    });
    await ready(town);
  });
  after(async () => {
    await app.close();
    await town.close();
  });
  const send = (url: string, form: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(form).toString(),
    });
  return {
    get: (path: string) => app.inject({ url: `/open311/v2${path}` }),
    post: (form: Record<string, string>, format = 'json') => send(`/open311/v2/requests.${format}`, form),
    send,
  };
}
