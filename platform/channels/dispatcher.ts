import type { Community } from '../context.ts';
import type { Environment } from '../environment.ts';
import { CHANNELS, type Providers } from './channel.ts';
import { gather } from './gather.ts';
import { openLane } from './lane.ts';
import { newPace } from './pace.ts';

/** All channels together begin at most 500 messages a second: pages are answered by the same process and database. */
const PACE_MS = 2;
/** A busy process is late with its timers by so much at most before messages begin more slowly. */
const MOST_BEHIND = 50;

export type Dispatcher = {
  /** Gathers notices into messages and wakes the channels as soon as there are some; does not wait until they are sent. */
  wake(community: Community): Promise<void>;
  /** Waits until no channel has anything under way. */
  settled(): Promise<void>;
  /** Ends after what is under way; nothing new is begun. */
  close(): Promise<void>;
};

/** Opens a lane for every channel. Several processes may have one each: a message is taken by one of them. */
export function openDispatcher(environment: Environment, providers: Providers): Dispatcher {
  const pace = newPace(PACE_MS, MOST_BEHIND);
  const lanes = CHANNELS.map((channel) => openLane(environment, channel, providers[channel], pace));
  return {
    async wake(community) {
      const wakeAll = () => {
        for (const lane of lanes) lane.wake(community);
      };
      await gather(environment, community, wakeAll);
      // What waited from before, or is due again.
      wakeAll();
    },
    async settled() {
      await Promise.all(lanes.map((lane) => lane.settled()));
    },
    async close() {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}
