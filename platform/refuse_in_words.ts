import { Refusal } from './refusal.ts';

/**
 * Throws a refusal that already carries its sentence: for what goes wrong before there is a page, a language or a
 * community (settings, folders, the database). The command line prints the sentence as it is.
 */
export function refuseInWords(code: string, sentence: string, where?: Refusal['where']): never {
  const refusal = new Refusal(code, {}, where);
  refusal.message = sentence;
  throw refusal;
}
