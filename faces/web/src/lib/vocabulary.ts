type Named = { kind: string; code: string; names: Record<string, string> };

/** The words of the place, where a page looks them up while it is made. */
export class Vocabulary {
  readonly #terms: readonly Named[];

  constructor(terms: readonly Named[]) {
    this.#terms = terms;
  }

  of(kind: string): Named[] {
    return this.#terms.filter((one) => one.kind === kind);
  }

  namesOf(kind: string, code: string): Record<string, string> | undefined {
    return this.#terms.find((one) => one.kind === kind && one.code === code)?.names;
  }
}
