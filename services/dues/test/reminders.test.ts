import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, createAsService, createPerform, surroundings, systemActor, writeOrgNodes } from '@linghang/access'
import type { DuesReminderState } from '@linghang/events'
import { usualArrearsLadder, usualDuesSettings, usualMemberReminders } from '@linghang/rulebook'
import { createSealing } from '@linghang/sealing'
import { sql } from 'kysely'
import { followArrears } from '../src/billing/arrears/follow-arrears.ts'
import { billCounty } from '../src/billing/bills/bill-county.ts'
import { pauseDues } from '../src/billing/bills/pause-dues.ts'
import { beginDuesFixing } from '../src/billing/fixings/begin-fixing.ts'
import { confirmDuesBase } from '../src/billing/fixings/confirm-base.ts'
import { correctDuesBase } from '../src/billing/fixings/correct-base.ts'
import { confirmPayments } from '../src/billing/payments/confirm-payments.ts'
import { recordPayment } from '../src/billing/payments/record-payment.ts'
import { recordStore } from '../src/billing/records/store.ts'
import { closeReminders, openReminders } from '../src/billing/reminders/follow-reminders.ts'
import { setDuesSettings } from '../src/billing/settings/set-settings.ts'
import { openDuesAccount } from '../src/ledger/accounts/open-account.ts'
import { type Own, sqlOf, type Tx, type Work } from '../src/work.ts'
import { openBooks } from './branch-books.ts'

jest.setTimeout(120_000)

let database: Awaited<ReturnType<typeof openBooks>>
beforeAll(async () => {
  database = await openBooks('reminders')
})
afterAll(() => database?.close())

/** A branch of a county in the year 2026, on whatever day a test says. */
async function branchOf(names: readonly string[]) {
  const countyId = randomUUID()
  const [committee = '', branch = ''] = Array.from({ length: 2 }, randomUUID)
  const people = new Map(names.map(name => [name, randomUUID()]))
  const nameOf = new Map<string, string>([...people].map(([name, id]) => [id, name]))
  let at = new Date('2026-05-01T02:00:00Z')
  const sealing = createSealing(database.transact, { current: 'k', keys: { k: randomBytes(32).toString('base64') } })
  const perform = createPerform<Tx, Own>(database.transact, { ...surroundings, now: () => at }, async actor => ({
    seal: await sealing.opened(actor.countyId),
  }))
  const admin = (): Actor => ({
    ...{ ...systemActor(countyId), kind: 'PERSON', accountId: randomUUID() },
    grants: [{ role: 'ADMIN', orgId: null }],
  })
  const [organiser, cashier] = [admin(), admin()]
  const as = <T>(actor: Actor, run: (work: Work) => Promise<T>) => perform(actor, run, { rights: 'COUNTY' })
  const system = <T>(run: (work: Work) => Promise<T>) => perform(systemActor(countyId), run)
  const standOn = (day: string) => {
    at = new Date(`${day}T02:00:00Z`)
  }
  await system(async work => {
    const node = { countyId, name: '党组织', unitKind: null, approves: null, version: 1 }
    await writeOrgNodes(work.tx, [
      { ...node, id: committee, superiorId: null, code: '1', kind: 'COMMITTEE' },
      { ...node, id: branch, superiorId: committee, code: '2', kind: 'BRANCH' },
    ])
    const records = [...people.values()].map(memberId => ({
      ...{ memberId, orgId: branch, kind: 'FULL', category: 'MONTHLY_SALARY' as const, baseFen: 400_000n, owes: true },
      ...{ owesSince: '2010-07-01', complete: true, closedOn: null, knownOn: '2026-04-01', version: 1 },
    }))
    await recordStore.write(work.tx, countyId, records)
    await recordStore.place(
      work.tx,
      countyId,
      records.map(({ memberId }) => ({ memberId, orgId: branch, fromMonth: '0001-01-01' })),
    )
  })
  await as(cashier, work =>
    openDuesAccount.run(work, {
      ...{ orgId: committee, bank: 'ICBC', bankNumber: '12345678', openedOn: '2026-05-01' },
    }),
  )
  const told = async (): Promise<DuesReminderState[]> => {
    const { rows } = await createAsService<Tx>(database.prisma)(tx =>
      sql<{ data: DuesReminderState }>`select data from outbox_event
        where county_id = ${countyId}::uuid and type = 'dues.reminder.changed.v1' order by seq`.execute(sqlOf(tx)),
    )
    return rows.map(({ data }) => data)
  }
  let known = 0
  return {
    ...{ as, system, organiser, cashier, branch, committee, standOn },
    idOf: (name: string) => people.get(name) as string,
    /** A night's work on what stands in the books today. @returns how many were new, how many ended */
    night: async (day: string) => {
      standOn(day)
      await billCounty(perform, { countyId, on: day }, () => undefined)
      await system(work => followArrears(work, null))
      return [await system(openReminders), await system(work => closeReminders(work, null))]
    },
    pay: async (name: string, amountFen: bigint, day: string) => {
      standOn(day)
      const id = await as(organiser, work =>
        recordPayment.run(work, {
          ...{ memberId: people.get(name) as string, orgId: branch, amountFen, way: 'BANK', receivedOn: day },
          ...{ payer: 'SELF', payerMemberId: null, consent: null, rest: null, kind: 'DUES' },
        }),
      )
      await as(cashier, work => confirmPayments.run(work, { ids: [id] }))
    },
    /** What was told since it was last asked. */
    news: async () => {
      const all = await told()
      const fresh = all.slice(known)
      known = all.length
      return fresh.map(({ memberId, kind, month, months, light, open }) =>
        [nameOf.get(memberId), kind, month, months, light, open ? 'open' : 'done'].join(' '),
      )
    },
  }
}

