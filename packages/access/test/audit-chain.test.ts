import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import {
  type Actor,
  type AuditChainHead,
  recordAudit,
  systemActor,
  verifyAuditChains,
  writeOrgNodes,
} from '@linghang/access'
import { look } from '@linghang/harness/databases'
import { openDatabase } from '@linghang/harness/open-database'
import { surroundings } from '@linghang/harness/surroundings'
import { migrateDatabase } from '@linghang/migrations'

jest.setTimeout(120_000)

const suffix = 'audit_chain'
let database: Awaited<ReturnType<typeof openDatabase>>
beforeAll(async () => {
  database = await openDatabase('dues', suffix)
})
afterAll(() => database?.close())

const change = (orgId: string | null, action = 'record.changed') => ({
  orgId,
  action,
  subjectType: 'Record',
  subjectId: randomUUID(),
  beforeHash: new Uint8Array(32).fill(1),
  afterHash: new Uint8Array(32).fill(2),
})
const write = (actor: Actor, ...changes: ReturnType<typeof change>[]) =>
  database.transact(actor, tx => recordAudit({ tx, actor }, changes))
const superuser = (sql: string, values: unknown[] = []) => look('dues', sql, values, suffix)

/** Changes behind the triggers' back, as somebody with the whole server in hand could. */
async function tamper(sql: string, values: unknown[]): Promise<void> {
  const client = "set local session_replication_role = 'replica'"
  const quoted = values.reduce<string>((text, value, i) => text.replaceAll(`$${i + 1}`, `'${value}'`), sql)
  await superuser(`begin; ${client}; ${quoted}; commit`)
}

async function verify(countyId: string) {
  const heads: AuditChainHead[] = []
  const verdict = await verifyAuditChains(database.asService, { countyId, onHead: head => heads.push(head) })
  return { ...verdict, heads }
}

/** A county with one organisation of five rows, and what its links are. */
async function fiveRows() {
  const countyId = randomUUID()
  const orgId = randomUUID()
  const actor = systemActor(countyId)
  for (const n of [1, 2, 3, 4, 5]) await write(actor, change(orgId, `record.changed ${n}`))
  const ids = (await superuser('select audit_id from audit_link where chain_id = $1 order by seq', [orgId])).map(
    row => row.audit_id as string,
  )
  return { countyId, orgId, actor, ids }
}

describe('platform audit rows are links of their organisation’s chain', () => {
  test('platform each organisation has its own chain, rows without one belong to the county’s, and all hold', async () => {
    const countyId = randomUUID()
    const actor = systemActor(countyId)
    const [a, b] = [randomUUID(), randomUUID()]
    await write(actor, change(a), change(b), change(a), change(null))
    await write(actor, change(a, '“引号”、\\ 反斜线\n\u0001'), change(b))
    const { broken, chains, links, heads } = await verify(countyId)
    expect({ broken, chains, links }).toEqual({ broken: null, chains: 3, links: 6n })
    expect(new Map(heads.map(head => [head.chainId, head.seq]))).toEqual(
      new Map([
        [a, 3n],
        [b, 2n],
        [countyId, 1n],
      ]),
    )
    expect(new Set(heads.map(head => head.countyId))).toEqual(new Set([countyId]))
  })

  test('platform whoever may write audit rows writes no links, and a link stays as it is', async () => {
    const { orgId, countyId } = await fiveRows()
    const scoped: Actor = { ...systemActor(countyId), kind: 'PERSON', grants: [{ role: 'ADMIN', orgId }] }
    await write(scoped, change(orgId))
    expect(await verify(countyId)).toMatchObject({ broken: null, links: 6n })
    for (const actor of [systemActor(countyId), scoped]) {
      const attempt = (sql: string) => database.transact(actor, tx => tx.$executeRawUnsafe(sql))
      await expect(attempt('update audit_chain set seq = 0')).rejects.toThrow(/permission denied/)
      await expect(attempt('delete from audit_link')).rejects.toThrow(/permission denied/)
      await expect(attempt(`select app.link_audit_entries('{}')`)).rejects.toThrow(/permission denied/)
    }
    await expect(superuser('delete from audit_link')).rejects.toThrow(/append-only/)
  })

  test('platform writers of the same organisations at once wait for each other and leave one unbroken chain each', async () => {
    const countyId = randomUUID()
    const actor = systemActor(countyId)
    const orgs = Array.from({ length: 12 }, () => randomUUID())
    const batch = (n: number) => [...orgs.slice(n % 12), ...orgs.slice(0, n % 12)].map(orgId => change(orgId))
    await Promise.all(Array.from({ length: 40 }, (_, n) => write(actor, ...batch(n))))
    const { broken, heads } = await verify(countyId)
    expect(broken).toBeNull()
    expect(heads.map(head => head.seq)).toEqual(Array(12).fill(40n))
  })

  test('platform a transaction that is given up leaves no gap', async () => {
    const { countyId, orgId, actor } = await fiveRows()
    const givenUp = database.transact(actor, async tx => {
      await recordAudit({ tx, actor }, [change(orgId)])
      throw new Error('given up')
    })
    await expect(givenUp).rejects.toThrow('given up')
    await write(actor, change(orgId))
    expect(await verify(countyId)).toMatchObject({ broken: null, links: 6n })
  })
})

