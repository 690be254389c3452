import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { newSetting, openDesk } from '../../system/case-desk.ts'
import { importSound } from '../../system/county.ts'
import { openDuesDesk } from '../../system/dues-desk.ts'
import { quiet } from '../../system/look.ts'
import { askOnAndOn, tellProvider, trigger } from '../faults.ts'
import { groups } from '../rules.ts'
import { startWatching, type Watching } from '../watch.ts'
import { askForOrganisation, order, ownDiskForPapers, rosterOfOne, sandboxPort, someCounty } from './world.ts'

jest.setTimeout(900_000)

/** So the longest that a rule waits, a quarter of an hour, has passed within the work, and what it looks back on holds some scrapes. */
const faster = 6
const workMs = 3 * 60_000

let watching: Watching
let takeAway: (() => Promise<void>) | undefined
beforeAll(async () => {
  takeAway = await ownDiskForPapers()
  watching = await startWatching(faster)
}, 120_000)
afterAll(async () => {
  await watching?.stop()
  await takeAway?.()
})

/** What an ordinary morning asks: rosters taken over, a case opened, a paper filed, dues paid. */
async function work(): Promise<void> {
  const county = await someCounty()
  await importSound(county.admin, 'Member', rosterOfOne(county))
  await openDesk(await newSetting('2022-03-01')).file('APPLICATION', 'APPLICATION_LETTER', '2022-03-01')
  await tellProvider(await sandboxPort(), 'pay', { orderNo: await order(await openDuesDesk()) })
  await quiet()
}

describe('a platform without a fault', () => {
  test('platform under ordinary work no alert fires, and no critical one is so much as pending', async () => {
    const stop = askOnAndOn(askForOrganisation(await someCounty()), 3)
    const endAt = performance.now() + workMs
    let times = 0
    for (; performance.now() < endAt; times += 1) {
      await work()
      await trigger(times % 2 === 0 ? 'dues-bills' : 'dues-reconciliation')
    }
    await stop()
    expect(times).toBeGreaterThan(2)
    expect(await watching.heard('ALERTS{alertstate="firing"}')).toEqual([])
    expect(await watching.heard('ALERTS{severity="critical"}')).toEqual([])
    // Nothing is silent for want of what it asks for.
    expect(await watching.query('count(up == 1)')).toEqual([7])
    const { count, failed } = await watching.evaluated()
    expect(count).toBe(groups().flatMap(({ rules }) => rules).length)
    expect(failed).toEqual([])
  })
})
