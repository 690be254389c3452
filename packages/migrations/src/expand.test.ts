import { describe, expect, test } from '@jest/globals'
import { breaksOf } from './expand.ts'

const fine = [
  'alter table t add column b uuid; create unique index t_b on t (b, version);',
  'drop index t_a; create unique index t_a on t (a) where b;',
  'create table t (id int primary key, body text not null); create unique index t_body on t (body); alter table t drop column body;',
  'alter table t add column a int;',
  "alter table t add column a int not null default 0, add column b text check (b <> '');",
  'alter table t add column a bigint not null generated always as identity;',
  'alter table t add a int;',
  'alter table t alter column a drop not null;',
  'alter table t alter a set default 1;',
  "alter table t drop constraint t_state_check; alter table t add constraint t_state_check check (state in ('A', 'B'));",
  "alter table t drop constraint t_state_check, add constraint t_state_check check (state in ('A', 'B'));",
  'alter table t rename constraint a to b;',
  'create index t_a on t (a); drop index t_b;',
  'drop function app.f(uuid); create function app.f(uuid) returns int language sql as $$ select 1 $$;',
  'drop policy p on t; create policy p on t for select using (true);',
  'revoke execute on function app.f() from public;',
  "create function f() returns void language plpgsql as $x$ begin drop table t; end $x$; select 'drop table t;';",
  '-- drop table t;\nselect 1;',
]
const breaking: [string, string][] = [
  ['drop table t;', 'takes something away'],
  ['alter table t drop column a;', 'takes a column away'],
  ['alter table t drop a;', 'takes a column away'],
  ['alter table only t add column b int, drop column if exists a;', 'takes a column away'],
  ['alter table t rename to s;', 'another name'],
  ['alter table t rename column a to b;', 'another name'],
  ['alter table t rename a to b;', 'another name'],
  ['alter table t set schema app;', 'another name'],
  ['alter table t add column a int not null;', 'wants a column'],
  ['alter table t alter column a set not null;', 'wants a column'],
  ['alter table t alter a drop default;', 'wants a column'],
  ['alter table t alter column a type bigint;', 'changes a type'],
  ['alter table t alter a set data type text using a::text;', 'changes a type'],
  ['alter table t add constraint t_a check (a > 0);', 'refuses rows'],
  ['alter table t add constraint t_a check (a > 0) not valid;', 'refuses rows'],
  ['alter table t add unique (a);', 'refuses rows'],
  ['alter table t add constraint t_s foreign key (s) references s (id);', 'refuses rows'],
  ['create unique index t_a on t (a);', 'refuses rows'],
  ['create unique index on t (a);', 'refuses rows'],
  ['alter table t add column b int default 0; create unique index t_b on t (b);', 'refuses rows'],
  ['alter table s add column b uuid; create unique index t_b on t (b);', 'refuses rows'],
  ['alter table t add column b uuid; create unique index t_a on t (a);', 'refuses rows'],
  ['alter table t add column b uuid; create unique index t_b on t (b) nulls not distinct;', 'refuses rows'],
  ['drop index t_b; create unique index t_a on t (a);', 'refuses rows'],
  ['drop function app.f(uuid);', 'takes something away'],
  [
    'drop function app.f(uuid); create function app.g(uuid) returns int language sql as $$ select 1 $$;',
    'takes something',
  ],
  ['drop policy p on t;', 'takes something away'],
  ['drop policy p on t; create policy p on s for select using (true);', 'takes something away'],
  ['drop trigger x on t;', 'takes something away'],
  ['drop view v;', 'takes something away'],
  ['revoke select on t from linghang_scoped;', 'takes a right away'],
  ['create policy p on t as restrictive for select using (false);', 'hides rows'],
]

describe('platform a migration only adds, since services of the release before still run on what it makes', () => {
  test.each(fine)('platform taken: %s', sql => {
    expect(breaksOf(sql)).toEqual([])
  })

  test.each(breaking)('platform refused: %s', (sql, why) => {
    expect(breaksOf(sql)).toEqual([expect.stringContaining(why)])
  })

  test.each(breaking)('platform taken as a contract step, by the release that no longer needs it: %s', sql => {
    expect(breaksOf(`-- contract: 0.3.0 stopped reading it\n${sql}`)).toEqual([])
    expect(breaksOf(`-- contract: soon\n${sql}`)).toHaveLength(1)
  })
})
