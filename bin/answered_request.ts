import { refuseInWords } from '#platform/refuse_in_words.ts';

/** The address of a public request of a running demonstration that has come to its end: its thread is whole. */
export async function answeredRequest(url: string): Promise<string> {
  const list = await (await fetch(`${url}/requests?phase=ended`)).text();
  const found = /href="(\/requests\/\d+)"/.exec(list);
  return found?.[1] ?? refuseInWords('request_missing', 'The demonstration has no public request that ended.');
}
