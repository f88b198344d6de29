import type { Community } from '../context.ts';
import { open } from '../crypto.ts';
import type { Environment } from '../environment.ts';
import { log } from '../log.ts';
import { type Channel, ChannelFailure, type Outgoing, type Provider, waitAfter } from './channel.ts';
import { newCircuit } from './circuit.ts';
import { compose, shortText } from './compose.ts';
import {
  type Address,
  addressesOf,
  type Claimed,
  claimDeliveries,
  endSubscriptions,
  type Line,
  linesOf,
  type Outcome,
  releaseDeliveries,
  settleDeliveries,
} from './delivery.store.ts';
import type { Pace } from './pace.ts';

/** Messages taken at once, for each that may be under way: so many wait with their lease running. */
const QUEUE_LENGTH = 16;
const LEASE_MARGIN_MS = 60_000;
// An error of a provider may repeat what it was given; only its beginning is kept.
const ERROR_LENGTH = 200;

/** A message that was taken, with what it is made of: opened and put into words only when its turn has come. */
type Waiting = { claimed: Claimed; told: Line[]; targets: Address[] };

/**
 * One channel: takes due messages of the communities it was woken for, sends at most `concurrency` at once, and writes
 * down how each fared. It stands beside the jobs, not among them, so a provider that hangs holds up its own lane only.
 * While its circuit is open nothing is taken.
 * The pace is shared by all lanes; only a message that begins takes a turn of it.
 */
export function openLane(environment: Environment, channel: Channel, provider: Provider, pace: Pace) {
  const circuit = newCircuit();
  const woken = new Map<string, Community>();
  const now = () => environment.clock().getTime();
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isClosing = false;

  async function run(): Promise<void> {
    while (!isClosing) {
      const community = woken.values().next().value;
      if (!community) return;
      const most = circuit.allows(now(), provider.concurrency);
      if (most === 0) return wakeLater();
      woken.delete(community.id);
      // Sent until there is no more, or the circuit opens; then this community waits its turn again.
      if (await sendSome(environment, channel, provider, community, { most, circuit, pace, isOver: () => isClosing }))
        woken.set(community.id, community);
    }
  }

  function wakeLater(): void {
    clearTimeout(timer);
    timer = setTimeout(start, Math.max(100, circuit.opens_at() - now()));
    timer.unref();
  }

  function start(): void {
    if (isClosing) return;
    running ??= run()
      .catch((error) =>
        log.warn({ channel, error: String(error) }, 'a channel stopped; it is woken again within a minute'),
      )
      .finally(() => {
        running = undefined;
        // Somebody may have knocked between the last look and now.
        if (woken.size > 0 && circuit.allows(now(), 1) > 0) setImmediate(start);
      });
  }

  return {
    wake(community: Community): void {
      woken.set(community.id, community);
      start();
    },
    /** Waits until nothing is under way. */
    async settled(): Promise<void> {
      while (running) await running;
    },
    async close(): Promise<void> {
      isClosing = true;
      clearTimeout(timer);
      while (running) await running;
    },
  };
}

type Circuit = ReturnType<typeof newCircuit>;
type Sending = { most: number; circuit: Circuit; pace: Pace; isOver: () => boolean };

/** Takes a few and sends them; true when there may be more. */
async function sendSome(
  environment: Environment,
  channel: Channel,
  provider: Provider,
  community: Community,
  { most, circuit, pace, isOver }: Sending,
): Promise<boolean> {
  const now = environment.clock();
  const lease_ms = provider.patience_ms * (QUEUE_LENGTH + 1) + LEASE_MARGIN_MS;
  const taking = { now, until: new Date(now.getTime() + lease_ms), most: most === 1 ? 1 : most * QUEUE_LENGTH };
  const claimed = await claimDeliveries(environment, community, channel, taking);
  if (claimed.length === 0) return false;
  const queue = await prepare(environment, channel, community, claimed);
  const book = newBook(environment, community);
  const worker = async () => {
    while (queue.length > 0) {
      await pace();
      if (isOver() || circuit.allows(environment.clock().getTime(), 1) === 0) return;
      const next = queue.shift();
      if (next) book.write(await sendOne(environment, channel, provider, community, next, circuit));
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, queue.length) }, worker));
  await book.close();
  if (queue.length > 0)
    await releaseDeliveries(
      environment,
      community,
      queue.map((one) => one.claimed.id),
    );
  return true;
}

