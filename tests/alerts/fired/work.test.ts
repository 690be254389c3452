import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { until } from '@linghang/harness/until'
import { newSetting, openDesk } from '../../system/case-desk.ts'
import { type County, newCounty, requestCommit, smallTree, uploadRoster } from '../../system/county.ts'
import { openDuesDesk } from '../../system/dues-desk.ts'
import { look, quiet } from '../../system/look.ts'
import { freezeProcess, killProcess, processReady, thawProcess } from '../../system/processes.ts'
import { surroundings } from '../../system/surroundings.ts'
import { lockTable, remount, smallDisk, tellProvider, trigger } from '../faults.ts'
import { startWatching, type Watching } from '../watch.ts'
import { rosterOfOne, someCounty } from './world.ts'

jest.setTimeout(600_000)

let watching: Watching
let county: County
beforeAll(async () => {
  watching = await startWatching()
  county = await someCounty()
}, 180_000)
afterAll(() => watching?.stop())
/** What a test has changed for itself alone, taken back whatever became of it. */
let undo: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const one of undo.toReversed()) await one()
  undo = []
})

describe('a real fault of what the platform does fires its alert', () => {
  test('platform the worker hangs: changes do not reach workflows, tasks wait, reminders are late', async () => {
    await freezeProcess('worker')
    undo.push(() => thawProcess('worker'))
    const { county: fresh } = await newSetting('2022-03-01')
    await watching.fires('LinghangWorkflowsUntold', {}, 240_000)
    // As if it had been away for three days: dates that were known before their reminders were due.
    await look('workflows', `update deadline set id = uuidv7(interval '-3 days') where county_id = $1`, [fresh.id])
    await thawProcess('worker')
    await watching.fires('LinghangRemindersLate')
    await watching.fires('LinghangRemindersDelayed')
    await watching.ends('LinghangWorkflowsUntold')
  })

  test('platform tasks of workflows wait while the worker hangs', async () => {
    await quiet()
    await freezeProcess('worker')
    undo.push(() => thawProcess('worker'))
    for (let times = 0; times < 3; times += 1) await trigger('dues-statements')
    await new Promise(resolve => setTimeout(resolve, 45_000))
    await thawProcess('worker')
    await watching.fires('LinghangTasksWait')
    await watching.ends('LinghangTasksWait')
  })

  test('platform Temporal hangs', async () => {
    await freezeProcess('temporal')
    undo.push(() => thawProcess('temporal'))
    await watching.fires('LinghangTemporalAway')
    await thawProcess('temporal')
    await watching.ends('LinghangTemporalAway')
  })

  test('platform the bills of the night are not made, since dues hangs', async () => {
    undo.push(() => watching.restore())
    await freezeProcess('dues')
    undo.push(() => thawProcess('dues'))
    await trigger('dues-bills')
    watching.compare(['> 100800', '> 40'])
    await watching.fires('LinghangScheduleMissed', { schedule: 'dues-bills' })
    await thawProcess('dues')
    await until(
      async () => ((await watching.query('max(linghang_schedule_age_seconds{schedule="dues-bills"})'))[0] ?? 0) > 0,
      30_000,
    )
    watching.restore()
    await watching.ends('LinghangScheduleMissed')
  })

  test('platform somebody locks the register: the roster stands still, and took long', async () => {
    undo.push(() => watching.restore())
    watching.compare(['linghang_import_silent_seconds) > 900', 'linghang_import_silent_seconds) > 20'])
    const release = await lockTable('members', 'member')
    undo.push(release)
    const id = await uploadRoster(county.admin, 'Member', rosterOfOne(county))
    await requestCommit(county.admin, 'Member', id)
    await watching.fires('LinghangImportStuck', { subject: 'Member' })
    await release()
    await watching.ends('LinghangImportStuck')
    const timed = (le: string) => `linghang_import_duration_seconds_bucket{outcome=~"previewed|committed",le="${le}"}`
    watching.compare([timed('300'), timed('2.5')])
    const again = await lockTable('members', 'member')
    undo.push(again)
    const second = await uploadRoster(county.admin, 'Member', rosterOfOne(county))
    await requestCommit(county.admin, 'Member', second)
    await new Promise(resolve => setTimeout(resolve, 10_000))
    await again()
    await watching.fires('LinghangImportsSlow')
  })

  test('platform the disk under the outbox is full: the database says so, and rosters stumble', async () => {
    const folder = `/var/tmp/linghang-full-${process.pid}`
    mkdirSync(folder, { mode: 0o777 })
    const away = await smallDisk(folder, 8)
    undo.push(() => rmSync(folder, { recursive: true, force: true }), away)
    const [owner] = await look('org', `select current_setting('data_directory') as folder`)
    expect(owner.folder).toBeTruthy()
    await look('org', `create tablespace tiny location '${folder}'`)
    await look('org', 'alter table outbox_event set tablespace tiny')
    undo.push(async () => {
      rmSync(join(folder, 'filler'), { force: true })
      await look('org', 'alter table outbox_event set tablespace pg_default')
      await look('org', 'drop tablespace tiny')
    })
    try {
      writeFileSync(join(folder, 'filler'), Buffer.alloc(16 * 1024 * 1024))
    } catch {
      // Full: that is what it is for.
    }
    const fresh = await newCounty()
    const id = await uploadRoster(fresh.admin, 'Organisation', smallTree(fresh))
    await requestCommit(fresh.admin, 'Organisation', id)
    await watching.fires('LinghangDatabaseFull', { job: 'linghang-org' })
    await watching.fires('LinghangImportsStumble', { subject: 'Organisation' })
    rmSync(join(folder, 'filler'), { force: true })
    await watching.ends('LinghangDatabaseFull')
  })

  test('platform the disk of papers fills, and then cannot be written', async () => {
    const folder = join(surroundings().stateDir, 'materials')
    mkdirSync(folder, { recursive: true })
    const desk = openDesk(await newSetting('2022-03-01'))
    undo.push(await smallDisk(folder, 8))
    writeFileSync(join(folder, 'filler'), Buffer.alloc(7_800_000))
    await watching.fires('LinghangPaperDiskNearFull')
    rmSync(join(folder, 'filler'))
    await watching.ends('LinghangPaperDiskNearFull')
    await remount(folder, 'ro')
    for (let times = 0; times < 6; times += 1)
      await desk.file('APPLICATION', 'APPLICATION_LETTER', '2022-03-01').catch(() => undefined)
    await watching.fires('LinghangPaperStoreFails', { job: 'linghang-members' })
    await watching.ends('LinghangPaperStoreFails')
  })

  test('platform the payment provider fails, has new keys, and strangers send callbacks', async () => {
    const { stateDir, publicUrl } = surroundings()
    const { port } = JSON.parse(readFileSync(join(stateDir, 'payments', 'server.json'), 'utf8')) as { port: number }
    await tellProvider(port, 'torment', { fail: 10_000 })
    await trigger('dues-reconciliation')
    await watching.fires('LinghangPaymentProviderAway')
    await tellProvider(port, 'torment', { fail: 0 })

    const keys = join(stateDir, 'payments', 'keys.json')
    const before = readFileSync(keys)
    rmSync(keys)
    await killProcess('payments')
    await processReady('payments')
    await trigger('dues-reconciliation')
    await watching.fires('LinghangPaymentProviderRefuses')
    writeFileSync(keys, before)
    await killProcess('payments')
    await processReady('payments')

    for (let times = 0; times < 6; times += 1)
      await fetch(`${publicUrl}/payments/notify`, { method: 'POST', body: '{}' }).then(answer => answer.text())
    await watching.fires('LinghangPaymentCallbacksRefused')
    await watching.ends('LinghangPaymentCallbacksRefused')
  })

  test('platform a payment of three days ago is not reconciled, and then differs from the bill', async () => {
    undo.push(() => watching.restore())
    const { stateDir } = surroundings()
    const { port } = JSON.parse(readFileSync(join(stateDir, 'payments', 'server.json'), 'utf8')) as { port: number }
    const desk = await openDuesDesk()
    const at = new Date(Date.now() - 3 * 86_400_000)
    const day = new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
    const { order } = await desk.done(desk.callers.own, 'payDuesOnline', { amountFen: '100' }, 'order { id }')
    const orderNo = String(order.id).split(':')[1]?.replaceAll('-', '')
    await tellProvider(port, 'bill', { day, orderNo, change: 'MISSING' })
    await tellProvider(port, 'pay', { orderNo, at: at.toISOString() })
    // Twelve hours are what is borne; of them six are looked back on.
    watching.compare(['for: 1080s', 'for: 10s'], ['unreconciled[1080s]', 'unreconciled[10s]'])
    await watching.fires('LinghangDaysUnreconciled', {}, 240_000)
    watching.compare(['> 259200', '> 5'])
    await trigger('dues-reconciliation')
    await watching.fires('LinghangReconciliationOpen', {}, 240_000)
    await look('dues', `update dues_mismatch set resolved_at = now(), resolution = '已核对' where resolved_at is null`)
    await watching.ends('LinghangReconciliationOpen', {}, 240_000)
  })
})
