import { setTimeout as sleep } from 'node:timers/promises';
import { refuseInWords } from '#platform/refuse_in_words.ts';

const TRIES = 30;

/** The address of a public request of a running demonstration that was answered and confirmed: its thread is whole. */
export async function answeredRequest(url: string): Promise<string> {
  let list = await fetch(`${url}/requests?state=confirmed`);
  // A server that has just begun, on a busy machine, asks to come again.
  for (let tried = 1; list.status === 503 && tried < TRIES; tried++) {
    await sleep(1_000);
    list = await fetch(`${url}/requests?state=confirmed`);
  }
  const found = /href="(\/requests\/\d+)"/.exec(await list.text());
  return found?.[1] ?? refuseInWords('request_missing', 'The demonstration has no public request that was confirmed.');
}
