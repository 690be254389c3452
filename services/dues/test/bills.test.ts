import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, entityOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { everyoneKnown, seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays, addMonths, monthOf } from '@linghang/rulebook'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
const month = monthOf(today)
const ago = (months: number) => addMonths(month, -months)

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let ids: Map<string, string>
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  const at = (name: string, category: string, base: string, branch = tree.a1.code) =>
    fullMember(county.code, branch, { 姓名: name, 党费人员类别: category, '党费计算基数（元/月）': base })
  ids = await seedMembers(county, [
    at('郑月', '按月薪', '5000.01'),
    at('钱田', '农民', ''),
    at('孙缺', '按月薪', ''),
    at('李远', '按月薪', '3000', tree.b1.code),
    at('吴停', '按月薪', '3000', tree.b1.code),
    at('王流', '按月薪', '3000', tree.b1.code),
  ])
  await everyoneKnown(county)
  dataOf(
    await county.world.ask.dues(
      county.admin,
      'mutation ($input: OpenDuesAccountInput!) { openDuesAccount(input: $input) { account { id } } }',
      { input: { organisationId: tree.root.id, bank: 'ICBC', bankNumber: '6222021203001234567', openedOn: ago(3) } },
    ),
  )
})

const idOf = (name: string) => ids.get(name) as string
const billsOf = async (name: string, by: Actor = county.admin) => {
  const { duesRecord } = entityOf(
    await county.world.ask.dues(
      by,
      `query ($refs: [_Any!]!, $last: Int!, $this: Int!) { _entities(representations: $refs) { ... on Member { duesRecord {
        paidThrough pauses { kind from until }
        before: bills(year: $last) { month dueFen state } bills(year: $this) { month dueFen state } } } } }`,
      {
        refs: [{ __typename: 'Member', id: idOf(name) }],
        ...{ last: Number(today.slice(0, 4)) - 1, this: Number(today.slice(0, 4)) },
      },
    ),
  )
  return [...(duesRecord?.before ?? []), ...(duesRecord?.bills ?? [])]
}
const paidThrough = (name: string, through: string, by: Actor = county.admin) =>
  county.world.ask.dues(
    by,
    'mutation ($input: RecordDuesPaidThroughInput!) { recordDuesPaidThrough(input: $input) { record { paidThrough } } }',
    { input: { memberId: idOf(name), through } },
  )
const make = (organisationId: string, by: Actor = county.admin) =>
  county.world.ask.dues(
    by,
    'mutation ($input: MakeDuesBillsInput!) { makeDuesBills(input: $input) { made withdrawn restored unknown } }',
    { input: { organisationId } },
  )
const pause = (
  name: string,
  from: string,
  kind: 'ABROAD' | 'MEMBERSHIP_SUSPENDED' | 'PAID_AT_INFLOW' = 'MEMBERSHIP_SUSPENDED',
) =>
  county.world.ask.dues(
    county.admin,
    'mutation ($input: PauseDuesInput!) { pauseDues(input: $input) { record { pauses { kind from until } } } }',
    { input: { memberId: idOf(name), from, kind, basis: '支部党员大会 2026 年第 9 号' } },
  )
const resume = (name: string, until: string) =>
  county.world.ask.dues(
    county.admin,
    'mutation ($input: ResumeDuesInput!) { resumeDues(input: $input) { record { pauses { kind from until } } } }',
    { input: { memberId: idOf(name), until } },
  )
const collection = async (organisationId: string, from = ago(3), by: Actor = county.admin) =>
  entityOf(
    await county.world.ask.dues(
      by,
      `query ($refs: [_Any!]!, $from: Date!, $until: Date!) { _entities(representations: $refs) { ... on Organisation {
        duesCollection(from: $from, until: $until) { bills settledBills members membersInArrears dueFen waivedFen paidFen openFen }
        duesBills(month: $until, open: true) { totalCount nodes { dueFen openFen state } } } } }`,
      { refs: [{ __typename: 'Organisation', id: organisationId }], from, until: month },
    ),
  )

