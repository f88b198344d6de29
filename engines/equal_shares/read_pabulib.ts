import { BallotBox, type Election, hasPoints, type Project, VOTE_TYPES, type VoteType } from './election.ts';
import { type Fraction, readFraction } from './fraction.ts';
import { PabulibError } from './pabulib_error.ts';
import { placeOfField, type Row, readRows } from './read_rows.ts';

/** A Pabulib file as it was written: every column and value in its order. */
export type PabulibFile = {
  meta: [key: string, value: string][];
  project_columns: string[];
  projects: string[][];
  vote_columns: string[];
  votes: string[][];
};

type Section = 'META' | 'PROJECTS' | 'VOTES';
const SECTIONS: readonly Section[] = ['META', 'PROJECTS', 'VOTES'];

/**
 * Reads a Pabulib file (https://pabulib.org/format): approval, choose-1, ordinal, cumulative and scoring votes. Keeps every
 * field for writing it again, and the election in it. Takes text, or bytes in UTF-8 with or without a byte order mark.
 * A file that says less or other than it should is refused (PabulibError) with line, column and reason. Linear.
 */
export function readPabulib(source: string | Uint8Array): { file: PabulibFile; election: Election } {
  const text = typeof source === 'string' ? source : decode(source);
  return new Reader(text).read();
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const before = new TextDecoder()
      .decode(bytes)
      .split('\ufffd', 1)[0]!
      .split(/\r\n|\n|\r/);
    throw new PabulibError('encoding_invalid', 'the file is not UTF-8', before.length, before.at(-1)!.length + 1);
  }
}

/** A cell that says nothing: Pabulib's writers put `None` for what is missing. */
const isBlank = (cell: string | undefined) => cell === undefined || /^(none)?$/i.test(cell.trim());

class Reader {
  private readonly text: string;
  private readonly file: PabulibFile = { meta: [], project_columns: [], projects: [], vote_columns: [], votes: [] };
  private readonly metaRows = new Map<string, Row>();
  private readonly projects: Project[] = [];
  private readonly places = new Map<string, number>();
  private readonly pointsKnown = new Map<string, Fraction>();
  private readonly ballotsKnown = new Map<string, number>();
  private voteType: VoteType = 'approval';
  private box = new BallotBox('approval');
  private last: Row = { fields: [], start: 0, line: 1 };

  constructor(text: string) {
    this.text = text;
  }

  read(): { file: PabulibFile; election: Election } {
    let begun = 0;
    let header: Row | null = null;
    for (const row of readRows(this.text)) {
      this.last = row;
      const section = sectionOf(row);
      if (section) {
        if (section !== SECTIONS[begun])
          this.refuse('section_misplaced', `the section ${SECTIONS[begun] ?? 'end'} should be here`, row);
        if (begun > 0 && !header) this.refuse('header_missing', `the section before has no line of column names`, row);
        begun++;
        header = null;
        if (section === 'VOTES') this.beginVotes();
      } else if (begun === 0) {
        this.refuse('section_missing', 'the file should begin with META', row);
      } else if (!header) {
        header = row;
        this.takeHeader(SECTIONS[begun - 1]!, row);
      } else if (begun === 1) this.takeMeta(row);
      else if (begun === 2) this.takeProject(row);
      else this.takeVote(row);
    }
    if (begun < SECTIONS.length || !header)
      this.refuse(
        'section_missing',
        `the file ends before ${SECTIONS[begun] ?? 'the column names of VOTES'}`,
        this.last,
        -1,
      );
    this.checkCount('num_projects', this.projects.length);
    this.checkCount('num_votes', this.file.votes.length);
    const { ballots, counts, ballot_of, voter_ids } = this.box;
    const budget = this.amountOfMeta('budget');
    const { voteType: vote_type, projects } = this;
    return { file: this.file, election: { budget, vote_type, projects, ballots, counts, ballot_of, voter_ids } };
  }

  private takeHeader(section: Section, row: Row): void {
    const columns = row.fields.map((name) => name.trim());
    const twice = columns.findIndex((name, i) => name !== '' && columns.indexOf(name) < i);
    if (twice >= 0) this.refuse('column_repeated', `the column "${columns[twice]}" is there twice`, row, twice);
    const needs = section === 'PROJECTS' ? ['project_id', 'cost'] : section === 'VOTES' ? ['vote'] : [];
    if (section === 'VOTES' && hasPoints(this.voteType)) needs.push('points');
    for (const name of needs)
      if (!columns.includes(name)) this.refuse('column_missing', `the column "${name}" is missing`, row);
    if (section === 'PROJECTS') this.file.project_columns = columns;
    if (section === 'VOTES') this.file.vote_columns = columns;
  }

  private takeMeta(row: Row): void {
    const [key = '', value] = row.fields.map((field) => field.trim());
    if (value === undefined) this.refuse('value_missing', `"${key}" has no value`, row);
    if (this.metaRows.has(key)) this.refuse('key_repeated', `"${key}" is there twice`, row);
    this.metaRows.set(key, row);
    // What follows a further semicolon is a remark that somebody forgot to put into quotes; it is kept.
    this.file.meta.push([key, row.fields.slice(1).join(';')]);
  }

