import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { createPool } from '@linghang/database'
import { type Answer, codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { seedActor } from '@linghang/harness/county'
import { look, superuserUrl } from '@linghang/harness/databases'
import { type StartedService, startService } from '@linghang/harness/start-service'
import { until } from '@linghang/harness/until'
import { faultsOf, isAsAnnounced, readRecord } from '../src/draws/draws/record.ts'
import { countingBy, lawfulPack } from '../src/packs/validation/lawful-pack.ts'
import { type Desk, openDesk, owing } from './deductions-desk.ts'
import { opening, quarterOf } from './drawing.ts'

jest.setTimeout(240_000)

/** What is asked of two processes at once, and of one that is killed meanwhile. */
let desk: Desk
let beside: StartedService<'assessment'>
let secretary: Actor
const started: StartedService<'assessment'>[] = []
const another = async (): Promise<StartedService<'assessment'>> => {
  const service = await startService('assessment')
  started.push(service)
  return service
}

beforeAll(async () => {
  desk = await openDesk()
  beside = await another()
  secretary = await seedActor(desk.county, 'SECRETARY', desk.tree.a.id)
})
afterAll(() => Promise.all(started.map(service => service.stop())))

type Ask = (actor: Actor, document: string, variables: object) => Promise<Answer>
const here: Ask = (...asked) => desk.ask(...asked)
const there: Ask = (...asked) => (beside.query as unknown as Ask)(...asked)
const change = (ask: Ask, actor: Actor, field: string, input: object, fields: string) => {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`
  return ask(actor, `mutation ($input: ${type}!) { done: ${field}(input: $input) { ${fields} } }`, { input })
}
/** The same at both, in the same moment. @returns what the one did that was not refused, and what the other was refused for */
async function atBoth(actor: Actor, field: string, input: object, fields: string) {
  const answers = await Promise.all([here, there].map(ask => change(ask, actor, field, input, fields)))
  const done = answers.flatMap(({ errors, data }) => (errors.length === 0 ? [data.done] : []))
  return { done, refused: answers.flatMap(codesOf) }
}

describe('two servers at once', () => {
  test('R8 of two appeals of one line at two servers one is lodged, and the other is told', async () => {
    const { sheet, line } = await owing(desk, 1)
    const input = { sheetId: sheet.id, lineKey: line.key, reason: '当月因病住院，已补交' }
    const { done, refused } = await atBoth(desk.memberOf(1), 'appealLine', input, 'appeal { id }')
    expect([done.length, refused]).toEqual([1, ['APPEAL_OPEN_ALREADY']])
    const kept = 'select count(*)::int as n from appeal where county_id = $1 and line_key = $2'
    expect(await look('assessment', kept, [desk.county.id, line.key])).toEqual([{ n: 1 }])
  })

  test('S1-14 of packs that are tried at once at two servers one is, and the others are told', async () => {
    const [one, other] = [lawfulPack(), countingBy('主动承担急难任务')].map(pack => JSON.stringify(pack))
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        change(
          n % 2 ? here : there,
          desk.county.admin,
          'startDryRun',
          { document: n % 3 ? one : other },
          'dryRun { id }',
        ),
      ),
    )
    expect(answers.flatMap(codesOf)).toEqual(Array.from({ length: 7 }, () => 'DRY_RUN_UNDER_WAY'))
    const kept = 'select count(*)::int as n from dry_run where county_id = $1'
    expect(await look('assessment', kept, [desk.county.id])).toEqual([{ n: 1 }])
  })

  test('S0-18 of two draws of a quarter at two servers one is opened, and of two that hold it one draws', async () => {
    const input = opening(desk.tree.a.id, { quarter: quarterOf(1) })
    const opened = await atBoth(secretary, 'openLedgerDraw', input, 'draw { id record }')
    expect([opened.done.length, opened.refused]).toEqual([1, ['DRAW_OPENED_ALREADY']])
    const [{ draw }] = opened.done
    const drawn = await atBoth(secretary, 'drawLedgers', { id: draw.id }, 'draw { record reviews { totalCount } }')
    expect([drawn.done.length, drawn.refused]).toEqual([1, ['DRAWN_ALREADY']])
    expect(drawn.done[0].draw.reviews.totalCount).toBe(2)
    const [before, after] = [draw.record, drawn.done[0].draw.record].map(readRecord)
    expect(after && before && [faultsOf(after), isAsAnnounced(after, before)]).toEqual([[], true])
  })
})

describe('a server that is killed', () => {
  test('S0-18 killed in the midst of a draw it has drawn nobody: held again, the draw is the one that was announced', async () => {
    const input = opening(desk.tree.a.id, { quarter: quarterOf(2), share: 0.5 })
    const { draw } = dataOf(await change(there, secretary, 'openLedgerDraw', input, 'draw { id record }')).done
    const pool = createPool(superuserUrl('assessment'), { max: 1, applicationName: 'two-servers-test' })
    const holder = await pool.connect()
    const waits = `wait_in_${uuidOf(draw.id).replaceAll('-', '')}`
    try {
      await holder.query(`create function ${waits}() returns trigger language plpgsql as $$ begin
        perform pg_advisory_xact_lock(4243); return new; end $$`)
      await holder.query('select pg_advisory_lock(4243)')
      await holder.query(`create trigger ${waits} before update on ledger_draw_place for each row
        when (new.draw_id = '${uuidOf(draw.id)}') execute function ${waits}()`)
      const lost = change(there, secretary, 'drawLedgers', { id: draw.id }, 'draw { seed }').catch(() => 'lost')
      const waiting =
        "select count(*)::int as n from pg_locks where locktype = 'advisory' and objid = 4243 and not granted"
      await until(async () => (await look('assessment', waiting, []))[0]?.n === 1, 20_000, 'it draws')
      beside.server.kill('SIGKILL')
      await beside.server.exited
      expect(await lost).toBe('lost')
    } finally {
      await holder.query('select pg_advisory_unlock(4243)')
      await holder.query(`drop trigger if exists ${waits} on ledger_draw_place`)
      await holder.query(`drop function if exists ${waits}()`)
      holder.release()
      await pool.end()
    }
    const what = `{ ledgerDraw(id: "${draw.id}") { state seed reviews { totalCount } } }`
    await until(
      async () =>
        (
          await look(
            'assessment',
            "select 1 from pg_stat_activity where query like '%ledger_draw_place%' and wait_event_type = 'Lock'",
            [],
          )
        ).length === 0,
      20_000,
      'whoever was killed is let go',
    )
    expect(dataOf(await here(secretary, what, {})).ledgerDraw).toEqual({
      state: 'OPEN',
      seed: null,
      reviews: { totalCount: 0 },
    })
    const held = dataOf(
      await change(here, secretary, 'drawLedgers', { id: draw.id }, 'draw { record reviews { totalCount } }'),
    )
    const [before, after] = [draw.record, held.done.draw.record].map(readRecord)
    expect(after && before && [faultsOf(after), isAsAnnounced(after, before)]).toEqual([[], true])
    expect(held.done.draw.reviews.totalCount).toBe(1)
  })
})
