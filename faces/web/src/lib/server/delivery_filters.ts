import { CHANNELS } from '#platform/channels/channel.ts';
import { DELIVERY_STATES } from '#platform/channels/deliveries.ts';

export const DELIVERY_DAYS = [1, 7, 30, 365];

/** What the address of the list of deliveries asks for; anything unknown in it is left out. */
export function deliveryFilters({ searchParams }: URL) {
  const wanted = <T extends string>(name: string, known: readonly T[]) =>
    known.find((one) => one === searchParams.get(name));
  return {
    channel: wanted('channel', CHANNELS),
    state: wanted('state', DELIVERY_STATES),
    days: DELIVERY_DAYS.find((one) => one === Number(searchParams.get('days'))) ?? 30,
  };
}
