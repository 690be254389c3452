import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { usualArrearsLadder, usualDuesDeadlines, usualDuesSettings, usualMemberReminders } from '@linghang/rulebook'
import { sql } from 'kysely'
import { pauseDues } from '../src/billing/bills/pause-dues.ts'
import { beginDuesFixing } from '../src/billing/fixings/begin-fixing.ts'
import { confirmDuesBase } from '../src/billing/fixings/confirm-base.ts'
import { correctDuesBase } from '../src/billing/fixings/correct-base.ts'
import { setDuesSettings } from '../src/billing/settings/set-settings.ts'
import { sqlOf } from '../src/work.ts'
import { openBooks } from './branch-books.ts'
import { branchInTime } from './branch-in-time.ts'

jest.setTimeout(120_000)

let database: Awaited<ReturnType<typeof openBooks>>
beforeAll(async () => {
  database = await openBooks('reminders')
})
afterAll(() => database?.close())

const sorted = (found: readonly string[]) => [...found].sort()

describe('S3-21 a gentle reminder at the end of a month', () => {
  test('S3-21 goes out three working days before the end, once, climbs with the months, and ends with the payment', async () => {
    const { night, pay, news } = await branchInTime(database, ['甲', '乙'])
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
    const { night, news, as, organiser, idOf, system, standOn } = await branchInTime(database, ['丙', '丁', '戊'])
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
    const { night, news, as, organiser, standOn } = await branchInTime(database, ['己'])
    const decide = (effectiveFrom: string, remindBefore: number) =>
      as(organiser, work =>
        setDuesSettings.run(work, {
          ...{
            ...usualDuesSettings,
            ...usualArrearsLadder,
            ...usualMemberReminders,
            remindBefore,
            ...usualDuesDeadlines,
          },
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
    const { night, news, as, organiser, committee, idOf, standOn } = await branchInTime(database, ['庚', '辛'])
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
