import { chownSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { until } from '@linghang/harness/until'
import { newSetting, openDesk } from '../../system/case-desk.ts'
import { type County, newCounty, requestCommit, smallTree, uploadRoster } from '../../system/county.ts'
import { openDuesDesk } from '../../system/dues-desk.ts'
import { look, quiet } from '../../system/look.ts'
import { freezeProcess, killProcess, processReady, thawProcess } from '../../system/processes.ts'
import { surroundings } from '../../system/surroundings.ts'
import { lockTable, remount, sendForged, smallDisk, tellProvider, trigger, unaskedMs } from '../faults.ts'
import { startWatching, type Watching } from '../watch.ts'
import { order, rosterOfOne, sandboxPort, someCounty } from './world.ts'

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
    await watching.silent('LinghangWorkflowsUntold', 'LinghangRemindersLate', 'LinghangRemindersDelayed')
    await freezeProcess('worker')
    undo.push(() => thawProcess('worker'))
    const { county: fresh } = await newSetting('2022-03-01')
    await watching.fires('LinghangWorkflowsUntold', {}, 240_000)
    // As if it had been away for three days: dates that were known before their reminders were due.
    await look('workflows', `update deadline set id = uuidv7(interval '-3 days') where county_id = $1`, [fresh.id])
    await thawProcess('worker')
    watching.mark()
    await watching.fires('LinghangRemindersLate')
    await watching.fires('LinghangRemindersDelayed')
    await watching.ends('LinghangWorkflowsUntold')
    await watching.ends('LinghangRemindersLate')
    await watching.ends('LinghangRemindersDelayed')
  })

  test('platform tasks of workflows wait while no worker asks for any', async () => {
    await quiet()
    undo.push(() => watching.restore())
    // It looks back on ten minutes, of which the worker may be away for some: here on two and a half, of which it is for nearly two.
    watching.compare(
      ['latency_seconds_sum[30s]', 'latency_seconds_sum[150s]'],
      ['latency_seconds_count[30s]', 'latency_seconds_count[150s]'],
    )
    await trigger('dues-statements')
    const counted = 'sum(temporal_workflow_task_schedule_to_start_latency_seconds_count)'
    await until(async () => (await watching.query(counted))[0], 60_000, 'a task was counted')
    await watching.silent('LinghangTasksWait')
    await freezeProcess('worker')
    undo.push(() => thawProcess('worker'))
    // Until then Temporal gives tasks to whoever has asked, and thinks them begun.
    await until(async () => (await unaskedMs('deadlines')) > 62_000, 90_000, 'Temporal has given up who asked')
    await trigger('dues-statements')
    await trigger('dues-bills')
    await new Promise(resolve => setTimeout(resolve, 40_000))
    await thawProcess('worker')
    watching.mark()
    await watching.fires('LinghangTasksWait')
    watching.mark()
    await watching.ends('LinghangTasksWait')
  })

  test('platform Temporal hangs', async () => {
    await watching.silent('LinghangTemporalAway')
    await freezeProcess('temporal')
    undo.push(() => thawProcess('temporal'))
    await watching.fires('LinghangTemporalAway')
    // What the worker knows of schedules is old by now: it asks for all of them, and is scraped all the same.
    const heard =
      'max_over_time(linghang_temporal_answers[45s]) == 0 and count_over_time(linghang_temporal_answers[45s]) > 11'
    await until(
      async () => (await watching.query(heard)).length > 0,
      90_000,
      'the worker is scraped while Temporal is away',
    )
    await thawProcess('temporal')
    watching.mark()
    await watching.ends('LinghangTemporalAway')
  })

  test('platform the bills of the night are not made, since dues hangs', async () => {
    undo.push(() => watching.restore())
    await trigger('dues-bills')
    const age = 'max(linghang_schedule_age_seconds{schedule="dues-bills"})'
    await until(async () => ((await watching.query(age))[0] ?? 60) < 60, 90_000, 'bills were made now')
    watching.compare(['> 100800', '> 90'])
    await watching.silent('LinghangScheduleMissed')
    await freezeProcess('dues')
    undo.push(() => thawProcess('dues'))
    await trigger('dues-bills')
    await watching.fires('LinghangScheduleMissed', { schedule: 'dues-bills' })
    await thawProcess('dues')
    watching.mark()
    // As its runbook has it: done again, once what waited for dues has been done.
    const madeAgain = async () => {
      await trigger('dues-bills')
      return ((await watching.query(age))[0] ?? 60) < 60
    }
    await until(madeAgain, 300_000, 'bills are made again', 10_000)
    await watching.ends('LinghangScheduleMissed')
  })

  test('platform somebody locks the register: the roster stands still, and took long', async () => {
    undo.push(() => watching.restore())
    watching.compare(['linghang_import_silent_seconds) > 900', 'linghang_import_silent_seconds) > 20'])
    await watching.silent('LinghangImportStuck')
    const release = await lockTable('members', 'member')
    undo.push(release)
    const id = await uploadRoster(county.admin, 'Member', rosterOfOne(county))
    await requestCommit(county.admin, 'Member', id)
    await watching.fires('LinghangImportStuck', { subject: 'Member' })
    await release()
    watching.mark()
    await watching.ends('LinghangImportStuck')
    const timed = (le: string) => `linghang_import_duration_seconds_bucket{outcome=~"previewed|committed",le="${le}"}`
    watching.compare([timed('300'), timed('2.5')])
    await watching.silent('LinghangImportsSlow')
    const silentFor = async () =>
      (await watching.query('max(linghang_import_silent_seconds{subject="Member"})'))[0] ?? 0
    // Rounds of this file that took no time are counted with them.
    for (let times = 0; times < 14; times += 1) {
      const again = await lockTable('members', 'member')
      undo.push(again)
      await requestCommit(county.admin, 'Member', await uploadRoster(county.admin, 'Member', rosterOfOne(county)))
      await until(async () => (await silentFor()) > 4, 60_000, 'the roster has waited')
      await again()
      await until(async () => (await silentFor()) === 0, 60_000, 'the roster was taken over')
    }
    watching.mark()
    await watching.fires('LinghangImportsSlow')
  })

  test('platform somebody locks how far scores have come: what changes is in no score', async () => {
    undo.push(() => watching.restore())
    watching.compare(['linghang_scores_wait_seconds) > 900', 'linghang_scores_wait_seconds) > 20'])
    await watching.silent('LinghangScoresLate')
    const release = await lockTable('assessment', 'scored_county')
    undo.push(release)
    await requestCommit(county.admin, 'Member', await uploadRoster(county.admin, 'Member', rosterOfOne(county)))
    await watching.fires('LinghangScoresLate')
    await release()
    watching.mark()
    await watching.ends('LinghangScoresLate')
  })

  test('platform the disk under the outbox is full: the database says so, and rosters stumble', async () => {
    const fresh = await newCounty()
    const folder = `/var/tmp/linghang-full-${process.pid}`
    mkdirSync(folder)
    const away = await smallDisk(folder, 8)
    undo.push(() => rmSync(folder, { recursive: true, force: true }), away)
    const [owner] = await look('org', `select current_setting('data_directory') as folder`)
    const { uid, gid } = statSync(owner.folder)
    chownSync(folder, uid, gid)
    await look('org', `create tablespace tiny location '${folder}'`)
    undo.push(() => look('org', 'drop tablespace tiny'))
    await look('org', 'alter table outbox_event set tablespace tiny')
    undo.push(() => look('org', 'alter table outbox_event set tablespace pg_default'))
    // Nothing is free in it for what comes.
    await look('org', 'vacuum full outbox_event')
    const filler = join(folder, 'filler')
    undo.push(() => rmSync(filler, { force: true }))
    expect(() => writeFileSync(filler, Buffer.alloc(16 * 1024 * 1024))).toThrow('ENOSPC')
    await watching.silent('LinghangDatabaseFull', 'LinghangImportsStumble')
    const id = await uploadRoster(fresh.admin, 'Organisation', smallTree(fresh))
    await requestCommit(fresh.admin, 'Organisation', id)
    await watching.fires('LinghangDatabaseFull', { job: 'linghang-org' })
    await watching.fires('LinghangImportsStumble', { subject: 'Organisation' })
    rmSync(filler)
    watching.mark()
    await watching.ends('LinghangDatabaseFull')
    await watching.ends('LinghangImportsStumble')
  })

  test('platform the disk of papers fills, and then cannot be written', async () => {
    const folder = join(surroundings().stateDir, 'materials')
    mkdirSync(folder, { recursive: true })
    const desk = openDesk(await newSetting('2022-03-01'))
    undo.push(await smallDisk(folder, 8))
    await watching.silent('LinghangPaperDiskNearFull')
    writeFileSync(join(folder, 'filler'), Buffer.alloc(7_800_000))
    await watching.fires('LinghangPaperDiskNearFull')
    rmSync(join(folder, 'filler'))
    watching.mark()
    await watching.ends('LinghangPaperDiskNearFull')
    await watching.silent('LinghangPaperStoreFails')
    await remount(folder, 'ro')
    for (let times = 0; times < 6; times += 1)
      await desk.file('APPLICATION', 'APPLICATION_LETTER', '2022-03-01').catch(() => undefined)
    await watching.fires('LinghangPaperStoreFails', { job: 'linghang-members' })
    await remount(folder, 'rw')
    watching.mark()
    await watching.ends('LinghangPaperStoreFails')
  })

  test('platform the payment provider fails, has new keys, and strangers send callbacks', async () => {
    const { stateDir, publicUrl } = surroundings()
    const port = await sandboxPort()
    await watching.silent('LinghangPaymentProviderAway')
    await tellProvider(port, 'torment', { fail: 10_000 })
    undo.push(() => tellProvider(port, 'torment', { fail: 0 }))
    await trigger('dues-reconciliation')
    await watching.fires('LinghangPaymentProviderAway')
    await tellProvider(port, 'torment', { fail: 0 })
    watching.mark()
    await watching.ends('LinghangPaymentProviderAway')

    const keys = join(stateDir, 'payments', 'keys.json')
    const before = readFileSync(keys)
    const withKeys = async (change: () => void): Promise<void> => {
      change()
      await killProcess('payments')
      await processReady('payments')
    }
    await watching.silent('LinghangPaymentProviderRefuses')
    await withKeys(() => rmSync(keys))
    undo.push(() => withKeys(() => writeFileSync(keys, before)))
    await trigger('dues-reconciliation')
    await watching.fires('LinghangPaymentProviderRefuses')
    await withKeys(() => writeFileSync(keys, before))
    watching.mark()
    await watching.ends('LinghangPaymentProviderRefuses')

    await watching.silent('LinghangPaymentCallbacksRefused')
    for (let times = 0; times < 6; times += 1) await sendForged(`${publicUrl}/payments/notify`)
    await watching.fires('LinghangPaymentCallbacksRefused')
    watching.mark()
    await watching.ends('LinghangPaymentCallbacksRefused')
  })

  test('platform a payment of three days ago is not reconciled, and then differs from the bill', async () => {
    undo.push(() => watching.restore())
    const port = await sandboxPort()
    const orderNo = await order(await openDuesDesk())
    const at = new Date(Date.now() - 3 * 86_400_000)
    const day = new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
    await watching.silent('LinghangDaysUnreconciled', 'LinghangReconciliationOpen')
    await tellProvider(port, 'bill', { day, orderNo, change: 'MISSING' })
    await tellProvider(port, 'pay', { orderNo, at: at.toISOString() })
    // Twelve hours are what is borne; of them six are looked back on.
    const soon: [string, string][] = [
      ['for: 1080s', 'for: 10s'],
      ['unreconciled[1080s]', 'unreconciled[10s]'],
    ]
    watching.compare(...soon)
    await watching.fires('LinghangDaysUnreconciled', {}, 240_000)
    watching.compare(...soon, ['> 259200', '> 5'])
    watching.mark()
    await trigger('dues-reconciliation')
    await watching.fires('LinghangReconciliationOpen', {}, 240_000)
    await watching.ends('LinghangDaysUnreconciled')
    await look('dues', `update dues_mismatch set resolved_at = now(), resolution = '已核对' where resolved_at is null`)
    watching.mark()
    await watching.ends('LinghangReconciliationOpen')
  })
})