describe('S4-4 the audit says whose office did something, where it is one above', () => {
  /** A county with a root, a committee and a branch below it. */
  async function threeOrganisations() {
    const countyId = randomUUID()
    const [root, committee, branch] = [randomUUID(), randomUUID(), randomUUID()]
    const node = (id: string, superiorId: string | null) => ({
      ...{
        id,
        superiorId,
        countyId,
        code: id,
        name: '党组织',
        kind: '党委',
        unitKind: null,
        approves: null,
        version: 1,
      },
    })
    const nodes = [node(root, null), node(committee, root), node(branch, committee)]
    await database.transact(systemActor(countyId), tx => writeOrgNodes(tx, nodes))
    const holder = (...places: (string | null)[]): Actor => ({
      ...{ ...systemActor(countyId), kind: 'PERSON', accountId: randomUUID() },
      grants: places.map(orgId => ({ role: 'SECRETARY', orgId })),
    })
    const by = async () =>
      (await superuser('select by_org_id from audit_entry where county_id = $1 order by id', [countyId])).map(
        row => row.by_org_id as string | null,
      )
    return { countyId, root, committee, branch, holder, by }
  }

  test('S4-4 the nearest office that reaches the organisation, the root for the whole county’s, none for its own or nobody’s', async () => {
    const { countyId, root, committee, branch, holder, by } = await threeOrganisations()
    await write(holder(branch), change(branch))
    await write(holder(committee), change(branch), change(committee), change(root))
    await write(holder(root, committee), change(branch))
    await write(holder(null), change(branch), change(root), change(null))
    await write(systemActor(countyId), change(branch))
    expect(await by()).toEqual([null, committee, null, null, committee, root, null, null, null])
    expect((await verify(countyId)).broken).toBeNull()
  })

  test('S4-4 it is part of what is hashed: taken away, the row is changed', async () => {
    const { countyId, branch, committee, holder } = await threeOrganisations()
    await write(holder(committee), change(branch))
    await tamper('update audit_entry set by_org_id = null where county_id = $1', [countyId])
    expect((await verify(countyId)).broken).toMatchObject({ chainId: branch, seq: 1n, fault: 'ENTRY_CHANGED' })
  })
})

