export type Values = Record<string, string>;
export type Finished = { household_id: string; values: Values };
type Visit = { id: string; state: string; order: number };
type Open = {
  household_id: string;
  id?: string;
  /** What the phone has said is written. */
  kept: Values;
  typing?: { field: string; value: string };
  isFinishing: boolean;
};
type Told = {
  is_new: boolean;
  household_id: string;
  id: string;
  state: string;
  field: string;
  value: string;
  visits: Visit[];
  message: string;
} & Values;

const LONGEST_TRAIL = 30;
const EMPTY: Values = { need: '', note: '', seen: '0', photos: '0' };

/**
 * What one phone has told its holder, and whether it keeps its word after its browser was killed: no visit that it called
 * finished is missing, and of an open form at most the field that was being written is not there.
 */
export class KillJournal {
  /** Visits that the phone holds finished, by id; those that were cut off at the last tap may be either. */
  readonly finished = new Map<string, Finished>();
  readonly broken: string[] = [];
  /** The last words that were heard, to see how it came about. */
  readonly trail: string[] = [];
  fields = 0;
  isTaken = false;
  isAtRest = false;
  #open: Open | undefined;

  /** Takes down what was told; answers the door whose form has to be there again. */
  hear(kind: string, told: Told): { household_id?: string } {
    if (this.broken.length === 0) this.trail.push(`${kind} ${JSON.stringify(told)}`);
    if (this.trail.length > LONGEST_TRAIL) this.trail.shift();
    if (kind === 'begin' && told.is_new && this.isTaken) this.broken.push('the phone has lost its key and all it held');
    if (kind === 'knock') this.#open ??= { household_id: told.household_id, kept: { ...EMPTY }, isFinishing: false };
    if (kind === 'broken') this.broken.push(`the driver broke: ${told.message}`);
    const open = this.#open;
    if (kind === 'typing') open!.typing = { field: told.field, value: told.value };
    if (kind === 'kept') this.#kept(told);
    if (kind === 'finishing') open!.isFinishing = true;
    if (kind === 'finished') this.#finish(told);
    if (kind === 'found') return this.#found(told.visits);
    if (kind === 'form') this.#form(told);
    if (kind === 'at_rest') this.isAtRest = true;
    return {};
  }

  #kept({ field, value, id }: Told): void {
    this.#open!.kept[field] = value;
    this.#open!.id = id;
    this.#open!.typing = undefined;
    this.fields += 1;
  }

  #finish({ id, state }: Told): void {
    if (state !== 'waiting')
      this.broken.push(`the phone calls visit ${id} finished, and wrote it as ${state || 'nothing'}`);
    const { household_id, kept } = this.#open!;
    this.finished.set(id, { household_id, values: kept });
    this.#open = undefined;
  }

  #found(visits: Visit[]): { household_id?: string } {
    this.isTaken = true;
    const found = new Map(visits.map((visit) => [visit.id, visit]));
    for (const id of this.finished.keys()) {
      const state = found.get(id)?.state;
      if (state !== 'waiting' && state !== 'accepted')
        this.broken.push(`finished visit ${id} is ${state ?? 'not there'}`);
    }
    const orders = visits.filter((visit) => visit.order > 0).map((visit) => visit.order);
    if (new Set(orders).size !== orders.length) this.broken.push(`two visits have one number: ${orders}`);
    const unknown = visits.filter((visit) => !this.finished.has(visit.id));
    if (unknown.length > 1) this.broken.push(`visits that nobody began: ${unknown.map((visit) => visit.id)}`);
    return this.#goOn(unknown[0]);
  }

  /** Of the visit that was open when the browser was killed: finished at the last moment, or still open. */
  #goOn(visit: Visit | undefined): { household_id?: string } {
    const open = this.#open;
    if (!open) {
      if (visit) this.broken.push(`a visit that nobody began: ${visit.id}`);
      return {};
    }
    if (open.id && visit?.id !== open.id) this.broken.push(`the open form of ${open.id} is not there`);
    if (!visit || visit.state === 'open') return { household_id: open.household_id };
    if (!open.isFinishing) this.broken.push(`visit ${visit.id} is ${visit.state}, and nobody finished it`);
    this.finished.set(visit.id, { household_id: open.household_id, values: open.kept });
    this.#open = undefined;
    return {};
  }

  #form(form: Values): void {
    const { kept, typing } = this.#open!;
    for (const [field, value] of Object.entries(kept)) {
      const found = form[field]!;
      const wasCut = typing?.field === field && typing.value === found;
      if (found !== value && !wasCut) this.broken.push(`${field} was kept as “${value}” and is “${found}”`);
      kept[field] = found;
    }
    this.#open!.typing = undefined;
    this.#open!.isFinishing = false;
  }
}