describe('S3-5 bills of dues', () => {
  test('S3-5 are made from the month after the letter, at what the record says, once; what lacks a base is told', async () => {
    expect(await billsOf('郑月')).toEqual([])
    dataOf(await paidThrough('郑月', ago(3)))
    dataOf(await paidThrough('孙缺', ago(2)))
    const wanted = [2, 1, 0].map(n => ({ month: ago(n), dueFen: '7500', state: 'OPEN' }))
    expect(await billsOf('郑月')).toEqual(wanted)
    const { makeDuesBills: again } = dataOf(await make(tree.root.id))
    expect(again).toMatchObject({ made: 0, withdrawn: 0, unknown: 2 })
    expect(await billsOf('孙缺')).toEqual([])
    dataOf(await paidThrough('钱田', ago(1)))
    expect(await billsOf('钱田')).toEqual([{ month, dueFen: '20', state: 'OPEN' }])
    const { duesCollection, duesBills } = await collection(tree.a.id)
    expect(duesCollection).toEqual({
      ...{ bills: 4, settledBills: 0, members: 2, membersInArrears: 2 },
      ...{ dueFen: '22520', waivedFen: '0', paidFen: '0', openFen: '22520' },
    })
    expect(duesBills).toMatchObject({ totalCount: 0, nodes: [] })
    expect((await collection(tree.a1.id)).duesBills).toMatchObject({ totalCount: 2 })
  })

  test('S3-5 of a time without dues are taken back, and given back after it; abroad all of it is paid for afterwards', async () => {
    dataOf(await paidThrough('吴停', ago(3)))
    dataOf(await pause('吴停', ago(2)))
    expect((await billsOf('吴停')).map(({ state }) => state)).toEqual(['OPEN', 'WITHDRAWN', 'WITHDRAWN'])
    expect(codesOf(await pause('吴停', ago(1)))).toEqual(['DUES_PAUSE_LASTS'])
    expect(codesOf(await resume('吴停', addDays(today, 1)))).toEqual(['BAD_INPUT'])
    expect(codesOf(await resume('吴停', addDays(ago(2), -1)))).toEqual(['BAD_INPUT'])
    dataOf(await resume('吴停', today))
    expect((await billsOf('吴停')).map(({ state }) => state)).toEqual(['OPEN', 'WITHDRAWN', 'OPEN'])
    expect(codesOf(await resume('吴停', today))).toEqual(['NOT_FOUND'])

    dataOf(await paidThrough('李远', ago(3)))
    dataOf(await pause('李远', ago(2), 'ABROAD'))
    expect((await billsOf('李远')).map(({ state }) => state)).toEqual(['OPEN', 'WITHDRAWN', 'WITHDRAWN'])
    dataOf(await resume('李远', today))
    expect((await billsOf('李远')).map(({ state }) => state)).toEqual(['OPEN', 'OPEN', 'OPEN'])
  })

  test('S3-5 art. 9: whoever holds the card of a floating member pays at the inflow, and nothing afterwards for that time', async () => {
    dataOf(await paidThrough('王流', ago(3)))
    dataOf(await pause('王流', ago(2), 'PAID_AT_INFLOW'))
    expect((await billsOf('王流')).map(({ state }) => state)).toEqual(['OPEN', 'WITHDRAWN', 'WITHDRAWN'])
    dataOf(await resume('王流', today))
    expect((await billsOf('王流')).map(({ state }) => state)).toEqual(['OPEN', 'WITHDRAWN', 'OPEN'])
  })

  test('S3-5 follow the register: who has left owes none after that month', async () => {
    const found = await seedMembers(county, [
      fullMember(county.code, tree.b1.code, { 姓名: '周去', 党费人员类别: '学生' }),
    ])
    const person = found.get('周去') as string
    ids.set('周去', person)
    await everyoneKnown(county)
    dataOf(await paidThrough('周去', ago(3)))
    expect(await billsOf('周去')).toHaveLength(3)
    dataOf(
      await county.world.ask.members(
        county.admin,
        'mutation ($input: RecordLeavingInput!) { recordLeaving(input: $input) { member { id } } }',
        { input: { memberId: person, leftOn: ago(1), reason: '去世' } },
      ),
    )
    await until(async () => (await billsOf('周去')).some(({ state }) => state === 'WITHDRAWN'), 20_000, 'bills follow')
    expect((await billsOf('周去')).map(({ state }) => state)).toEqual(['OPEN', 'OPEN', 'WITHDRAWN'])
  })

  test('1.4/7 S3-5 are less by what the committee has waived, also where they were made before', async () => {
    const [branch, committee] = await Promise.all([
      seedActor(county, 'SECRETARY', tree.a1.id),
      seedActor(county, 'SECRETARY', tree.a.id),
    ])
    const asked = dataOf(
      await county.world.ask.dues(
        branch,
        'mutation ($input: RequestDuesWaiverInput!) { requestDuesWaiver(input: $input) { waiver { id version } } }',
        {
          input: {
            ...{ memberId: idOf('郑月'), fromMonth: month, toMonth: month, hardship: 'ILLNESS', reason: '长期住院' },
            ...{ studiedOn: today, studyNumber: '支委会记录 7 号' },
          },
        },
      ),
    ).requestDuesWaiver.waiver
    dataOf(
      await county.world.ask.dues(
        committee,
        'mutation ($input: DecideDuesWaiverInput!) { decideDuesWaiver(input: $input) { waiver { state } } }',
        { input: { waiverId: asked?.id as string, version: asked?.version as number, approved: true } },
      ),
    )
    dataOf(await make(tree.a1.id, branch))
    expect((await billsOf('郑月')).map(({ state }) => state)).toEqual(['OPEN', 'OPEN', 'WAIVED'])
    expect((await collection(tree.a1.id, month)).duesCollection).toMatchObject({ waivedFen: '7500', settledBills: 1 })
  })

  test('S3-5 are seen by the branch and above, and changed by who keeps it; nobody else learns a base', async () => {
    const [a1, b1] = await Promise.all([
      seedActor(county, 'SECRETARY', tree.a1.id),
      seedActor(county, 'SECRETARY', tree.b1.id),
    ])
    expect(await billsOf('郑月', a1)).toHaveLength(3)
    expect(await billsOf('郑月', b1)).toEqual([])
    expect((await collection(tree.a1.id, ago(3), b1)).duesCollection).toBeNull()
    expect((await collection(tree.a1.id, ago(3), b1)).duesBills?.totalCount).toBe(0)
    expect(codesOf(await paidThrough('郑月', ago(2), b1))).toEqual(['NOT_FOUND'])
    expect(codesOf(await make(tree.a1.id, b1))).toEqual(['NOT_FOUND'])
    const leader = await seedActor(county, 'LEADER', tree.a1.id)
    expect(codesOf(await paidThrough('郑月', ago(2), leader))).toEqual(['NOT_FOUND'])
    expect(codesOf(await paidThrough('郑月', addDays(today, 1)))).toEqual(['BAD_INPUT'])
    for (const [from, until] of [
      [month, ago(1)],
      [addMonths(month, -36), month],
    ] as const)
      expect(
        codesOf(
          await county.world.ask.dues(
            county.admin,
            `query ($refs: [_Any!]!, $from: Date!, $until: Date!) { _entities(representations: $refs) { ... on Organisation {
              duesCollection(from: $from, until: $until) { bills } } } }`,
            { refs: [{ __typename: 'Organisation', id: tree.root.id }], from, until },
          ),
        ),
      ).toEqual(['BAD_INPUT'])
  })
})
