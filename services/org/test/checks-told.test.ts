import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { shanghaiDay, systemActor } from '@linghang/access'
import { dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { seedMembers } from '@linghang/harness/imports'
import { listen } from '@linghang/harness/listen'
import { fullMember } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import { tellChecks } from '../src/structure/checks/tell-checks.ts'
import { openOrg } from './perform.ts'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let people: Map<string, string>
let listener: Awaited<ReturnType<typeof listen<'org.structure.checked.v1'>>>
const org = openOrg()

beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  listener = await listen('org.events', ['org.structure.checked.v1'])
  people = await seedMembers(
    county,
    Array.from({ length: 3 }, (_, i) => fullMember(county.code, tree.a1.code, { 姓名: `甲一${i}` })),
  )
  const known = 'select 1 from member_ref where org_id = $1'
  await until(
    async () => (await look('org', known, [uuidOf(tree.a1.id)])).length === 3,
    30_000,
    'the members are known',
  )
})
afterAll(async () => {
  await listener?.stop()
  await org.close()
})

const check = (day = today) => org.as(systemActor(county.id), work => tellChecks({ ...work, today: day }, null))
/** What was told of the branch, once it was told of so many times. */
const told = (times: number) =>
  until(() => {
    const found = listener.heard.filter(({ subject }) => subject === uuidOf(tree.a1.id))
    return found.length >= times ? found.map(({ data }) => data) : null
  }, 30_000)

describe('S0-19 how an organisation is set up is checked by itself', () => {
  test('S0-19 what is found is told once, and told again when it is mended', async () => {
    expect(await check()).toBe(null)
    expect(await check(addDays(today, 1))).toBe(null)
    const vacant = { kind: 'SECRETARY_VACANT', since: today }
    const first = { orgId: uuidOf(tree.a1.id), findings: [vacant], checkedOn: today, ended: false, version: 1 }
    expect(await told(1)).toEqual([first])
    dataOf(
      await county.world.ask.org(
        county.admin,
        'mutation ($input: RecordSeatInput!) { recordSeat(input: $input) { seat { id } } }',
        {
          input: {
            ...{
              organisationId: tree.a1.id,
              memberId: people.get('甲一0') as string,
              post: 'SECRETARY',
              entry: 'ELECTED',
            },
            ...{ from: today, evidence: '党员大会选举' },
          },
        },
      ),
    )
    await check(addDays(today, 2))
    expect((await told(2))[1]).toEqual({ ...first, findings: [], checkedOn: addDays(today, 2), version: 2 })
    // The fact says how long it took; what was found before it was told is not counted (R10).
    const facts = `select day::text, attributes from fact_now where told_as = 'org.structure' and source_id = $1`
    await until(
      async () => {
        const rows = await look('assessment', facts, [uuidOf(tree.a1.id)])
        return rows.map(({ attributes }) => attributes.outcome).join() === 'LATE' ? rows : null
      },
      30_000,
      'the fact is written',
    ).then(rows =>
      expect(rows).toEqual([{ day: today, attributes: { finding: 'SECRETARY_VACANT', outcome: 'LATE', daysLate: 2 } }]),
    )
  })

  test('S0-19 what stays as it was found is not told again, however often it is checked', async () => {
    await check(addDays(today, 3))
    const rows = await look('org', 'select version from structure_told where org_id = $1', [uuidOf(tree.b1.id)])
    expect(rows).toEqual([{ version: 1 }])
  })
})