const sorted = (found: readonly string[]) => [...found].sort()

describe('S3-21 a gentle reminder at the end of a month', () => {
  test('S3-21 goes out three working days before the end, once, climbs with the months, and ends with the payment', async () => {
    const { night, pay, news } = await branchOf(['甲', '乙'])
    // 29 May 2026 is a Friday, the last working day; 27 May is the third last.
    expect(await night('2026-05-26')).toEqual([0, 0])
    await pay('甲', 4_000n, '2026-05-26')
    expect(await news()).toEqual([])
    expect(await night('2026-05-27')).toEqual([1, 0])
    expect(await news()).toEqual(['乙 DUES_OPEN 2026-05-01 0 GREEN open'])
    expect(await night('2026-05-27')).toEqual([0, 0])
    expect(await night('2026-05-28')).toEqual([0, 0])
    expect(await night('2026-06-01')).toEqual([0, 0])
    // A month later yellow, and what was said before makes way for it.
    expect(await night('2026-06-28')).toEqual([2, 1])
    expect(sorted(await news())).toEqual([
      '乙 DUES_OPEN 2026-05-01 0 GREEN done',
      '乙 DUES_OPEN 2026-06-01 1 YELLOW open',
      '甲 DUES_OPEN 2026-06-01 0 GREEN open',
    ])
    // Part of it settles May; June is still open.
    await pay('乙', 4_000n, '2026-06-29')
    expect(await news()).toEqual([])
    await pay('甲', 4_000n, '2026-06-29')
    await pay('乙', 4_000n, '2026-06-29')
    expect(await news()).toEqual(['甲 DUES_OPEN 2026-06-01 0 GREEN done', '乙 DUES_OPEN 2026-06-01 1 YELLOW done'])
    expect(await night('2026-06-30')).toEqual([0, 0])
    expect(await news()).toEqual([])
  })

  test('S3-21 is red after two months, and vanishes from who owes nothing after all or has left', async () => {
    const { night, news, as, organiser, idOf, system, standOn } = await branchOf(['丙', '丁', '戊'])
    await night('2026-07-01')
    expect(await night('2026-07-29')).toEqual([3, 0])
    expect(new Set((await news()).map(one => one.slice(2)))).toEqual(new Set(['DUES_OPEN 2026-07-01 2 RED open']))
    standOn('2026-07-30')
    await as(organiser, work =>
      pauseDues.run(work, { memberId: idOf('丙'), kind: 'ABROAD', from: '2026-04-01', basis: '出国备案' }),
    )
    await system(({ tx }) =>
      sql`update dues_record set closed_on = '2026-07-30', owes = false where member_id = ${idOf('丁')}::uuid`.execute(
        sqlOf(tx),
      ),
    )
    expect(await night('2026-07-31')).toEqual([0, 2])
    expect(sorted(await news())).toEqual(['丁 DUES_OPEN 2026-07-01 2 RED done', '丙 DUES_OPEN 2026-07-01 2 RED done'])
  })

  test('S3-21 is the county’s to move and to switch off', async () => {
    const { night, news, as, organiser, standOn } = await branchOf(['己'])
    const decide = (effectiveFrom: string, remindBefore: number) =>
      as(organiser, work =>
        setDuesSettings.run(work, {
          ...{ ...usualDuesSettings, ...usualArrearsLadder, ...usualMemberReminders, remindBefore },
          ...{ effectiveFrom, basis: '区委组〔2026〕9 号' },
        }),
      )
    await expect(decide('2026-06-01', 11)).rejects.toMatchObject({ code: 'BAD_INPUT' })
    await expect(decide('2026-06-01', -1)).rejects.toMatchObject({ code: 'BAD_INPUT' })
    await decide('2026-06-01', 1)
    await decide('2026-07-01', 0)
    expect(await night('2026-06-29')).toEqual([0, 0])
    expect(await night('2026-06-30')).toEqual([1, 0])
    standOn('2026-07-31')
    expect(await night('2026-07-31')).toEqual([0, 0])
    expect(await news()).toEqual(['己 DUES_OPEN 2026-06-01 1 YELLOW open'])
  })
})

