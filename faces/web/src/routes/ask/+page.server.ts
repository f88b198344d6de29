import { fail, type RequestEvent, redirect } from '@sveltejs/kit';
import { act, isRefusal, type Problem, problemsOf, see, text, valuesOf } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { photosFrom } from '#lib/server/photos.ts';
import { type FoundPlace, find_poster, search_address } from '#modules/places/index.ts';
import {
  find_similar,
  followCode,
  list_categories,
  maskPersonalData,
  submit_request,
  suggest_category,
} from '#modules/requests/index.ts';
import { isStaff } from '#platform/actor.ts';
import { newId } from '#platform/ids.ts';

const STEPS = ['what', 'where', 'check'] as const;
type Step = (typeof STEPS)[number];

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  const code = url.searchParams.get('at')?.toUpperCase() ?? '';
  const poster = /^[A-Z0-9]{4,12}$/.test(code) ? await see(visit, find_poster, { code }) : null;
  return {
    categories: await see(visit, list_categories, {}),
    command_id: newId(),
    kind: url.searchParams.get('kind') === 'idea' ? 'idea' : 'need',
    category: url.searchParams.get('category') ?? '',
    poster,
    is_staff: isStaff(visit.actor),
    steps: STEPS.length,
    island: 'here',
    title: locale(visit, 'web.ask.title'),
  };
};

/** Each “continue” checks its own question and carries everything that was said so far in the form itself. */
export const actions = {
  default: async (event: RequestEvent) => {
    const { visit } = event.locals;
    const form = await event.request.formData();
    const values = valuesOf(form);
    const from = STEPS.find((step) => step === form.get('step')) ?? 'what';
    let photos = form.getAll('photo_hash').filter((hash): hash is string => typeof hash === 'string');
    const back = (step: Step, problems: Problem[], more: Partial<Around> = {}, status = 400) =>
      fail(status, { step, values, photos, problems, ...NOTHING, ...more });
    try {
      photos = await photosFrom(form, visit);
      if (form.has('back')) return back(STEPS[STEPS.indexOf(from) - 1] ?? 'what', [], await around(event, values), 200);
      if (from === 'what') {
        const suggested = values.category
          ? []
          : await see(visit, suggest_category, { text: (values.text ?? '').slice(0, 4000) });
        if (suggested[0]) {
          values.category = suggested[0].code;
          return back('what', [], { suggested }, 200);
        }
        const problems = await checkWhat(event, values);
        if (problems.length > 0) return back('what', problems);
        return back('where', [], await around(event, values), 200);
      }
      if (from === 'where') return back('check', [], await around(event, values), 200);
      const answer = await act(visit, submit_request, inputOf(values, form, photos), text(form, 'command_id'));
      const isOwn = visit.actor.kind === 'person' && !['desk', 'phone'].includes(values.intake ?? '');
      const followed = isOwn ? '' : `&code=${followCode(visit.environment.keys, answer.id)}`;
      redirect(303, `/ask/thanks?number=${answer.number}${followed}`);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const problems = problemsOf(visit, error);
      const step = problems.some((one) => one.field?.startsWith('place'))
        ? 'where'
        : problems.some(
              (one) => ['text', 'category', 'photos'].includes(one.field ?? '') || one.field?.startsWith('details'),
            )
          ? 'what'
          : from;
      return back(step, problems, await around(event, values));
    }
  },
};

async function checkWhat(event: RequestEvent, values: Record<string, string>): Promise<Problem[]> {
  const { visit } = event.locals;
  const sentence = (code: string, vars = {}) => locale(visit, `refusals.${code}`, vars);
  const problems: Problem[] = [];
  if (!values.text?.trim()) problems.push({ field: 'text', sentence: sentence('required') });
  else if (values.text.trim().length > 4000)
    problems.push({ field: 'text', sentence: sentence('too_long', { limit: 4000 }) });
  if (!values.category) problems.push({ field: 'category', sentence: sentence('required') });
  return problems;
}

type Around = {
  suggested: Awaited<ReturnType<typeof suggest_category.run>>;
  places: (FoundPlace & { value: string })[];
  similar: Awaited<ReturnType<typeof find_similar.run>>;
  preview: { text: string; spotted: boolean } | null;
};
const NOTHING: Around = { suggested: [], places: [], similar: [], preview: null };

/** What the later questions show: places the words may mean, requests like it near by, and what the public would see. */
async function around(event: RequestEvent, values: Record<string, string>): Promise<Omit<Around, 'suggested'>> {
  const { visit } = event.locals;
  const places = values.address_text
    ? await see(visit, search_address, { text: values.address_text.slice(0, 200) })
    : [];
  const chosen = places.find((place) => idOf(place) === values.place);
  const pin = chosen ? { latitude: chosen.latitude, longitude: chosen.longitude } : {};
  const words = values.text ?? '';
  const preview = maskPersonalData(words);
  return {
    places: places.map((place) => ({ ...place, value: idOf(place) })),
    similar: words ? await see(visit, find_similar, { text: words.slice(0, 4000), ...pin }) : [],
    preview: { text: preview, spotted: preview !== words },
  };
}

const idOf = (place: FoundPlace) =>
  place.household_id ? `household/${place.household_id}` : `building/${place.building_id}`;

function inputOf(values: Record<string, string>, form: FormData, photos: string[]) {
  const [kind, id] = (values.place ?? '').split('/');
  const pin =
    Number(values.latitude) && Number(values.longitude)
      ? { latitude: Number(values.latitude), longitude: Number(values.longitude) }
      : {};
  const place =
    kind === 'household'
      ? { household_id: id }
      : kind === 'building'
        ? { building_id: id }
        : values.building_id
          ? { building_id: values.building_id }
          : pin;
  const details = Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => name.startsWith('details.'))
      .map(([name, value]) => [name.slice(8), value]),
  );
  return {
    kind: values.kind === 'idea' ? 'idea' : 'need',
    intake: values.intake || (values.building_id ? 'poster' : 'web'),
    category: values.category === 'unsure' ? undefined : { code: values.category ?? '' },
    text: values.text ?? '',
    place: { ...place, address_text: values.address_text || undefined },
    wants_public: form.has('wants_public'),
    contact: values.contact || undefined,
    details,
    photos,
  };
}
