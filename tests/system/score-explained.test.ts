import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { shanghaiDay } from '@linghang/access'
import { fullMember, membersCsv } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addMonths, monthOf } from '@linghang/rulebook'
import type { Caller, Data } from './api.ts'
import { type County, importSound, newCounty, newHolder, orgCode, seedOrganisations, smallTree } from './county.ts'
import { mutationOf } from './dues-desk.ts'
import { look, quiet } from './look.ts'

jest.setTimeout(180_000)

/** A point on a sheet, and the way from it to what was written down: in one query, through the gateway. */
const today = shanghaiDay(new Date())
const month = monthOf(today)

let county: County
let branchId: string
let meetingId: string
let memberId: string
const by = {} as Record<'secretary' | 'member' | 'another', Caller>

const done = async (caller: Caller, name: string, input: object, what: string): Promise<Data> =>
  (await caller.askUntyped(mutationOf(name, what), { input })).done

beforeAll(async () => {
  county = await newCounty()
  const ids = await seedOrganisations(county, smallTree(county))
  branchId = ids[orgCode(county, 3)] as string
  const names = ['分一', '分二', '分三']
  const rows = names.map(姓名 => fullMember(county.code, orgCode(county, 3), { 姓名 }))
  await importSound(county.admin, 'Member', membersCsv(rows))
  await quiet()
  const found = await look('members', 'select id, name from member where county_id = $1', [county.id])
  const people = names.map(name => `Member:${found.find(row => row.name === name)?.id}`)
  memberId = people[0] as string
  by.secretary = (await newHolder(county, branchId, 'SECRETARY')).caller
  by.member = (await newHolder(county, branchId, null, { memberId })).caller
  by.another = (await newHolder(county, branchId, null, { memberId: people[1] })).caller
  await done(
    county.admin,
    'publishPack',
    {
      ...{ library: 's1-monthly', effectiveFrom: month, decidedOn: addMonths(month, -1) },
      ...{ title: '月度考核办法', number: '测委发〔2026〕1号', organ: '测试区委组织部' },
    },
    'pack { version }',
  )
  const content = { heldOn: today, presentIds: people, items: [{ title: '学习条例', outcome: '逐条学习' }] }
  const wanted = { organisationId: branchId, kind: 'THEME_DAY', content }
  const recorded = await done(by.secretary, 'recordMeeting', wanted, 'meeting { id }')
  meetingId = recorded.meeting.id
  await done(by.secretary, 'closeMeeting', { id: meetingId }, 'meeting { state }')
}, 180_000)

const explained = `query ($id: ID!) { member(id: $id) { scoreSheets(first: 1) { nodes {
  score indicators { key lines(first: 3) { state points facts(first: 3) { kind day
    source { ... on Meeting { id kind heldOn state } } } } } } } } }`

/** The line of a theme day that counts, once it is there. */
const themeDayOf = (caller: Caller): Promise<Data> =>
  until(async () => {
    const { member } = await caller.askUntyped(explained, { id: memberId })
    const lines: Data[] = member.scoreSheets.nodes.flatMap((sheet: Data) =>
      sheet.indicators.flatMap(({ lines: own }: Data) => own),
    )
    return lines.find(({ state, facts }) => state === 'COUNTED' && facts.some(({ day }: Data) => day === today))
  }, 60_000)

describe('S0-21 a point explains itself', () => {
  test('S0-21 from the line of a sheet to the meeting that it rests on, in one query of who keeps the branch', async () => {
    const line = await themeDayOf(by.secretary)
    expect(line.points).toBeGreaterThan(0)
    expect(line.facts).toEqual([
      {
        ...{ kind: 'ATTENDANCE', day: today },
        source: { id: meetingId, kind: 'THEME_DAY', heldOn: today, state: 'CLOSED' },
      },
    ])
  })

  test('S0-21 the person concerned reads what was counted and of which day', async () => {
    const line = await themeDayOf(by.member)
    expect(line.facts).toMatchObject([{ kind: 'ATTENDANCE', day: today }])
  })

  test('B8 nobody reads the sheet of somebody else by it', async () => {
    const { member } = await by.another.askUntyped(explained, { id: memberId })
    expect(member?.scoreSheets.nodes ?? []).toEqual([])
  })
})
