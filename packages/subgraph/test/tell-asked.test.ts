import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, createPerform, recordAudit, surroundings, systemActor, writeOrgNodes } from '@linghang/access'
import { look } from '@linghang/harness/databases'
import { openDatabase } from '@linghang/harness/open-database'
import { addMonths, byPractice, monthOf } from '@linghang/rulebook'
import { type Form, spanOfMonth, tellAsked } from '@linghang/subgraph'

jest.setTimeout(120_000)
const suffix = 'tell_asked'
const schemaFile = new URL('../../../services/dues/schema.graphql', import.meta.url)
const form = (mutation: string, action: string): Form => ({
  ...{ mutation, actions: [action], askedBy: 'REGULATION', citation: byPractice('党费收缴') },
})
const tell = tellAsked('dues', [form('pauseDues', 'dues.paused'), form('resumeDues', 'dues.resumed')], schemaFile)

let database: Awaited<ReturnType<typeof openDatabase>>
beforeAll(async () => {
  database = await openDatabase('dues', suffix)
})
afterAll(() => database?.close())

async function committeeWithBranch() {
  const countyId = randomUUID()
  const [committee, branch] = [randomUUID(), randomUUID()]
  const node = (id: string, superiorId: string | null) => ({
    ...{ id, superiorId, countyId, code: id, name: '党组织', kind: '党委', unitKind: null, approves: null, version: 1 },
  })
  await database.transact(systemActor(countyId), tx =>
    writeOrgNodes(tx, [node(committee, null), node(branch, committee)]),
  )
  const secretaryOf = (orgId: string): Actor => ({
    ...{ ...systemActor(countyId), kind: 'PERSON', accountId: randomUUID() },
    grants: [{ role: 'SECRETARY', orgId }],
  })
  const hand = (actor: Actor, orgId: string, action: string) =>
    database.transact(actor, tx =>
      recordAudit({ tx, actor }, [{ orgId, action, subjectType: 'DuesRecord', subjectId: randomUUID() }]),
    )
  const perform = createPerform(database.transact, surroundings, () => ({}))
  const count = () => perform(systemActor(countyId), work => tell(work, null))
  const told = async () =>
    (
      await look(
        'dues',
        `select type, subject, key, data from outbox_event where county_id = $1 order by seq`,
        [countyId],
        suffix,
      )
    ).map(({ type, subject, key, data: { version, ...data } }) => {
      expect([type, key, Number.isSafeInteger(version)]).toEqual([
        'dues.burden.counted.v1',
        `${countyId}/${subject}`,
        true,
      ])
      return data
    })
  return { countyId, committee, branch, secretaryOf, hand, count, told }
}

const month = monthOf(new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10))
const pause = { times: 1, fields: 4, picked: 1, known: 0 }

describe('S4-4 what organisations have handed in is told to org, which sets all services side by side', () => {
  test('S4-4 once, of whom something was handed in by somebody, and again when it has become more', async () => {
    const { countyId, branch, secretaryOf, hand, count, told } = await committeeWithBranch()
    await hand(secretaryOf(branch), branch, 'dues.paused')
    await hand(systemActor(countyId), branch, 'dues.paused')
    await hand(secretaryOf(branch), branch, 'dues-account.looked-at')
    expect(await count()).toBeNull()
    await count()
    const first = { orgId: branch, month, ...pause }
    expect(await told()).toEqual([first])
    await hand(secretaryOf(branch), branch, 'dues.paused: 2026')
    await count()
    expect(await told()).toEqual([first, { orgId: branch, month, times: 2, fields: 8, picked: 2, known: 0 }])
  })

  test('S4-4 of the month before too, and of a form that a committee filled in for a branch the committee', async () => {
    const { countyId, committee, branch, secretaryOf, hand, count, told } = await committeeWithBranch()
    const last = addMonths(month, -1)
    await look(
      'dues',
      `insert into audit_entry (id, county_id, org_id, account_id, action, subject_type, subject_id, recorded_at)
       select uuidv7(), $1, $2, uuidv7(), 'dues.paused', 'DuesRecord', uuidv7(), at
       from unnest($3::timestamptz[]) at`,
      [countyId, branch, [spanOfMonth(last).from, spanOfMonth(addMonths(last, -1)).from]],
      suffix,
    )
    await hand(secretaryOf(committee), branch, 'dues.paused')
    await count()
    expect(await told()).toEqual([
      { orgId: branch, month: last, ...pause },
      { orgId: committee, month, ...pause },
    ])
  })
})
