import { error, type RequestEvent } from '@sveltejs/kit';
import { storePaper } from '#faces/server/papers.ts';
import type { Visit } from '#faces/server/visit.ts';
import { show_meeting } from '#modules/council/index.ts';
import { isId } from '#platform/ids.ts';
import { refuse } from '#platform/refusal.ts';
import { both, seeOrNotFound, text } from './act.ts';
import { spanFrom } from './local_time.ts';
import { sourceOf } from './source.ts';

/** The meeting of an address; a page that is not there when there is none. */
export async function meetingOf({ locals, params }: Pick<RequestEvent, 'locals' | 'params'>) {
  const id = params.meeting!;
  if (!isId(id)) error(404, 'not_found');
  return seeOrNotFound(locals.visit, show_meeting, { id });
}

/** The plan of a meeting as its form says it. */
export function meetingFrom(form: FormData, time_zone: string) {
  return {
    ...{ titles: both(form, 'title'), place_text: text(form, 'place_text') },
    ...spanFrom(form, time_zone),
  };
}

/** The file of a form, stored, or the one kept from an earlier try. */
export async function paperFrom(form: FormData, visit: Visit): Promise<string | undefined> {
  const file = form.get('file');
  if (file instanceof File && file.size > 0) {
    const { hash } = await storePaper(visit, new Uint8Array(await file.arrayBuffer()));
    form.set('file_hash', hash);
  }
  return text(form, 'file_hash');
}

const shareFrom = (form: FormData, name: string) => ({
  numerator: Number(text(form, `${name}_numerator`)),
  denominator: Number(text(form, `${name}_denominator`)),
  more_than: text(form, `${name}_more_than`) === '1',
});

const codesFrom = (form: FormData, name: string) => (text(form, name) ?? '').split(/[\s,，、]+/).filter(Boolean);

/** The rules of a council as its form says them. */
export function councilRulesFrom(form: FormData) {
  const notice = Number(text(form, 'notice_days'));
  if (!Number.isInteger(notice)) refuse('invalid_input', {}, { field: 'notice_days' });
  return {
    posts: {
      voting: codesFrom(form, 'posts_voting'),
      chairing: codesFrom(form, 'posts_chairing'),
      secretary: codesFrom(form, 'posts_secretary'),
    },
    quorum: shareFrom(form, 'quorum'),
    majorities: {
      simple: { of: text(form, 'simple_of'), ...shareFrom(form, 'simple') },
      two_thirds: { of: text(form, 'two_thirds_of'), ...shareFrom(form, 'two_thirds') },
    },
    notice_days: notice,
    needs_second: form.has('needs_second'),
  };
}

/** The numbers of the linked requests that this reader may see, by their id. */
export async function requestNumbers(visit: Visit, links: readonly { kind: string; id: string }[]) {
  const numbers: Record<string, string> = {};
  for (const { id } of links.filter((link) => link.kind === 'request')) {
    const source = await sourceOf(visit, `request/${id}`);
    if (source) numbers[id] = source.link.slice('/requests/'.length);
  }
  return numbers;
}
