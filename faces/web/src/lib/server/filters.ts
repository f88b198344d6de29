/** The filters of a list as they stand in its address; anything that is not one is left out. */
export function filtersFrom(url: URL) {
  const of = (name: string) => url.searchParams.get(name)?.trim() || undefined;
  const uuid = (name: string) => (/^[0-9a-f-]{36}$/.test(of(name) ?? '') ? of(name) : undefined);
  const one = <T extends string>(name: string, choices: readonly T[]) => choices.find((choice) => choice === of(name));
  const category = uuid('category');
  const state = of('state');
  return {
    words: of('words')?.slice(0, 100),
    phase: one('phase', ['open', 'answered', 'ended', 'all']),
    ...(state && /^[a-z_]+$/.test(state) && { state }),
    kind: one('kind', ['need', 'idea']),
    category_ids: category ? [category] : undefined,
    grid_id: uuid('grid'),
    owner_id: uuid('owner'),
    mine: one('mine', ['told', 'owed', 'helped']),
    overdue: of('overdue') === '1' ? true : undefined,
    reopened: of('reopened') === '1' ? true : undefined,
    submitted_from: date(of('from')),
    submitted_to: date(of('to')),
  };
}

function date(text: string | undefined): Date | undefined {
  const at = /^\d{4}-\d{2}-\d{2}/.test(text ?? '') ? new Date(text!) : undefined;
  return at && !Number.isNaN(at.getTime()) ? at : undefined;
}

/** The same address with some parameters changed; null takes one out. */
export function withParameters(url: URL, changes: Record<string, string | null>): string {
  const next = new URLSearchParams(url.searchParams);
  for (const [name, value] of Object.entries(changes)) value === null ? next.delete(name) : next.set(name, value);
  const text = next.toString();
  return url.pathname + (text ? `?${text}` : '');
}
