import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { writeOrgNodes } from '@linghang/access'
import { usualArrearsLadder, usualDuesDeadlines, usualDuesSettings, usualMemberReminders } from '@linghang/rulebook'
import { beginDuesFixing } from '../src/billing/fixings/begin-fixing.ts'
import { followFixingDays } from '../src/billing/fixings/due-on.ts'
import { setDuesSettings } from '../src/billing/settings/set-settings.ts'
import { closeMonth } from '../src/ledger/journals/close-month.ts'
import { followStatements } from '../src/statements/deadlines/follow-statements.ts'
import { publishDues } from '../src/statements/publications/publish-dues.ts'
import { returnReport } from '../src/statements/reports/return-report.ts'
import { submitReport } from '../src/statements/reports/submit-report.ts'
import { openBooks } from './branch-books.ts'
import { branchInTime } from './branch-in-time.ts'

jest.setTimeout(120_000)

let database: Awaited<ReturnType<typeof openBooks>>
beforeAll(async () => {
  database = await openBooks('statement_deadlines')
})
afterAll(() => database?.close())

type Branch = Awaited<ReturnType<typeof branchInTime>>
const decide = ({ as, organiser }: Branch, effectiveFrom: string, deadlines: Partial<typeof usualDuesDeadlines>) =>
  as(organiser, work =>
    setDuesSettings.run(work, {
      ...{ ...usualDuesSettings, ...usualArrearsLadder, ...usualMemberReminders, ...usualDuesDeadlines, ...deadlines },
      ...{ effectiveFrom, basis: '区委组〔2026〕9 号' },
    }),
  )

describe('1.4 a county’s own day for the yearly fixing', () => {
  test('1.4 is told with the fixing, and moves what is still open when the county decides otherwise', async () => {
    const branch = await branchInTime(database, ['甲'])
    const { as, organiser, committee, standOn, system, told } = branch
    standOn('2026-12-01')
    await as(organiser, work => beginDuesFixing.run(work, { orgId: committee, year: 2027 }))
    const days = async () =>
      (await told('dues.fixing.scheduled.v1')).map(({ year, dueOn, version }) => [year, dueOn, version])
    expect(await days()).toEqual([[2027, '2027-01-31', 1]])
    expect(await system(followFixingDays)).toBe(0)
    await decide(branch, '2027-01-01', { fixingWithin: 59 })
    expect(await system(followFixingDays)).toBe(1)
    expect(await system(followFixingDays)).toBe(0)
    expect(await days()).toEqual([
      [2027, '2027-01-31', 1],
      [2027, '2027-02-28', 2],
    ])
    // What is decided for a later day moves nothing of the year that began before.
    await decide(branch, '2027-02-01', { fixingWithin: 10 })
    expect(await system(followFixingDays)).toBe(0)
  })

  test.each([{ fixingWithin: 0 }, { fixingWithin: 91 }, { summaryWithin: 46 }, { reportWithin: 121 }])(
    '1.4 a county does not decide %j',
    async deadlines => {
      const branch = await branchInTime(database, ['甲'])
      await expect(decide(branch, '2026-06-01', deadlines)).rejects.toMatchObject({ code: 'BAD_INPUT' })
    },
  )
})

describe('S3-21 the quarter’s summary has its day', () => {
  test('S3-21 of the quarter that is over, by the county’s day, until the books of its last month are closed', async () => {
    const branch = await branchInTime(database, ['甲'])
    const { as, cashier, committee, keeperId, standOn, system, told } = branch
    // The account is kept from 1 May on: of the quarter before there is nothing to tell.
    standOn('2026-06-30')
    expect(await system(followStatements)).toBe(0)
    await decide(branch, '2026-07-01', { summaryWithin: 20 })
    standOn('2026-07-01')
    expect(await system(followStatements)).toBe(1)
    expect(await system(followStatements)).toBe(0)
    const known = { orgId: committee, kind: 'SUMMARY', from: '2026-04-01', before: '2026-07-01', article: '工作惯例' }
    expect(await told('dues.statement.scheduled.v1')).toMatchObject([
      { ...known, dueOn: '2026-07-20', open: true, version: 1 },
    ])
    const close = (month: string) => as(cashier, work => closeMonth.run(work, { keeperId, month }))
    await close('2026-05-01')
    expect(await system(followStatements)).toBe(0)
    await close('2026-06-01')
    expect(await system(followStatements)).toBe(1)
    expect((await told('dues.statement.scheduled.v1')).at(-1)).toMatchObject({ ...known, open: false, version: 2 })
    standOn('2026-09-30')
    expect(await system(followStatements)).toBe(0)
    standOn('2026-10-01')
    expect(await system(followStatements)).toBe(1)
    expect((await told('dues.statement.scheduled.v1')).at(-1)).toMatchObject({
      from: '2026-07-01',
      dueOn: '2026-10-20',
    })
  })
})

