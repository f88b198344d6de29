import { list_categories } from '#modules/requests/index.ts';
import { visitor } from '#platform/actor.ts';
import { ask } from '#platform/query.ts';
import type { Answer, Call } from './call.ts';
import { Open311Error } from './errors.ts';
import { list, show, token, updates } from './read_requests.ts';
import { submit } from './submit.ts';
import { definitionOf, serviceOf } from './view.ts';
import type { Value } from './xml.ts';

const CHANGESET = '2026-11-24T00:00:00+08:00';
const SPECIFICATION = 'http://wiki.open311.org/GeoReport_v2';
/** Where the specification is answered: in earnest, and for trying, where nothing that is posted is kept. */
export const PRODUCTION = '/open311/v2';
export const TEST = '/open311/test/v2';

export const answers: { method: 'GET' | 'POST'; path: string; root: string; run: Answer }[] = [
  { method: 'GET', path: '/discovery', root: 'discovery', run: discovery },
  { method: 'GET', path: '/services', root: 'services', run: services },
  { method: 'GET', path: '/services/:id', root: 'service_definition', run: definition },
  { method: 'GET', path: '/requests', root: 'service_requests', run: list },
  { method: 'POST', path: '/requests', root: 'service_requests', run: submit },
  { method: 'GET', path: '/requests/:id', root: 'service_requests', run: show },
  { method: 'GET', path: '/tokens/:id', root: 'service_requests', run: token },
  { method: 'GET', path: '/servicerequestupdates', root: 'service_request_updates', run: updates },
];

async function discovery({ environment, community }: Call): Promise<Value> {
  const endpoint = (type: string, path: string) => ({
    specification: SPECIFICATION,
    url: environment.base_url + path,
    changeset: CHANGESET,
    type,
    formats: ['text/xml', 'application/json'],
  });
  return {
    changeset: CHANGESET,
    contact: `${community.names['zh-CN']} ${environment.base_url}`,
    key_service: `${environment.base_url}/developers`,
    endpoints: [endpoint('production', PRODUCTION), endpoint('test', TEST)],
  };
}

async function services(call: Call): Promise<Value> {
  return (await categoriesOf(call)).map((category) => serviceOf(category, call.around));
}

async function definition(call: Call): Promise<Value> {
  const category = (await categoriesOf(call)).find((one) => one.code === call.id);
  if (!category) throw new Open311Error(404, 'service_code was not found');
  return definitionOf(category, call.around);
}

function categoriesOf({ environment, community }: Call) {
  return ask(environment, { actor: visitor, community, via: 'open311' }, list_categories, {});
}
