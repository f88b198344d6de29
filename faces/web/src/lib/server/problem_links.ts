const LINK = /<a data-problem="" href="#([^"]*)">([\s\S]*?)<\/a>/g;
const FIELD = /<(?:input|select|textarea)\b[^>]*>/g;

const attribute = (tag: string, name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];

/**
 * Leads each problem that a page lists to the field it is about: the one with its id, or the only one of its name where
 * forms stand on a page several times under other ids. One that is about no field of the page is a sentence and no link.
 */
export function withProblemLinks(html: string): string {
  if (!html.includes(' data-problem=""')) return html;
  const ids = new Map<string, string[]>();
  for (const [tag] of html.matchAll(FIELD)) {
    const [id, name] = [attribute(tag, 'id'), attribute(tag, 'name')];
    if (id && name) ids.set(name, [...(ids.get(name) ?? []), id]);
  }
  return html.replace(LINK, (_, field: string, sentence: string) => {
    // What a command calls names.zh-CN is name_zh in forms.
    const wanted = [field, field.replace(/s\.(zh|en)(?:-CN)?$/, '_$1')];
    const whole = wanted.find((one) => html.includes(` id="${one}"`));
    const only = wanted.map((one) => ids.get(one) ?? []).find((found) => found.length === 1)?.[0];
    const id = whole ?? only;
    return id ? `<a href="#${id}">${sentence}</a>` : sentence;
  });
}
