/** What an answer is made of: texts, numbers, lists (their items take the singular name) and records. */
export type Value = string | number | boolean | null | undefined | Value[] | { [name: string]: Value };

/** Lists of GeoReport v2 and what one of each is called. */
const SINGULAR: Record<string, string> = {
  services: 'service',
  service_requests: 'request',
  endpoints: 'endpoint',
  formats: 'format',
  attributes: 'attribute',
  values: 'value',
  errors: 'error',
  service_request_updates: 'request_update',
  keywords: 'keyword',
};

/** Writes a value as XML under a root name. Characters that XML cannot hold are left out. Linear in the value. */
export function toXml(root: string, value: Value): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${element(root, value)}\n`;
}

function element(name: string, value: Value): string {
  if (value === null || value === undefined || value === '') return `<${name}/>`;
  if (Array.isArray(value))
    return `<${name}>${value.map((item) => element(SINGULAR[name] ?? 'item', item)).join('')}</${name}>`;
  if (typeof value === 'object')
    return `<${name}>${Object.entries(value)
      .map(([key, inner]) => element(key, inner))
      .join('')}</${name}>`;
  return `<${name}>${escapeXml(String(value))}</${name}>`;
}

// XML 1.0, section 2.2: everything else is not a character.
const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

export function escapeXml(text: string): string {
  return text.replace(NOT_XML, '').replace(/[&<>"']/g, (mark) => ENTITIES[mark]!);
}
