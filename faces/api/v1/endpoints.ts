import { list_grids, search_address, who_answers } from '#modules/places/index.ts';
import * as requests from '#modules/requests/index.ts';
import type { Command } from '#platform/command.ts';
import type { Query } from '#platform/query.ts';

type AnyCommand = Command<never, unknown>;
type AnyQuery = Query<never, unknown>;

/** One address of the API: a query or a command, its scope, and a sentence about it. */
export type Endpoint = {
  method: 'GET' | 'POST';
  path: string;
  scope: string;
  summary: string;
  query?: AnyQuery;
  command?: AnyCommand;
};

const read = (path: string, scope: string, query: unknown, summary: string): Endpoint => ({
  method: 'GET',
  path,
  scope,
  summary,
  query: query as AnyQuery,
});
const write = (path: string, command: unknown, summary: string): Endpoint => ({
  method: 'POST',
  path,
  scope: 'requests:write',
  summary,
  command: command as AnyCommand,
});

/** All of /api/v1. A path's {id} is the input of that name. */
export const endpoints: Endpoint[] = [
  read('/categories', 'public', requests.list_categories, 'The categories that take requests today'),
  read('/grids', 'public', list_grids, 'The grids of the neighbourhood'),
  read('/places', 'public', search_address, 'Doors and buildings that loose words may mean'),
  read('/answerers', 'public', who_answers, 'Who answers for a pin, a building, a door or a poster'),
  read('/measures', 'public', requests.show_measures, 'How fast and how well the neighbourhood answers'),
  read('/requests', 'public', requests.list_requests, 'Requests by filters, a page at a time'),
  read('/requests/{number}', 'public', requests.show_request, 'One request with its thread'),
  write('/requests', requests.submit_request, 'Tell a need or an idea'),
  write('/requests/{id}/accept', requests.accept_request, 'Take a request on'),
  write('/requests/{id}/hand-on', requests.hand_on_request, 'Give a request to another owner'),
  write('/requests/{id}/recategorise', requests.recategorise_request, 'Correct the category'),
  write('/requests/{id}/ask-reporter', requests.ask_reporter, 'Ask the reporter something'),
  write('/requests/{id}/reply', requests.reply_to_question, 'Reply to a question'),
  write('/requests/{id}/promise', requests.promise_answer, 'Promise a later date with a reason'),
  write('/requests/{id}/answer', requests.answer_request, 'Answer'),
  write('/requests/{id}/finish', requests.finish_request, 'Say that it is done'),
  write('/requests/{id}/refuse', requests.refuse_request, 'Refuse with a reason'),
  write('/requests/{id}/confirm', requests.confirm_request, 'Confirm that it is settled'),
  write('/requests/{id}/reopen', requests.reopen_request, 'Say that it is not settled'),
  write('/requests/{id}/join', requests.join_requests, 'Join others into this one'),
  write('/requests/{id}/split', requests.split_request, 'Split into parts'),
  write('/requests/{id}/withdraw', requests.withdraw_request, 'Withdraw'),
  write('/requests/{id}/call-in-help', requests.call_in_help, 'Call in help'),
  write('/requests/{id}/answer-help', requests.answer_help, 'Answer as a helper'),
  write('/requests/{id}/redact', requests.redact_request, 'Take something out of the public part'),
  write('/requests/{id}/note', requests.note_request, 'Note something among staff'),
  write('/requests/{id}/follow', requests.follow_request, 'Follow or stop following'),
];