describe('S3-5 a base that was proposed', () => {
  test('S3-5 is put before the member once for each proposal, until it is confirmed', async () => {
    const { night, news, as, organiser, committee, idOf, standOn } = await branchOf(['庚', '辛'])
    standOn('2026-05-04')
    await as(organiser, work => beginDuesFixing.run(work, { orgId: committee, year: 2026 }))
    expect(await night('2026-05-05')).toEqual([2, 0])
    expect(await night('2026-05-06')).toEqual([0, 0])
    expect(sorted(await news())).toEqual([
      '庚 BASE_TO_CONFIRM 2026-01-01 0 GREEN open',
      '辛 BASE_TO_CONFIRM 2026-01-01 0 GREEN open',
    ])
    const lineOf = async (name: string) => {
      const [line] = await as(organiser, ({ tx }) =>
        sqlOf(tx)
          .selectFrom('duesFixingLine')
          .select(['id as lineId', 'version'])
          .where('memberId', '=', idOf(name))
          .execute(),
      )
      return { lineId: line?.lineId as string, version: Number(line?.version) }
    }
    const own: Actor = { ...organiser, accountId: randomUUID(), memberId: idOf('庚'), grants: [] }
    const proposed = await lineOf('庚')
    await as(own, work => confirmDuesBase.run(work, proposed))
    const other = await lineOf('辛')
    await as(organiser, work =>
      correctDuesBase.run(work, { ...other, category: 'RETIRED', incomeFen: 300_000n, paySlip: null }),
    )
    // What the branch has corrected is another thing to look at.
    expect(await night('2026-05-07')).toEqual([1, 2])
    expect(sorted(await news())).toEqual([
      '庚 BASE_TO_CONFIRM 2026-01-01 0 GREEN done',
      '辛 BASE_TO_CONFIRM 2026-01-01 0 GREEN done',
      '辛 BASE_TO_CONFIRM 2026-01-01 0 GREEN open',
    ])
  })
})