describe('platform the first broken link is named', () => {
  const fields = {
    'who did it': "account_id = '00000000-0000-7000-8000-000000000001'",
    'what was done': "action = 'record.kept'",
    'to what': "subject_id = '00000000-0000-7000-8000-000000000001'",
    'what it was before': 'before_hash = null',
    'what it became': "after_hash = '\\x00'",
    'under which trace': "trace_id = 'other'",
    'when, by a microsecond': "recorded_at = recorded_at + interval '1 microsecond'",
    'in whose county': "county_id = '00000000-0000-7000-8000-000000000001'",
    'at which organisation': "org_id = '00000000-0000-7000-8000-000000000001'",
    'by whose office': "by_org_id = '00000000-0000-7000-8000-000000000001'",
  }
  test.each(Object.entries(fields))('platform a row was changed: %s', async (_, set) => {
    const { countyId, orgId, ids } = await fiveRows()
    await tamper(`update audit_entry set ${set} where id = $1`, [ids[2]])
    const { broken } = await verify(countyId)
    expect(broken).toEqual({ chainId: orgId, seq: 3n, entryId: ids[2], fault: 'ENTRY_CHANGED' })
  })

  test.each([
    {
      what: 'a row in the middle was removed',
      sql: 'delete from audit_entry where id = $3',
      broken: { seq: 3n, fault: 'ENTRY_REMOVED' },
    },
    {
      what: 'a row in the middle was removed with its link',
      sql: 'delete from audit_entry where id = $3; delete from audit_link where audit_id = $3',
      broken: { seq: 3n, fault: 'LINK_REMOVED' },
    },
    {
      what: 'a row in the middle was removed and the others closed up',
      sql: `delete from audit_entry where id = $3; delete from audit_link where audit_id = $3;
        update audit_link set seq = 3 where audit_id = $4; update audit_link set seq = 4 where audit_id = $5`,
      broken: { seq: 3n, fault: 'LINK_CHANGED' },
    },
    {
      what: 'the first row was removed with its link',
      sql: 'delete from audit_entry where id = $1; delete from audit_link where audit_id = $1',
      broken: { seq: 1n, fault: 'LINK_REMOVED' },
    },
    {
      what: 'the last row was removed',
      sql: 'delete from audit_entry where id = $5',
      broken: { seq: 5n, fault: 'ENTRY_REMOVED' },
    },
    {
      what: 'the last row was removed with its link',
      sql: 'delete from audit_entry where id = $5; delete from audit_link where audit_id = $5',
      broken: { seq: 5n, fault: 'END_REMOVED' },
    },
    {
      what: 'all rows were removed with their links',
      sql: `delete from audit_entry where org_id = '$org'; delete from audit_link where chain_id = '$org'`,
      broken: { seq: 1n, fault: 'END_REMOVED' },
    },
    {
      what: 'the head was set back',
      sql: `update audit_chain set seq = 4, hash = (select hash from audit_link where audit_id = $4) where id = '$org'`,
      broken: { seq: 5n, fault: 'LINK_BEYOND_HEAD' },
    },
    {
      what: 'the head was removed',
      sql: `delete from audit_chain where id = '$org'`,
      broken: { seq: 1n, fault: 'LINK_BEYOND_HEAD' },
    },
    {
      what: 'the head names another hash',
      sql: `update audit_chain set hash = '\\x00' where id = '$org'`,
      broken: { seq: 5n, fault: 'HEAD_CHANGED' },
    },
    {
      what: 'two rows changed places',
      sql: `update audit_link set seq = 99 where audit_id = $3; update audit_link set seq = 3 where audit_id = $4;
        update audit_link set seq = 4 where audit_id = $3`,
      broken: { seq: 3n, fault: 'LINK_CHANGED' },
    },
    {
      what: 'a row was inserted beside the chain',
      sql: `insert into audit_entry (id, county_id, org_id, action, subject_type, subject_id)
        select uuidv7(), county_id, org_id, 'record.slipped', 'Record', subject_id from audit_entry where id = $2`,
      broken: { seq: null, fault: 'ENTRY_INSERTED' },
    },
    {
      what: 'a row was inserted with a link of its own behind the last',
      sql: `insert into audit_entry select '00000000-0000-7000-8000-0000000000ff', county_id, org_id, account_id, 'record.slipped',
          subject_type, subject_id, before_hash, after_hash, trace_id, recorded_at from audit_entry where id = $5;
        insert into audit_link select chain_id, 6, county_id, '00000000-0000-7000-8000-0000000000ff', hash, '\\x00' from audit_link where audit_id = $5`,
      broken: { seq: 6n, fault: 'LINK_BEYOND_HEAD' },
    },
  ])('platform $what', async ({ sql, broken }) => {
    const { countyId, orgId, ids } = await fiveRows()
    await tamper(sql.replaceAll('$org', orgId), ids)
    const found = await verify(countyId)
    expect(found.broken).toMatchObject({ chainId: orgId, ...broken })
  })

  test('platform rows after the broken one and other counties are not accused', async () => {
    const one = await fiveRows()
    const other = await fiveRows()
    await tamper("update audit_entry set action = 'x' where id in ($1, $2)", [one.ids[1], one.ids[3]])
    expect((await verify(one.countyId)).broken).toMatchObject({ seq: 2n })
    expect((await verify(other.countyId)).broken).toBeNull()
    expect((await verifyAuditChains(database.asService, { countyId: null })).broken).not.toBeNull()
  })
})

describe('platform rows that were there before chains were', () => {
  test('platform they are linked in their order, and rows that follow continue their chains', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'linghang-chain-'))
    const sqlDir = join(surroundings().root, 'packages/access/sql')
    const name = 'dues_before_chains'
    const migrate = async (migration: string, file: string) => {
      await cp(join(sqlDir, file), join(folder, migration, 'migration.sql'), { recursive: true })
      await migrateDatabase({ superuserUrl: surroundings().postgresUrl, database: name, migrationsDir: folder })
    }
    const [countyId, orgId] = [randomUUID(), randomUUID()]
    const insert = (n: number) =>
      look(
        'dues',
        `insert into audit_entry (id, county_id, org_id, action, subject_type, subject_id)
         select uuidv7(), $1, case when i % 3 = 0 then null else $2::uuid end, 'record.changed', 'Record', uuidv7() from generate_series(1, $3) i`,
        [countyId, orgId, n],
        'before_chains',
      )
    try {
      await migrate('20261122000100_access', 'access.sql')
      await insert(12_000)
      await migrate('20261123000050_audit_chain', 'audit-chain.sql')
      await insert(3)
      const rows = await look(
        'dues',
        `select c.id, c.seq::int, (select count(*)::int from audit_link l join audit_entry e on e.id = l.audit_id where l.chain_id = c.id) as n,
           (select bool_and(l.previous = coalesce(b.hash, '')) from audit_link l
              left join audit_link b on b.chain_id = l.chain_id and b.seq = l.seq - 1 where l.chain_id = c.id) as unbroken
         from audit_chain c where c.county_id = $1 order by c.seq`,
        [countyId],
        'before_chains',
      )
      expect(rows).toEqual([
        { id: countyId, seq: 4_001, n: 4_001, unbroken: true },
        { id: orgId, seq: 8_002, n: 8_002, unbroken: true },
      ])
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})
