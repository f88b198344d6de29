/** An answer that says no, as GeoReport v2 wants it: an HTTP status and one or more descriptions. */
export class Open311Error extends Error {
  readonly status: number;
  readonly descriptions: string[];
  constructor(status: number, ...descriptions: string[]) {
    super(descriptions.join('; '));
    this.status = status;
    this.descriptions = descriptions;
  }
}
