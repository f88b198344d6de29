import assert from 'node:assert/strict';
import { it } from 'node:test';
import { withProblemLinks } from './problem_links.ts';

const link = (field: string) => `<a data-problem="" href="#${field}">Please mend it.</a>`;

it('a problem leads to its field, to the only one of its name, or nowhere', () => {
  const table: [field: string, fields: string, wanted: string | null][] = [
    ['code', '<input id="code" name="code"/>', 'code'],
    ['code', '<fieldset id="code"></fieldset>', 'code'],
    ['code', '<input type="text" name="code" id="new-code" required/>', 'new-code'],
    ['reason', '<textarea id="why-1" name="reason"></textarea>', 'why-1'],
    ['code', '<input id="a-code" name="code"/><input id="b-code" name="code"/>', null],
    ['code', '<input type="hidden" name="code"/>', null],
    ['code', '<input id="code-2" name="zip_code"/>', null],
    ['names.zh-CN', '<input id="name_zh" name="name_zh"/>', 'name_zh'],
    ['purposes.en', '<input id="x" name="purpose_en"/>', 'x'],
    ['kinds.0', '', null],
  ];
  for (const [field, fields, wanted] of table)
    assert.equal(
      withProblemLinks(`<ul><li>${link(field)}</li></ul>${fields}`),
      `<ul><li>${wanted ? `<a href="#${wanted}">Please mend it.</a>` : 'Please mend it.'}</li></ul>${fields}`,
      `${field} among ${fields}`,
    );
});

it('a page without problems stays as it is', () =>
  assert.equal(withProblemLinks('<a href="#x">x</a>'), '<a href="#x">x</a>'));