async function prepare(
  environment: Environment,
  channel: Channel,
  community: Community,
  claimed: Claimed[],
): Promise<Waiting[]> {
  const ids = claimed.map((one) => one.id);
  const [lines, addresses] = await Promise.all([
    linesOf(environment, community, ids),
    addressesOf(environment, community, channel, claimed),
  ]);
  const byDelivery = Map.groupBy(lines, (line) => line.delivery_id);
  const byTarget = Map.groupBy(addresses, (one) => (channel === 'push' ? one.owner_id : one.id));
  return claimed.map((one) => ({
    claimed: one,
    told: byDelivery.get(one.id) ?? [],
    targets: byTarget.get(channel === 'push' ? one.recipient_id : (one.address_id ?? '')) ?? [],
  }));
}

function messageOf(
  environment: Environment,
  channel: Channel,
  community: Community,
  { claimed, told, targets }: Waiting,
): Outgoing {
  const { base_url, keys } = environment;
  const composed = compose(community, base_url, claimed, told);
  return {
    ...composed,
    text: channel === 'sms' ? shortText(community, base_url, claimed.locale, told.length) : composed.text,
    destinations: targets.map(({ id, place, value_sealed }) => ({ id, value: open(keys, place, value_sealed) })),
    inside: community.settings.webhooks_inside === true,
  };
}

/** Sends one message and says how it fared; never throws for what a provider does, or for an address that does not open. */
async function sendOne(
  environment: Environment,
  channel: Channel,
  provider: Provider,
  community: Community,
  waiting: Waiting,
  circuit: Circuit,
): Promise<Outcome> {
  const { id, attempts, unsure_count } = waiting.claimed;
  const outcome = (state: Outcome['state'], last_error: string | null = null, due_at: Date | null = null): Outcome => ({
    ...{ id, state, attempts, last_error, due_at },
    sent_at: state === 'sent' ? environment.clock() : null,
  });
  if (waiting.told.length === 0) return outcome('not_needed');
  if (waiting.targets.length === 0) return outcome('given_up', 'no address');
  // Without a key, one repeat may reach somebody twice; a second is not risked.
  if (!provider.keeps_keys && unsure_count > 1) return outcome('given_up', 'the sender vanished twice while sending');
  try {
    const message = messageOf(environment, channel, community, waiting);
    const { gone_ids } = await within(provider, message);
    circuit.succeeded();
    if (gone_ids.length > 0) await endSubscriptions(environment, community, gone_ids);
    return outcome('sent');
  } catch (error) {
    const refused = error instanceof ChannelFailure && error.why === 'refused';
    // Who says no to one recipient is there; anything else says that the provider is not.
    if (refused) circuit.succeeded();
    else circuit.failed(environment.clock().getTime());
    if (error instanceof ChannelFailure && error.gone_ids.length > 0)
      await endSubscriptions(environment, community, error.gone_ids);
    const reason = String(error instanceof Error ? error.message : error).slice(0, ERROR_LENGTH);
    const wait = refused ? null : waitAfter(attempts);
    if (wait === null) return outcome('given_up', reason);
    return outcome('failed', reason, new Date(environment.clock().getTime() + wait));
  }
}

/** The provider's answer, or `away` when it does not come in time: its place is free again, whatever it still does. */
async function within(provider: Provider, message: Outgoing): Promise<{ gone_ids: string[] }> {
  const ending = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      ending.abort();
      reject(new ChannelFailure('away', `no answer within ${provider.patience_ms / 1000} seconds`));
    }, provider.patience_ms);
  });
  try {
    return await Promise.race([provider.send(message, ending.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Writes outcomes down as they come: while one statement is under way the next ones gather, so nothing waits for a full batch. */
function newBook(environment: Environment, community: Community) {
  let pending: Outcome[] = [];
  let writing: Promise<void> | undefined;
  const flush = async () => {
    while (pending.length > 0) {
      const outcomes = pending;
      pending = [];
      await settleDeliveries(environment, community, outcomes);
    }
  };
  let failure: unknown;
  return {
    write(outcome: Outcome): void {
      pending.push(outcome);
      writing ??= flush()
        .catch((error) => {
          failure ??= error;
        })
        .finally(() => {
          writing = undefined;
        });
    },
    async close(): Promise<void> {
      while (writing) await writing;
      if (pending.length > 0) await flush();
      if (failure) throw failure;
    },
  };
}
