/** The filters of the list of visits as they stand in its address; anything that is not one is left out. */
export function visitFilters(url: URL) {
  const of = (name: string) => url.searchParams.get(name)?.trim() || undefined;
  const matching = (name: string, pattern: RegExp) => (pattern.test(of(name) ?? '') ? of(name) : undefined);
  const yes = (name: string) => (of(name) === '1' ? true : undefined);
  const date = (name: string) => {
    const text = matching(name, /^\d{4}-\d{2}-\d{2}$/);
    return text && !Number.isNaN(Date.parse(text)) ? text : undefined;
  };
  return {
    from_on: date('from'),
    to_on: date('to'),
    grid_id: matching('grid', /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/),
    occasion: matching('occasion', /^[a-z_]{2,40}$/),
    outcome: matching('outcome', /^(answered|nobody_home|declined|by_phone)$/),
    settled: matching('settled', /^(on_the_spot|promised|passed_on)$/),
    kept: yes('kept'),
    alone: yes('alone'),
    skewed: yes('skewed'),
    streak: yes('streak'),
    reached: yes('reached'),
    raised: yes('raised'),
  };
}
