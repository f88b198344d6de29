import type { RequestEvent } from '@sveltejs/kit';
import { act, both, formAction, see, text } from '#lib/server/act.ts';
import { meetingFrom, meetingOf, paperFrom, requestNumbers } from '#lib/server/council.ts';
import { spanFields } from '#lib/server/local_time.ts';
import { sourceOf } from '#lib/server/source.ts';
import * as council from '#modules/council/index.ts';
import { conclude_topic } from '#modules/forum/index.ts';
import { list_organisations, show_organisation } from '#modules/groups/index.ts';
import { list_categories } from '#modules/requests/index.ts';
import type { Command } from '#platform/command.ts';
import { idFrom, isId, newId } from '#platform/ids.ts';
import { newReceiptCode, spacedCode } from '#platform/receipt_code.ts';

const OWNERS_SHOWN = 300;
const MAJORITIES = ['simple', 'two_thirds'];

export const load = async (event: RequestEvent) => {
  const { visit } = event.locals;
  const meeting = await meetingOf(event);
  const resolves = meeting.may.resolve && meeting.motions.some((motion) => motion.state === 'carried');
  return {
    meeting,
    ...spanFields(meeting, visit.community.time_zone),
    requests: await requestNumbers(
      visit,
      meeting.motions.flatMap((motion) => motion.links),
    ),
    source: await sourceOf(visit, event.url.searchParams.get('from')),
    majorities: MAJORITIES,
    ballots: council.BALLOTS,
    options: council.OPTIONS,
    owners: resolves ? await ownersOf(event, meeting.organisation_id) : null,
    // Made before anything is sent, and kept nowhere but on this page.
    receipt_code: newReceiptCode(),
    me_id: visit.actor.id,
    title: meeting.titles[visit.locale],
    live: `meeting/${meeting.id}`,
  };
};

/** Who can owe a resolution: posts of the council that somebody holds, and organisations with somebody who handles requests. */
async function ownersOf({ locals: { visit } }: RequestEvent, council_id: string) {
  const { posts } = await see(visit, show_organisation, { id: council_id });
  const { organisations } = await see(visit, list_organisations, { limit: OWNERS_SHOWN });
  const categories = await see(visit, list_categories, {});
  return {
    posts: posts.filter((post) => post.terms.length > 0).map(({ id, names }) => ({ id, names })),
    organisations: organisations.filter((one) => one.handler_count > 0).map(({ id, names }) => ({ id, names })),
    categories: categories.filter((one) => !one.is_private).map(({ id, names }) => ({ id, names })),
  };
}

type Inputs = (form: FormData, event: RequestEvent) => Record<string, unknown> | Promise<Record<string, unknown>>;

/** One form, one command: back to the part of the page it was sent from. */
const step =
  <I, A>(command: Command<I, A>, inputs: Inputs) =>
  (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) => {
        await act(visit, command, await inputs(form, event), text(form, 'command_id'));
        return text(form, 'back') ?? '';
      },
      (back) => `/council/${event.params.meeting}${/^[a-z0-9-]{1,60}$/.test(back) ? `#${back}` : ''}`,
    );

/** A number as it was typed; what is none is refused with its field. */
const countFrom = (form: FormData, name: string) => Number((text(form, name) ?? 'x').normalize('NFKC'));

const key: Inputs = (_form, event) => ({ id: event.params.meeting });
const motionKey: Inputs = (form) => ({ id: text(form, 'motion_id'), person_id: text(form, 'person_id') });
const inMeeting: Inputs = (form, event) => ({
  ...{ meeting_id: event.params.meeting, id: text(form, 'id'), reason: text(form, 'reason') },
  ...{ agenda_item_id: text(form, 'agenda_item_id'), motion_id: text(form, 'motion_id') },
  person_id: text(form, 'person_id'),
});