  private takeProject(row: Row): void {
    this.checkWidth(row, this.file.project_columns);
    const at = (name: string) => this.file.project_columns.indexOf(name);
    const id = row.fields[at('project_id')]!.trim();
    if (id === '') this.refuse('project_unnamed', 'a project needs an id', row, at('project_id'));
    if (id.includes(','))
      this.refuse('project_id_invalid', `a project id may hold no comma: "${id}"`, row, at('project_id'));
    if (this.places.has(id)) this.refuse('project_repeated', `project "${id}" is there twice`, row, at('project_id'));
    this.places.set(id, this.projects.length);
    this.projects.push({ id, cost: this.amount(row, at('cost'), `the cost of project "${id}"`) });
    this.file.projects.push(row.fields);
  }

  private beginVotes(): void {
    const row = this.metaRows.get('vote_type');
    if (!row) this.refuse('key_missing', 'META needs "vote_type"', this.last);
    const type = row.fields[1]!.trim() as VoteType;
    if (!VOTE_TYPES.includes(type))
      this.refuse('vote_type_unknown', `the vote type "${type}" is none of ${VOTE_TYPES.join(', ')}`, row, 1);
    this.voteType = type;
    this.box = new BallotBox(type);
    this.amountOfMeta('budget');
  }

  private takeVote(row: Row): void {
    const columns = this.file.vote_columns;
    this.checkWidth(row, columns);
    const vote = row.fields[columns.indexOf('vote')]!;
    const points = hasPoints(this.voteType) ? row.fields[columns.indexOf('points')]! : '';
    const key = points === '' ? vote : `${vote};${points}`;
    let place = this.ballotsKnown.get(key);
    if (place === undefined) {
      place = this.readBallot(row, vote, points);
      this.ballotsKnown.set(key, place);
    }
    this.box.cast(row.fields[columns.indexOf('voter_id')]?.trim() ?? `${this.file.votes.length + 1}`, place);
    this.file.votes.push(row.fields);
  }

  private readBallot(row: Row, vote: string, points: string): number {
    const column = this.file.vote_columns.indexOf('vote');
    const names = isBlank(vote) && !this.places.has(vote.trim()) ? [] : vote.split(',').map((name) => name.trim());
    const withPoints = hasPoints(this.voteType);
    const chosen = (withPoints ? names : names.filter((name) => name !== '')).map((name) => {
      const place = this.places.get(name);
      if (place === undefined)
        this.refuse('project_unknown', `the vote names project "${name}", which is not listed`, row, column);
      return place;
    });
    return this.box.place(chosen, withPoints ? this.readPoints(row, points, chosen.length) : null);
  }

  private readPoints(row: Row, text: string, wanted: number): Fraction[] {
    const column = this.file.vote_columns.indexOf('points');
    const marks = isBlank(text) ? [] : text.split(',').map((mark) => mark.trim());
    if (marks.length !== wanted)
      this.refuse('points_differ', `the vote names ${wanted} projects and gives ${marks.length} points`, row, column);
    return marks.map((mark) => {
      const known = this.pointsKnown.get(mark) ?? readFraction(mark);
      if (!known) this.refuse('number_invalid', `"${mark}" is no number of points`, row, column);
      this.pointsKnown.set(mark, known);
      return known;
    });
  }

  private checkWidth(row: Row, columns: string[]): void {
    if (row.fields.length === columns.length) return;
    const message = `there are ${columns.length} columns, and here ${row.fields.length} fields`;
    this.refuse('fields_differ', message, row, Math.min(row.fields.length - 1, columns.length));
  }

  private checkCount(key: string, found: number): void {
    const row = this.metaRows.get(key);
    if (!row || isBlank(row.fields[1])) return;
    if (Number(row.fields[1]) !== found)
      this.refuse('count_differs', `"${key}" is ${row.fields[1]!.trim()}, and the file has ${found}`, row, 1);
  }

  private amountOfMeta(key: string): Fraction {
    const row = this.metaRows.get(key);
    if (!row) this.refuse('key_missing', `META needs "${key}"`, this.last);
    return this.amount(row, 1, `"${key}"`);
  }

  /** Money; a comma is read as the decimal point, as in some files. */
  private amount(row: Row, column: number, what: string): Fraction {
    const text = row.fields[column]!;
    const read = readFraction(text.replace(',', '.'));
    if (!read) this.refuse('number_invalid', `${what} is no number: "${text}"`, row, column);
    if (read.num < 0n) this.refuse('amount_negative', `${what} is below zero: "${text}"`, row, column);
    return read;
  }

  private refuse(code: string, message: string, row: Row, index = 0): never {
    if (index < 0) throw new PabulibError(code, message, row.line, row.fields.join(';').length + 1);
    const { line, column } = placeOfField(this.text, row, index);
    throw new PabulibError(code, message, line, column);
  }
}

function sectionOf({ fields }: Row): Section | null {
  const word = fields[0]!.trim().toUpperCase() as Section;
  return SECTIONS.includes(word) && fields.slice(1).every((field) => field.trim() === '') ? word : null;
}
