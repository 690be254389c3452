import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { treesAgree } from '@linghang/harness/county'
import { importEnded } from '@linghang/harness/imports'
import { until } from '@linghang/harness/until'
import { services } from '@linghang/migrations'
import { workflowIdOf } from '@linghang/temporal/workflow-id'
import { type County, importSound, newCounty, requestCommit, uploadRoster } from './county.ts'
import { differences, type Facts, generateCounty, readFacts } from './expectation.ts'
import { deadLetters, lag, look, quiet } from './look.ts'
import { killProcess, processReady } from './processes.ts'
import { openWatches } from './workflows.ts'

jest.setTimeout(240_000)

// Rows are taken over in chunks of 2,000: the rest is the time in which an import can be hit.
const peopleAFile = 3_600
const organisations = 120

/** Where each process is hit: `moment` counts what has been done by then of `of` (a part is done, the rest is not). */
type Moment = { sql: string; database: Parameters<typeof look>[0]; done: (facts: Facts) => number }
const rowsDone: Moment = {
  database: 'members',
  sql: 'select coalesce(sum(rows_done), 0) as n from roster_import where county_id = $1',
  done: facts => facts.people.length,
}
const duesOpened: Moment = {
  database: 'dues',
  sql: 'select count(*) as n from dues_record where county_id = $1',
  done: facts => facts.duesRecords.length,
}
const peopleCounted: Moment = {
  database: 'assessment',
  sql: 'select count(*) as n from person_fact where county_id = $1 and dues_version > 0 and member_version > 0',
  done: facts => facts.people.length,
}
const watched: Moment = {
  database: 'workflows',
  sql: 'select count(*) as n from watch where county_id = $1',
  done: facts => facts.watched.length,
}
const told: Moment = {
  database: 'workflows',
  sql: 'select count(*) as n from watch where county_id = $1 and told_version = version',
  done: facts => facts.watched.length,
}

const processes: [name: string, hit: Moment][] = [
  ['members', rowsDone],
  ['postgres', rowsDone],
  ['gateway', rowsDone],
  ['identity', rowsDone],
  ['kafka', duesOpened],
  ['dues', duesOpened],
  ['assessment', peopleCounted],
  ['workflows', watched],
  ['temporal', told],
  ['worker', told],
]

let county: County
let roster: ReturnType<typeof generateCounty>
/** Dead letters that other tests have left. */
let unreadBefore: number

const countOf = async ({ database, sql }: Moment): Promise<number> =>
  Number((await look(database, sql, [county.id]))[0].n)

async function importState(id: string, database: 'org' | 'members') {
  const [row] = await look(database, 'select state, errors from roster_import where id = $1', [id.split(':')[1]])
  return row as { state: string; errors: number }
}

const committed = (id: string, database: 'org' | 'members') =>
  until(
    async () => {
      const found = await importState(id, database)
      if (found.state === 'FAILED') return found
      return found.state === 'COMMITTED' ? found : null
    },
    120_000,
    `the import in ${database} is committed`,
  )

/** Everything that the rosters so far say, once each, in every service. */
async function expectExact(files: number): Promise<void> {
  const wanted = roster.expected(files)
  await quiet(120_000)
  await until(
    async () => (await readFacts(county.id)).reminders.length >= wanted.reminders.length,
    60_000,
    'all reminders have been sent',
  )
  expect(differences(await readFacts(county.id), wanted)).toEqual([])
  expect(await lag()).toBe(0n)
  expect(await deadLetters()).toBe(unreadBefore)
  const [changes] = await look(
    'members',
    `select count(*)::int as audited, count(distinct subject_id)::int as people from audit_entry where county_id = $1 and subject_type = 'Member'`,
    [county.id],
  )
  expect(changes).toEqual({ audited: wanted.people.length, people: wanted.people.length })
  const [versions] = await look(
    'members',
    'select count(*)::int as n from member where county_id = $1 and version > 1',
    [county.id],
  )
  expect(versions.n).toBe(0)
}

beforeAll(async () => {
  county = await newCounty()
  unreadBefore = await deadLetters()
  roster = generateCounty({
    code: county.code,
    organisations,
    members: peopleAFile * processes.length,
    files: processes.length,
  })
})

describe('kill -9 in the middle of an import loses nothing and doubles nothing', () => {
  test('platform org comes back in the middle of an import of organisations', async () => {
    const id = await uploadRoster(county.admin, 'Organisation', roster.organisations)
    await requestCommit(county.admin, 'Organisation', id)
    const hit = await until(async () => {
      const { state } = await importState(id, 'org')
      return importEnded({ state }) ? state : state === 'UPLOADED' ? null : state
    })
    await killProcess('org')
    expect(['PREVIEWING', 'COMMITTING']).toContain(hit)
    await processReady('org')
    await committed(id, 'org')
    await treesAgree(look, county.id, 60_000)
    await expectExact(0)
    const again = await importSound(county.admin, 'Organisation', roster.organisations)
    expect(again).toMatchObject({ added: 0, changed: 0, unchanged: organisations })
  })

  test.each(processes)('platform %s comes back in the middle of an import of people', async (name, hit) => {
    const n = processes.findIndex(([other]) => other === name)
    const before = hit.done(roster.expected(n))
    const after = hit.done(roster.expected(n + 1))
    const id = await uploadRoster(county.admin, 'Member', roster.files[n] as string)
    await requestCommit(county.admin, 'Member', id)
    const count = await until(
      async () => {
        const found = await countOf(hit)
        return found > before ? found : null
      },
      60_000,
      `${name} is in the middle of it`,
      5,
    )
    await killProcess(name)
    await processReady(name)
    await committed(id, 'members')
    await expectExact(n + 1)
    const { organisation } = await county.admin.ask(
      'query ($code: String!) { organisation(code: $code) { members(first: 0, below: true) { totalCount } } }',
      { code: `${county.code}000000001` },
    )
    expect(organisation.members.totalCount).toBe(peopleAFile * (n + 1))
    // Said last, so that a file which was in before it could be hit leaves nothing killed behind.
    expect(count).toBeLessThan(after)
  })

  test('platform services whose database connections are all cut go on', async () => {
    for (const database of services)
      await look(
        database,
        `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'linghang_login' and datname = current_database()`,
      )
    const again = await until(() => importSound(county.admin, 'Organisation', roster.organisations), 60_000)
    expect(again).toMatchObject({ added: 0, changed: 0, unchanged: organisations })
    await expectExact(processes.length)
  })

  test('platform whoever has a date that is watched has one open workflow', async () => {
    const rows = await look('workflows', `select id, kind from watch where county_id = $1 and deadlines <> '[]'`, [
      county.id,
    ])
    const wanted = rows.map(({ id, kind }) => workflowIdOf(String(kind), String(id)))
    // Temporal's lists follow its workflows with a little delay.
    const unwatched = async () => {
      const open = await openWatches()
      return wanted.filter(id => !open.has(id))
    }
    await until(async () => (await unwatched()).length === 0, 30_000, 'an open workflow for each').catch(
      () => undefined,
    )
    expect((await unwatched()).slice(0, 3)).toEqual([])
  })
})
