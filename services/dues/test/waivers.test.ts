import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { seedActor } from '@linghang/harness/county'
import { dumpText, look } from '@linghang/harness/databases'
import { until } from '@linghang/harness/until'
import { addDays, addMonths, monthOf } from '@linghang/rulebook'
import { createFixing, type Made, memberOf } from './fixing-desk.ts'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
const month = monthOf(today)
const after = (months: number) => addMonths(month, months)

let made: Made
let secretary: Actor
let committee: Actor
beforeAll(async () => {
  made = await createFixing()
  secretary = await seedActor(made.county, 'SECRETARY', made.tree.a1.id)
  committee = await seedActor(made.county, 'SECRETARY', made.tree.a.id)
})

const request = (name: string, more: object = {}, by: Actor = secretary) =>
  made.county.world.ask.dues(
    by,
    'mutation ($input: RequestDuesWaiverInput!) { requestDuesWaiver(input: $input) { waiver { id version state toMonth } } }',
    {
      input: {
        ...{
          memberId: made.ids.get(name) as string,
          fromMonth: month,
          toMonth: after(5),
          hardship: 'ILLNESS' as const,
        },
        ...{ reason: '长期住院治疗花销大', studiedOn: today, studyNumber: '支委会记录 7 号', ...more },
      },
    },
  )
type Named = { id: string; version: number }
const requested = async (...args: Parameters<typeof request>): Promise<Named> =>
  dataOf(await request(...args)).requestDuesWaiver.waiver as Named
const decide = ({ id, version }: Named, by: Actor = committee, approved = true) =>
  made.county.world.ask.dues(
    by,
    'mutation ($input: DecideDuesWaiverInput!) { decideDuesWaiver(input: $input) { waiver { id version state committee { id } decidedOn } } }',
    { input: { waiverId: id, version, approved } },
  )
const end = ({ id, version }: Named, lastMonth: string, by: Actor = secretary) =>
  made.county.world.ask.dues(
    by,
    'mutation ($input: EndDuesWaiverInput!) { endDuesWaiver(input: $input) { waiver { id version toMonth askedToMonth endedOn } } }',
    { input: { waiverId: id, version, lastMonth } },
  )
const waiversOf = async (name: string, by: Actor = made.county.admin, inMonth: string = month) =>
  dataOf(
    await made.county.world.ask.dues(
      by,
      `query ($refs: [_Any!]!, $month: Date) { _entities(representations: $refs) { ... on Member { duesRecord {
        waivers { id state hardship reason } waivedFor(month: $month) { id partFen } } } } }`,
      { refs: [{ __typename: 'Member', id: made.ids.get(name) as string }], month: inMonth },
    ),
  )._entities[0]?.duesRecord ?? null

