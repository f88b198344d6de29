import * as requests from '#modules/requests/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Neighbourhood } from './factories.ts';
import { openStage } from './stage.ts';

/** A stage on which needs are told, of repairs behind the door unless said otherwise, and looked at. */
export function openRequestStage(ready: (town: Neighbourhood) => unknown, clock: () => Date) {
  let household_id = '';
  const stage = openStage((town) => {
    household_id = town.household;
    return ready(town);
  }, clock);
  const submit = (actor: Actor, more: Record<string, unknown> = {}) =>
    stage.act(actor, requests.submit_request, {
      category: { code: 'repairs' },
      text: '楼道灯坏了三天，老人上下楼看不清',
      place: { household_id },
      wants_public: true,
      ...more,
    });
  const show = (actor: Actor, id: string) => stage.see(actor, requests.show_request, { id });
  return { ...stage, submit, show };
}
