import type { z } from 'zod';
import { list_grids, placeAnswers, search_address, who_answers } from '#modules/places/index.ts';
import * as requests from '#modules/requests/index.ts';
import type { Command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import type { Query } from '#platform/query.ts';

type AnyCommand = Command<never, unknown>;
type AnyQuery = Query<never, unknown>;

/** One address of the API: a query or a command, its scope, and a sentence about it. */
export type Endpoint = {
  method: 'GET' | 'POST';
  path: string;
  scope: string;
  summary: string;
  /** What it answers, as it stands in JSON. */
  answer: z.ZodType;
  query?: AnyQuery;
  command?: AnyCommand;
};

/** A value as JSON carries it: instants are texts. */
type Sent<T> = T extends Date ? string : T extends object ? { [K in keyof T]: Sent<T[K]> } : T;

type Asked<Answer> = { run: (ctx: Ctx, input: never) => Promise<Answer> };

const read = <Answer>(
  path: string,
  query: Asked<Answer>,
  answer: z.ZodType<Sent<Answer>>,
  summary: string,
): Endpoint => ({ method: 'GET', path, scope: 'public', summary, answer, query: query as unknown as AnyQuery });
const write = <Answer>(
  path: string,
  command: Asked<Answer>,
  answer: z.ZodType<Sent<Answer>>,
  summary: string,
): Endpoint => ({
  method: 'POST',
  path,
  scope: 'requests:write',
  summary,
  answer,
  command: command as unknown as AnyCommand,
});

const answers = requests.requestAnswers;
const taken = answers.stepTaken;

/** All of /api/v1. A path's {id} is the input of that name. */
export const endpoints: Endpoint[] = [
  read('/categories', requests.list_categories, answers.categories, 'The categories that take requests today'),
  read('/grids', list_grids, placeAnswers.grids, 'The grids of the neighbourhood'),
  read('/places', search_address, placeAnswers.placesFound, 'Doors and buildings that loose words may mean'),
  read('/answerers', who_answers, placeAnswers.answerers, 'Who answers for a pin, a building, a door or a poster'),
  read(
    '/measures',
    requests.show_measures_of_minute,
    answers.measures,
    'How fast and how well the neighbourhood answers, as of a minute ago at most',
  ),
  read('/requests', requests.list_requests, answers.requestsPage, 'Requests by filters, a page at a time'),
  read('/requests/{number}', requests.show_request, answers.requestShown, 'One request with its thread'),
  write('/requests', requests.submit_request, answers.submitted, 'Tell a need or an idea'),
  write('/requests/{id}/accept', requests.accept_request, taken, 'Take a request on'),
  write('/requests/{id}/hand-on', requests.hand_on_request, answers.handedOn, 'Give a request to another owner'),
  write('/requests/{id}/recategorise', requests.recategorise_request, answers.recategorised, 'Correct the category'),
  write('/requests/{id}/ask-reporter', requests.ask_reporter, taken, 'Ask the reporter something'),
  write('/requests/{id}/reply', requests.reply_to_question, answers.stepTakenUntil, 'Reply to a question'),
  write(
    '/requests/{id}/promise',
    requests.promise_answer,
    answers.stepTakenUntil,
    'Promise a later date with a reason',
  ),
  write('/requests/{id}/answer', requests.answer_request, taken, 'Answer'),
  write('/requests/{id}/finish', requests.finish_request, taken, 'Say that it is done'),
  write('/requests/{id}/refuse', requests.refuse_request, taken, 'Refuse with a reason'),
  write('/requests/{id}/confirm', requests.confirm_request, taken, 'Confirm that it is settled'),
  write('/requests/{id}/reopen', requests.reopen_request, answers.stepTakenUntil, 'Say that it is not settled'),
  write('/requests/{id}/join', requests.join_requests, answers.joined, 'Join others into this one'),
  write('/requests/{id}/split', requests.split_request, answers.split, 'Split into parts'),
  write('/requests/{id}/withdraw', requests.withdraw_request, taken, 'Withdraw'),
  write('/requests/{id}/call-in-help', requests.call_in_help, answers.helpCalledIn, 'Call in help'),
  write('/requests/{id}/answer-help', requests.answer_help, taken, 'Answer as a helper'),
  write('/requests/{id}/redact', requests.redact_request, taken, 'Take something out of the public part'),
  write('/requests/{id}/note', requests.note_request, taken, 'Note something among staff'),
  write('/requests/{id}/follow', requests.follow_request, answers.following, 'Follow or stop following'),
];