describe('1.4/7 dues are waived in hardship', () => {
  test('1.4/7 the branch studies, the committee above approves, and the months between are waived', async () => {
    const waiver = await requested('郑月', { partFen: '3000' })
    expect((await waiversOf('郑月'))?.waivedFor).toBeNull()
    const decided = dataOf(await decide(waiver)).decideDuesWaiver.waiver
    expect(decided).toMatchObject({ state: 'APPROVED', committee: { id: made.tree.a.id }, decidedOn: today })
    const waivedIn = async (which: string) => (await waiversOf('郑月', undefined, which))?.waivedFor ?? null
    expect(await waivedIn(month)).toEqual({ id: waiver.id, partFen: '3000' })
    expect(await waivedIn(addDays(after(6), -1))).toEqual({ id: waiver.id, partFen: '3000' })
    expect([await waivedIn(after(-1)), await waivedIn(after(6))]).toEqual([null, null])
    const done = await look('dues', 'select action from audit_entry where subject_id = $1 order by id', [
      uuidOf(waiver.id),
    ])
    expect(done.map(({ action }) => action)).toEqual(['dues-waiver.requested', 'dues-waiver.approved'])
  })

  test('1.4/7 why is read by the member, the branch and the committee alone, and lies sealed', async () => {
    const seen = { hardship: 'ILLNESS', reason: '长期住院治疗花销大' }
    const own = await memberOf(made, '郑月', made.tree.a1.id)
    for (const by of [own, secretary, committee]) expect((await waiversOf('郑月', by))?.waivers).toMatchObject([seen])
    const leader = await seedActor(made.county, 'LEADER', made.tree.a.id)
    expect((await waiversOf('郑月', leader))?.waivers).toMatchObject([
      { state: 'APPROVED', hardship: null, reason: null },
    ])
    expect(await waiversOf('郑月', await seedActor(made.county, 'SECRETARY', made.tree.b1.id))).toBeNull()
    expect((await dumpText('dues')).includes('长期住院治疗花销大')).toBe(false)
  })

  test('1.4/7 no month is waived twice: not asked for again, not by eight at once', async () => {
    expect(codesOf(await request('郑月', { fromMonth: after(5), toMonth: after(6) }))).toEqual(['DUES_WAIVED_ALREADY'])
    await requested('郑月', { fromMonth: after(6), toMonth: after(6) })
    const eight = await Promise.all(Array.from({ length: 8 }, () => request('钱田')))
    expect(eight.flatMap(codesOf)).toEqual(Array(7).fill('DUES_WAIVED_ALREADY'))
  })

  test('1.4/7 what was refused may be asked for again; what was decided is not decided anew', async () => {
    const waiver = await requested('李退', {}, committee)
    const refused = dataOf(await decide(waiver, made.county.admin, false)).decideDuesWaiver.waiver as Named
    expect((await waiversOf('李退'))?.waivedFor).toBeNull()
    expect(codesOf(await decide(waiver, made.county.admin))).toEqual(['CONFLICT'])
    expect(codesOf(await decide(refused, made.county.admin))).toEqual(['DUES_WAIVER_DECIDED'])
    expect(codesOf(await end(refused, month, committee))).toEqual(['DUES_WAIVER_NOT_IN_FORCE'])
    expect((await requested('李退', {}, committee)).id).not.toBe(waiver.id)
  })

  test('1.4/7 is decided by the committee above: not the branch, not the member, not whoever asked', async () => {
    const waiver = await requested('吴预')
    expect(codesOf(await decide(waiver, secretary))).toEqual(['FORBIDDEN'])
    expect(codesOf(await decide(waiver, await seedActor(made.county, 'LEADER', made.tree.a.id)))).toEqual(['FORBIDDEN'])
    expect(codesOf(await decide(waiver, await seedActor(made.county, 'SECRETARY', made.tree.b.id)))).toEqual([
      'NOT_FOUND',
    ])
    const own = await seedActor(made.county, 'ADMIN', made.tree.a.id, { memberId: made.ids.get('吴预') })
    expect(codesOf(await decide(waiver, own))).toEqual(['DUES_WAIVER_ONES_OWN'])
    const asked = await requested('孙缺', {}, committee)
    expect(codesOf(await decide(asked))).toEqual(['DUES_WAIVER_ONES_OWN'])
    const twice = await Promise.all([decide(waiver), decide(waiver, made.county.admin)])
    expect(twice.flatMap(codesOf)).toEqual(['CONFLICT'])
  })

  test('1.4/7 ends early with a month that runs or comes, and what was waived before stays', async () => {
    const [found] = (await waiversOf('郑月'))?.waivers.filter(({ state }) => state === 'APPROVED') ?? []
    const waiver = { id: found?.id as string, version: 2 }
    for (const last of [after(-1), after(5), after(9), '1900-01-01'])
      expect(codesOf(await end(waiver, last))).toEqual(['BAD_INPUT'])
    const leader = await seedActor(made.county, 'LEADER', made.tree.a.id)
    expect(codesOf(await end(waiver, after(1), leader))).toEqual(['NOT_FOUND'])
    expect(codesOf(await end({ ...waiver, version: 1 }, after(1)))).toEqual(['CONFLICT'])
    const ended = dataOf(await end(waiver, addDays(after(2), -1))).endDuesWaiver.waiver
    expect(ended).toMatchObject({ toMonth: after(1), askedToMonth: after(5), endedOn: today })
    const waivedIn = async (which: string) => (await waiversOf('郑月', undefined, which))?.waivedFor?.id ?? null
    expect([await waivedIn(after(1)), await waivedIn(after(2))]).toEqual([waiver.id, null])
    await requested('郑月', { fromMonth: after(2), toMonth: after(5) })
  })

  test.each([
    [{ fromMonth: after(-7) }, 'BAD_INPUT'],
    [{ fromMonth: '1900-01-01' }, 'BAD_INPUT'],
    [{ toMonth: '2200-01-01' }, 'BAD_INPUT'],
    [{ toMonth: after(12) }, 'BAD_INPUT'],
    [{ toMonth: after(-1) }, 'BAD_INPUT'],
    [{ partFen: '0' }, 'BAD_INPUT'],
    [{ partFen: '-1' }, 'BAD_INPUT'],
    [{ partFen: '100001' }, 'BAD_INPUT'],
    [{ reason: ' ' }, 'BAD_INPUT'],
    [{ studyNumber: '' }, 'BAD_INPUT'],
    [{ studiedOn: addDays(today, 1) }, 'BAD_INPUT'],
    [{ studiedOn: addMonths(today, -12) }, 'BAD_INPUT'],
  ])('1.4/7 is not asked for with %j', async (more, code) => {
    expect(codesOf(await request('周年', more, made.county.admin))).toEqual([code])
    expect((await waiversOf('周年'))?.waivers).toEqual([])
  })

  test('1.4/7 is asked for by whoever keeps the branch, for who owes, and seen in the list of the committee', async () => {
    expect(codesOf(await request('王申'))).toEqual(['DUES_NOT_OWED'])
    expect(codesOf(await request('周年'))).toEqual(['NOT_FOUND'])
    const own = await memberOf(made, '钱田', made.tree.a1.id)
    expect(codesOf(await request('钱田', { fromMonth: after(6), toMonth: after(6) }, own))).toEqual(['NOT_FOUND'])
    const listed = async (id: string, states: ('REQUESTED' | 'REFUSED')[] | null, by = committee) => {
      const answer = await made.county.world.ask.dues(
        by,
        `query ($refs: [_Any!]!, $states: [DuesWaiverState!]) { _entities(representations: $refs) { ... on Organisation {
          duesWaivers(states: $states) { totalCount nodes { id } } } } }`,
        { refs: [{ __typename: 'Organisation', id }], states },
      )
      return dataOf(answer)._entities[0]?.duesWaivers.totalCount
    }
    expect(await listed(made.tree.a.id, ['REFUSED'])).toBe(1)
    expect(await listed(made.tree.a.id, [])).toBe(0)
    expect(await listed(made.tree.b.id, null)).toBe(0)
    expect(await listed(made.tree.a2.id, null, secretary)).toBe(0)
  })

  test('1.4/7 goes with who moves', async () => {
    dataOf(
      await made.county.world.ask.members(
        made.county.admin,
        'mutation ($input: TransferMemberInput!) { transferMember(input: $input) { member { id } } }',
        { input: { id: made.ids.get('郑月') as string, organisationId: made.tree.b1.id } },
      ),
    )
    const there = await seedActor(made.county, 'SECRETARY', made.tree.b1.id)
    await until(async () => (await waiversOf('郑月', there)) !== null, 20_000, 'the record is where its member is')
    expect((await waiversOf('郑月', there))?.waivedFor?.partFen).toBe('3000')
    expect(await waiversOf('郑月', secretary)).toBeNull()
  })
})
