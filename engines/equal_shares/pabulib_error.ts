/** Why a Pabulib file is refused, and where: lines and columns count from 1, columns in characters. */
export class PabulibError extends Error {
  code: string;
  line: number;
  column: number;

  constructor(code: string, message: string, line: number, column: number) {
    super(`line ${line}, column ${column}: ${message}`);
    this.code = code;
    this.line = line;
    this.column = column;
  }
}
