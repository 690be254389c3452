import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { createDatabases, look } from '@linghang/harness/databases'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { type StartedService, startService } from '@linghang/harness/start-service'
import { surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'

jest.setTimeout(240_000)

const databaseSuffix = 'replay'
const day = (ago: number) => addDays(shanghaiDay(new Date()), -ago)
let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let people: string[]
let secretary: Actor
let again: StartedService<'assessment'> | undefined

const content = (heldOn: string, absent: number) => ({
  ...{ heldOn, place: '会议室', agenda: '学习', minutes: '集中学习。' },
  ...{ absentIds: people.slice(0, absent), presentIds: people.slice(absent) },
})
const org = async (name: string, type: string, input: object) =>
  dataOf(
    await county.world.askUntyped.org(
      county.admin,
      `mutation ($input: ${type}!) { ${name}(input: $input) { meeting { id version } } }`,
      { input },
    ),
  )[name].meeting as { id: string; version: number }
const hold = async (heldOn: string, absent: number): Promise<string> => {
  const recorded = { organisationId: tree.a1.id, kind: 'CLASS', content: content(heldOn, absent) }
  const { id } = await org('recordMeeting', 'RecordMeetingInput', recorded)
  await org('closeMeeting', 'CloseMeetingInput', { id })
  return id
}

beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  const seeded = await seedMembers(
    county,
    Array.from({ length: 4 }, (_, i) => fullMember(county.code, tree.a1.code, { 姓名: `甲一${i}` })),
  )
  people = [...seeded.values()]
  secretary = await seedActor(county, 'SECRETARY', tree.a1.id)
})
afterAll(() => again?.stop())

const counting = (suffix?: string) =>
  look(
    'assessment',
    `select told_as, source_id, n, source_type, source_version::int, subject_type, subject_id, org_id, told_org_id, kind, day::text,
       quantity, attributes from fact_now where county_id = $1 order by told_as, source_id, n`,
    [county.id],
    suffix,
  )
const belonging = (suffix?: string) =>
  look(
    'assessment',
    `select member_id, org_id, day::text, kind, left_on::text from member_stay where county_id = $1
     order by member_id, day, version`,
    [county.id],
    suffix,
  )

const standing = (suffix?: string) =>
  look(
    'assessment',
    `select org_id, version::int, day::text, superior_id, kind, ended_on::text from organisation_place where county_id = $1
     order by org_id, version`,
    [county.id],
    suffix,
  )

describe('S0-20 facts from nothing but what the services have told', () => {
  test('S0-20 an empty database that hears all topics from their beginning comes to the same facts', async () => {
    await hold(day(40), 1)
    const id = await hold(day(20), 2)
    await org('correctMeeting', 'CorrectMeetingInput', { id, reason: '漏记一人', content: content(day(19), 1) })
    const given = { memberId: people[0], kind: 'HONOUR', day: day(5), evidence: '区委组织部 2026 年第 12 号' }
    const { recordFact } = dataOf(
      await county.world.askUntyped.assessment(
        secretary,
        'mutation ($input: RecordFactInput!) { recordFact(input: $input) { fact { id } } }',
        { input: { ...given, attributes: [{ key: 'level', value: 'COUNTY' }] } },
      ),
    )
    dataOf(
      await county.world.askUntyped.assessment(
        secretary,
        'mutation ($input: CorrectFactInput!) { correctFact(input: $input) { fact { version } } }',
        {
          input: {
            ...{ id: recordFact.fact.id, day: day(4), attributes: [{ key: 'level', value: 'CITY' }] },
            ...{ evidence: '市委 2026 年第 3 号', reason: '级别登记有误' },
          },
        },
      ),
    )
    dataOf(
      await county.world.askUntyped.members(
        county.admin,
        'mutation ($input: RecordLeavingInput!) { recordLeaving(input: $input) { member { id } } }',
        { input: { memberId: people[3], reason: '转往外地', leftOn: day(10) } },
      ),
    )
    dataOf(
      await county.world.askUntyped.org(
        county.admin,
        'mutation ($input: MoveOrganisationInput!) { moveOrganisation(input: $input) { organisation { id } } }',
        { input: { id: tree.a2.id, superiorId: tree.root.id } },
      ),
    )
    const live = await until(
      async () => {
        const rows = await counting()
        const came = rows.filter(({ told_as, source_id }) => source_id === uuidOf(id) && told_as === 'org.attendance')
        const left = (await belonging()).some(({ left_on }) => left_on === day(10))
        const moved = (await standing()).some(
          one => one.org_id === uuidOf(tree.a2.id) && one.superior_id === uuidOf(tree.root.id),
        )
        return left &&
          moved &&
          rows.some(({ source_id }) => source_id === uuidOf(recordFact.fact.id)) &&
          came.length > 0
          ? rows
          : null
      },
      60_000,
      'all is heard',
    )
    expect(live.length).toBeGreaterThan(8)

    await createDatabases(surroundings(), ['assessment'], databaseSuffix)
    again = await startService('assessment', { databaseSuffix, env: { KAFKA_GROUP_PREFIX: 'replay-' } })
    // Of several groups: where people belong may come after what they have done.
    const heard = async (suffix?: string) =>
      JSON.stringify([await counting(suffix), await belonging(suffix), await standing(suffix)])
    await until(async () => (await heard(databaseSuffix)) === (await heard()), 120_000, 'the same facts and places')
    expect(await counting(databaseSuffix)).toEqual(await counting())
    expect(await belonging(databaseSuffix)).toEqual(await belonging())
    expect(await standing(databaseSuffix)).toEqual(await standing())
  })
})
