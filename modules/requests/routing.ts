/** A routing rule as an administrator writes it: category × place × time -> owner. Empty conditions hold for all. */
export type RoutingRule = {
  id: string;
  number: number;
  position: number;
  category_id: string | null;
  grid_id: string | null;
  building_id: string | null;
  outside_working_hours: boolean | null;
  owner_kind: 'person' | 'grid_worker' | 'organisation';
  owner_id: string | null;
  reason: string;
};

export type RoutingFacts = {
  category_id: string;
  grid_id: string | null;
  building_id: string | null;
  is_outside_working_hours: boolean;
};

/** Kept on the request: which rule spoke and on what ground, for the sentence “routed by rule 7 because …”. */
export type RoutedBy = {
  rule_number: number | null;
  reason: string | null;
  matched: ('category' | 'grid' | 'building' | 'time')[];
  owner_kind: RoutingRule['owner_kind'] | 'desk' | 'heard_by' | 'resolution';
};

export function ruleHolds(rule: RoutingRule, facts: RoutingFacts): boolean {
  if (rule.category_id !== null && rule.category_id !== facts.category_id) return false;
  if (rule.grid_id !== null && rule.grid_id !== facts.grid_id) return false;
  if (rule.building_id !== null && rule.building_id !== facts.building_id) return false;
  if (rule.outside_working_hours !== null && rule.outside_working_hours !== facts.is_outside_working_hours)
    return false;
  // A rule that names "the grid worker" says nothing about a request without a grid.
  return rule.owner_kind !== 'grid_worker' || facts.grid_id !== null;
}

/** The first rule by position that holds; null sends the request to the desk. */
export function chooseRule(rules: readonly RoutingRule[], facts: RoutingFacts): RoutingRule | null {
  let chosen: RoutingRule | null = null;
  for (const rule of rules) {
    if (ruleHolds(rule, facts) && (chosen === null || rule.position < chosen.position)) chosen = rule;
  }
  return chosen;
}

export function explainRule(rule: RoutingRule | null): RoutedBy {
  if (!rule) return { rule_number: null, reason: null, matched: [], owner_kind: 'desk' };
  const matched: RoutedBy['matched'] = [];
  if (rule.category_id) matched.push('category');
  if (rule.grid_id) matched.push('grid');
  if (rule.building_id) matched.push('building');
  if (rule.outside_working_hours !== null) matched.push('time');
  return { rule_number: rule.number, reason: rule.reason, matched, owner_kind: rule.owner_kind };
}
