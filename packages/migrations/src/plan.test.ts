import { describe, expect, test } from '@jest/globals'
import { checksumOf } from './files.ts'
import { contractOf, type MigrationRecord, planOf } from './plan.ts'

const file = (name: string, sql = `create table t_${name} (id int);\n`) => ({ name, sql })
const [one, two, three] = [file('1_one'), file('2_two'), file('3_three')] as const
const applied = (of: ReturnType<typeof file>, more: Partial<MigrationRecord> = {}): MigrationRecord => ({
  ...{ name: of.name, checksum: checksumOf(of), state: 'applied', contract: null },
  ...more,
})
const begun = (of: ReturnType<typeof file>) => applied(of, { state: 'begun' })

describe('platform files are held against what a database says was applied', () => {
  test.each([
    ['nothing yet', [one, two], [], ['1_one', '2_two'], []],
    ['the first', [one, two], [applied(one)], ['2_two'], []],
    ['all', [one, two], [applied(one), applied(two)], [], []],
    ['one that came in between', [one, two, three], [applied(one), applied(three)], ['2_two'], []],
    ['all, and a newer release', [one, two], [applied(one), applied(two), applied(three)], [], ['3_three']],
    ['another checkout’s line ends', [one], [applied(file('1_one', one.sql.replaceAll('\n', '\r\n')))], [], []],
    ['one that was begun', [one, two], [applied(one), begun(two)], ['2_two'], []],
  ] as const)('platform %s: what is to do follows', (_, files, records, pending, ahead) => {
    const plan = planOf('org', files, records)
    expect(plan.pending.map(({ name }) => name)).toEqual(pending)
    expect(plan.ahead).toEqual(ahead)
  })

  test('platform what another program began is told apart from what nobody has touched', () => {
    expect([...planOf('org', [one, two, three], [applied(one), begun(two)]).begun]).toEqual(['2_two'])
  })

  test.each([
    ['changed', [one, two], [applied(one, { checksum: checksumOf(two) })], 'MIGRATION_CHANGED', '1_one'],
    ['changed by one blank', [file('1_one', `${one.sql} `)], [applied(one)], 'MIGRATION_CHANGED', '1_one'],
    ['gone from the middle', [one, three], [applied(one), applied(two), applied(three)], 'MIGRATION_MISSING', '2_two'],
    ['gone before the last', [two], [applied(one), applied(two)], 'MIGRATION_MISSING', '1_one'],
    [
      'of a newer release, while ours has others to apply',
      [one, two],
      [applied(one), applied(three)],
      'MIGRATION_MISSING',
      '3_three',
    ],
    [
      'of a newer release that took something away',
      [one],
      [applied(one), applied(two, { contract: '0.3.0' })],
      'DATABASE_AHEAD',
      '0.3.0',
    ],
    ['ended by its own commit', [file('1_one', 'select 1;\ncommit;\nselect 2;')], [], 'MIGRATION_REFUSED', '1_one'],
    ['opened by its own begin', [file('1_one', 'BEGIN;\nselect 2;')], [], 'MIGRATION_REFUSED', '1_one'],
  ] as const)(
    'platform a migration that is %s is refused by name, in both languages',
    (_, files, records, code, name) => {
      const plan = () => planOf('org', files, records)
      expect(plan).toThrow(expect.objectContaining({ code }))
      expect(plan).toThrow(
        expect.objectContaining({ en: expect.stringContaining(name), zh: expect.stringContaining(name) }),
      )
    },
  )

  test('platform a body of a function may begin and end as it must', () => {
    const body = file(
      '1_one',
      'create function f() returns void language plpgsql as $x$\nbegin\n  null;\ncommit;\nend $x$;',
    )
    expect(planOf('org', [body], []).pending).toEqual([body])
  })

  test.each([
    ['-- What nobody reads any more.\n-- contract: 0.3.0 stopped reading it\nalter table t drop column a;', '0.3.0'],
    ['-- a contract: 0.3.0 in the middle of a line\nselect 1;', null],
    ['select 1;', null],
  ])('platform of %j the release is %s that no longer needs what goes', (sql, release) => {
    expect(contractOf(file('1_one', sql))).toBe(release)
  })
})
