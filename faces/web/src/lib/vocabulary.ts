type Named = { kind: string; code: string; names: Record<string, string> };

/** The words of the place, where a page looks them up while it is made. */
export class Vocabulary {
  readonly #terms: readonly Named[];
  readonly #removed: readonly Named[];

  constructor(terms: readonly Named[], removed: readonly Named[]) {
    this.#terms = terms;
    this.#removed = removed;
  }

  of(kind: string): Named[] {
    return this.#terms.filter((one) => one.kind === kind);
  }

  namesOf(kind: string, code: string): Record<string, string> | undefined {
    const isIt = (one: Named) => one.kind === kind && one.code === code;
    return (this.#terms.find(isIt) ?? this.#removed.find(isIt))?.names;
  }
}
