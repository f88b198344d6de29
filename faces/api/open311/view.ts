import type { Category, RequestCard, State, UpdateRow } from '#modules/requests/index.ts';
import { isOpen } from '#modules/requests/index.ts';
import { translate } from '#platform/i18n.ts';
import { dateFormat } from '#platform/intl.ts';
import { messagesOf } from '../sentences.ts';
import type { Value } from './xml.ts';

export type Surroundings = { base_url: string; locale: string; time_zone: string };

export function serviceOf(category: Category, { locale }: Surroundings): Record<string, Value> {
  return {
    service_code: category.code,
    service_name: named(category.names, locale),
    description: named(category.descriptions, locale) || named(category.names, locale),
    metadata: category.form.length > 0,
    type: 'realtime',
    keywords: [category.names['zh-CN'], category.names.en].filter(Boolean).join(', '),
    group: 'Yingmen',
  };
}

const DATATYPES = { text: 'string', choice: 'singlevaluelist', number: 'number', date: 'datetime' } as const;

export function definitionOf(category: Category, { locale }: Surroundings): Record<string, Value> {
  return {
    service_code: category.code,
    attributes: category.form.map((field, i) => ({
      variable: true,
      code: field.code,
      datatype: DATATYPES[field.kind],
      required: field.required,
      datatype_description: '',
      order: i + 1,
      description: named(field.labels, locale),
      ...(field.choices && {
        values: field.choices.map((choice) => ({ key: choice.code, name: named(choice.labels, locale) })),
      }),
    })),
  };
}

/** A request as any Open311 client may see it: public words alone. */
export function requestOf(request: RequestCard, around: Surroundings): Record<string, Value> {
  return {
    service_request_id: String(request.number),
    status: isOpen(request.state) ? 'open' : 'closed',
    status_notes: stateInWords(request.state, around.locale),
    service_name: named(request.category.names, around.locale),
    service_code: request.category.code,
    description: request.text,
    agency_responsible: named(request.owner?.organisation, around.locale) || (request.owner?.public_name ?? ''),
    service_notice: '',
    requested_datetime: localTime(request.submitted_at, around.time_zone),
    updated_datetime: localTime(request.changed_at, around.time_zone),
    expected_datetime: request.due_at ? localTime(request.due_at, around.time_zone) : null,
    address: request.address_text ?? named(request.grid?.names, around.locale),
    address_id: null,
    zipcode: null,
    lat: request.latitude,
    long: request.longitude,
    media_url: request.photo_hash ? `${around.base_url}/files/${request.photo_hash}` : null,
  };
}

/** The state in words: GeoReport knows open and closed alone, and done, answered and refused are not the same. */
export function stateInWords(state: State, locale: string): string {
  return translate(messagesOf(locale), locale, `requests.states.${state}`);
}

export function named(names: Record<string, string> | null | undefined, locale: string): string {
  return names?.[locale] ?? names?.['zh-CN'] ?? names?.en ?? '';
}

/** A step of a request as the extension “service request updates” has it. */
export function updateOf(update: UpdateRow, around: Surroundings): Record<string, Value> {
  return {
    update_id: update.id,
    service_request_id: String(update.request_number),
    status: isOpen(update.to_state) ? 'open' : 'closed',
    external_status_code: update.to_state,
    updated_datetime: localTime(update.at, around.time_zone),
    description: update.public_note ?? stateInWords(update.to_state, around.locale),
    media_url: null,
  };
}

/** A W3C instant with the offset of the neighbourhood: 2026-03-04T10:00:00+08:00. */
export function localTime(at: Date, timeZone: string): string {
  const name = dateFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')!.value;
  const offset = name === 'GMT' ? '+00:00' : name.replace('GMT', '');
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(offset)!;
  const shift = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return new Date(at.getTime() + shift).toISOString().slice(0, 19) + offset;
}
