import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { readSources, type Source, sourceOf } from './sources.ts';

const FILE_LINES = 300;
const FUNCTION_LINES = 70;
const COMMAND_LINES = 40;

const isTest = (path: string) => path.endsWith('.test.ts') || path.startsWith('tests/') || path.endsWith('.journey.ts');

/** SQL is written in stores, the platform and the demonstration alone. */
function sqlOutside({ path, text }: Source): string[] {
  if (isTest(path) || /\.store\.ts$|^platform\/|^db\/|^bin\/|^bench\//.test(path)) return [];
  const writes = /\bsql`|\.(selectFrom|insertInto|updateTable|deleteFrom)\(/.test(text) && !/\.view\.ts$/.test(path);
  return writes ? [`${path} speaks SQL; put it into a *.store.ts`] : [];
}

/** A noun's file holds rules alone: it takes values and gives values. */
function impureNoun({ path, text, imports }: Source): string[] {
  if (!/^modules\/\w+\/[a-z_]+\.ts$/.test(path) || isTest(path)) return [];
  const isNoun =
    /^export (const|type|function) /m.test(text) && !/\bctx\b|Environment/.test(text) && !path.endsWith('index.ts');
  if (!isNoun) return [];
  const reaches = imports.filter((name) => /\.store\.ts$|#platform\/db|^node:(fs|http|net)/.test(name));
  return reaches.map((name) => `${path} is a noun and imports ${name}`);
}

function tooLarge({ path, text }: Source): string[] {
  const found: string[] = [];
  const lines = text.trimEnd().split('\n').length;
  if (lines > FILE_LINES) found.push(`${path} has ${lines} lines, ${FILE_LINES} at most`);
  if (isTest(path)) return found;
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node) => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const count = lineOf(file, node.getEnd()) - lineOf(file, node.getStart()) + 1;
      const isRun = /\/commands\//.test(path) && ts.isMethodDeclaration(node) && node.name.getText() === 'run';
      const limit = isRun ? COMMAND_LINES : FUNCTION_LINES;
      if (count > limit)
        found.push(`${path}:${lineOf(file, node.getStart()) + 1} is a function of ${count} lines, ${limit} at most`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const lineOf = (file: ts.SourceFile, at: number) => file.getLineAndCharacterOfPosition(at).line;

const rules = { sqlOutside, impureNoun, tooLarge };

describe('the house', () => {
  for (const [name, rule] of Object.entries(rules))
    it(`keeps to the rule ${name}`, () => assert.deepEqual(readSources().flatMap(rule), []));
});

describe('a planted violation is found:', () => {
  it('SQL in a command', () =>
    assert.equal(sqlOutside(sourceOf('modules/requests/commands/x.ts', 'ctx.tx.selectFrom("requests")')).length, 1));
  it('a noun that reads the database', () =>
    assert.equal(
      impureNoun(sourceOf('modules/requests/x.ts', "import { a } from './x.store.ts';\nexport function b() {}")).length,
      1,
    ));
  it('a file that is too long, tests among them', () => {
    for (const path of ['modules/x/y.ts', 'modules/x/y.test.ts', 'tests/journeys/y.journey.ts'])
      assert.equal(tooLarge(sourceOf(path, 'a\n'.repeat(301))).length, 1);
  });
  it('a function that is too long', () =>
    assert.equal(tooLarge(sourceOf('modules/x/y.ts', `function f() {\n${'  a();\n'.repeat(70)}}`)).length, 1));
  it('a command that is too long', () =>
    assert.equal(
      tooLarge(sourceOf('modules/x/commands/y.ts', `const c = { async run() {\n${'  a();\n'.repeat(40)}} };`)).length,
      1,
    ));
});