export const actions = {
  change: step(council.change_meeting, (form, event) => ({
    ...{ ...meetingFrom(form, event.locals.visit.community.time_zone), id: event.params.meeting },
    expected_version: Number(text(form, 'expected_version')),
  })),
  call: step(council.call_meeting, key),
  cancel: step(council.cancel_meeting, (form, event) => ({ id: event.params.meeting, reason: text(form, 'reason') })),
  open: step(council.open_meeting, (form, event) => ({
    ...{ id: event.params.meeting, chair_id: text(form, 'chair_id') },
    // Each box has its own name, so that none is lost on a refusal.
    present_ids: [...form.keys()].flatMap((name) => (name.startsWith('present_') ? [name.slice(8)] : [])),
  })),
  close: step(council.close_meeting, key),
  attend: step(council.record_attendance, (form, event) => ({
    ...{ meeting_id: event.params.meeting, person_id: text(form, 'person_id') },
    is_present: text(form, 'is_present') === '1',
  })),
  item: step(council.add_agenda_item, (form, event) => ({
    meeting_id: event.params.meeting,
    titles: both(form, 'item'),
  })),
  raise: step(council.raise_agenda_item, inMeeting),
  drop: step(council.drop_agenda_item, inMeeting),
  paper: step(council.attach_paper, async (form, event) => ({
    ...{ meeting_id: event.params.meeting, agenda_item_id: text(form, 'agenda_item_id'), title: text(form, 'title') },
    ...{ file_hash: await paperFrom(form, event.locals.visit), text: text(form, 'text') },
  })),
  withdraw_paper: step(council.withdraw_paper, inMeeting),
  amend: step(council.move_amendment, (form) => ({
    ...{ motion_id: text(form, 'motion_id'), person_id: text(form, 'person_id') },
    ...{ title: text(form, 'title'), text: text(form, 'text') },
  })),
  second: step(council.second_motion, motionKey),
  withdraw: step(council.withdraw_motion, motionKey),
  declare: step(council.declare_interest, inMeeting),
  put: step(council.open_vote, (form) => ({ motion_id: text(form, 'motion_id') })),
  count: step(council.close_vote, (form) => ({ id: text(form, 'vote_event_id') })),
  vote: step(council.cast_vote, (form) => ({
    ...{ vote_event_id: text(form, 'vote_event_id'), option: text(form, 'option') },
    person_id: text(form, 'person_id'),
  })),
  papers: step(council.type_vote_papers, (form) => ({
    ...{ vote_event_id: text(form, 'vote_event_id'), receipt_code: text(form, 'receipt_code') ?? '' },
    voter_ids: [...form.keys()].flatMap((name) => (name.startsWith('voter_') ? [name.slice(6)] : [])),
    ...Object.fromEntries(council.OPTIONS.map((option) => [option, countFrom(form, option)])),
  })),
  papers_back: step(council.take_back_vote_papers, (form) => ({ vote_event_id: text(form, 'vote_event_id') })),
  rule: step(council.make_ruling, (form, event) => ({
    ...{ meeting_id: event.params.meeting, agenda_item_id: text(form, 'agenda_item_id') },
    ...{ motion_id: text(form, 'motion_id'), rules_out: form.has('rules_out'), texts: both(form, 'text') },
  })),
  write: step(council.write_meeting_minutes, (form, event) => ({
    ...{ meeting_id: event.params.meeting, agenda_item_id: text(form, 'agenda_item_id'), texts: both(form, 'text') },
  })),
  correct: step(council.correct_meeting_minutes, (form) => ({
    ...{ id: text(form, 'id'), expected_version: Number(text(form, 'expected_version')) },
    ...{ texts: both(form, 'text'), reason: text(form, 'reason') },
  })),
  adopt: step(council.adopt_minutes, key),
  publish: step(council.publish_minutes, key),
  resolve: step(council.adopt_resolution, (form) => {
    const [kind, id] = (text(form, 'owner') ?? '').split('/');
    return {
      ...{ motion_id: text(form, 'motion_id'), titles: both(form, 'title'), texts: both(form, 'text') },
      ...{ owner: kind === 'post' ? { post_id: id } : { organisation_id: id } },
      ...{ due_on: text(form, 'due_on'), category: text(form, 'category') },
    };
  }),
  move: (event: RequestEvent) =>
    formAction(
      event,
      (form) => moveMotion(event, form),
      () => `/council/${event.params.meeting}#motions`,
    ),
  /** Nothing is sent on after a secret vote: the page says the receipt once. */
  secret: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      const code = text(form, 'receipt_code') ?? '';
      const vote = { vote_event_id: text(form, 'vote_event_id'), option: text(form, 'option'), receipt_code: code };
      await act(visit, council.cast_secret_vote, vote, text(form, 'command_id'));
      return { code: spacedCode(code) };
    }),
  find: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      const wanted = { vote_event_id: text(form, 'vote_event_id'), receipt_code: text(form, 'find_code') ?? '' };
      return { found: await see(visit, council.find_vote, wanted), which: text(form, 'which') };
    }),
};

/** A motion, and the topic it was written from with it: both have ids made from the form's, so that half is never left. */
async function moveMotion(event: RequestEvent, form: FormData) {
  const { visit } = event.locals;
  const command_id = text(form, 'command_id');
  const id = isId(command_id) ? idFrom(command_id, 'motion') : newId();
  const source = await sourceOf(visit, text(form, 'from'));
  const motion = {
    ...{ id, meeting_id: event.params.meeting, agenda_item_id: text(form, 'agenda_item_id') },
    ...{ title: text(form, 'title'), text: text(form, 'text'), person_id: text(form, 'person_id') },
    ...{ majority: text(form, 'majority'), ballot: text(form, 'ballot') },
    from: source ? { kind: source.kind, id: source.id } : undefined,
  };
  const moved = await act(visit, council.move_motion, motion, command_id);
  if (source?.concludes && form.has('concludes')) {
    const outcome = { id: source.id, summary: motion.text, outcome: 'motion', became_id: moved.id };
    await act(visit, conclude_topic, outcome, idFrom(moved.id, 'conclude'));
  }
  return moved;
}