describe('S3-21 the yearly publication has its day', () => {
  test('S3-21 of each branch whose members owed in the year that is over, until it has published', async () => {
    const branch = await branchInTime(database, ['甲'])
    const { as, branch: orgId, keeperId, cashier, night, standOn, system, told } = branch
    await night('2026-12-31')
    for (let month = 5; month < 12; month += 1)
      await as(cashier, work => closeMonth.run(work, { keeperId, month: `2026-${`${month}`.padStart(2, '0')}-01` }))
    const publications = async () =>
      (await told('dues.statement.scheduled.v1')).filter(({ kind }) => kind === 'PUBLICATION')
    await system(followStatements)
    expect(await publications()).toEqual([])
    standOn('2027-01-01')
    await as(cashier, work => closeMonth.run(work, { keeperId, month: '2026-12-01' }))
    await system(followStatements)
    const known = { orgId, from: '2026-01-01', before: '2027-01-01', dueOn: '2027-03-31', article: '第二十六条' }
    expect(await publications()).toMatchObject([{ ...known, open: true, version: 1 }])
    standOn('2027-02-01')
    expect(await system(followStatements)).toBe(0)
    await as(cashier, work => publishDues.run(work, { orgId, year: 2026, remarks: null, correction: null }))
    expect(await system(followStatements)).toBe(1)
    expect((await publications()).at(-1)).toMatchObject({ ...known, open: false, version: 2 })
    expect(await system(followStatements)).toBe(0)
  })
})

describe('S3-21 the yearly report upward has its day', () => {
  test('S3-21 of who keeps an account below another, until it is submitted, and again where it was returned', async () => {
    const branch = await branchInTime(database, ['甲'])
    const { as, committee, keeperId, cashier, night, standOn, system, told } = branch
    await night('2026-12-31')
    standOn('2027-01-05')
    for (let month = 5; month <= 12; month += 1)
      await as(cashier, work => closeMonth.run(work, { keeperId, month: `2026-${`${month}`.padStart(2, '0')}-01` }))
    const reports = async () =>
      (await told('dues.statement.scheduled.v1')).flatMap(({ kind, orgId, dueOn, open, version }) =>
        kind === 'REPORT' ? [[orgId, dueOn, open ? 'open' : 'done', version]] : [],
      )
    // Nobody is above: there is nobody to report to.
    await system(followStatements)
    expect(await reports()).toEqual([])
    const county = randomUUID()
    await system(({ tx, actor: { countyId } }) => {
      const node = { countyId, name: '党组织', unitKind: null, approves: null, version: 2, kind: 'COMMITTEE' }
      return writeOrgNodes(tx, [
        { ...node, id: county, superiorId: null, code: '0' },
        { ...node, id: committee, superiorId: county, code: '1' },
      ])
    })
    await system(followStatements)
    expect(await reports()).toEqual([[committee, '2027-03-31', 'open', 1]])
    const submit = () =>
      as(cashier, work =>
        submitReport.run(work, { orgId: committee, year: 2026, experience: '按月收缴', proposals: '加强核定' }),
      )
    const id = await submit()
    await system(followStatements)
    expect((await reports()).at(-1)).toEqual([committee, '2027-03-31', 'done', 2])
    await as(cashier, work => returnReport.run(work, { id, reason: '数字不符' }))
    await system(followStatements)
    expect((await reports()).at(-1)).toEqual([committee, '2027-03-31', 'open', 3])
    await submit()
    await system(followStatements)
    expect((await reports()).at(-1)).toEqual([committee, '2027-03-31', 'done', 4])
    expect(await system(followStatements)).toBe(0)
  })
})
