import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { keyOf } from '@linghang/events'
import { surroundings } from '@linghang/harness/surroundings'
import { migrateDatabase } from '@linghang/migrations'
import pg from 'pg'
import { hashOf } from '../src/register/people/member.ts'

const migrationsDir = join(import.meta.dirname, '../prisma/migrations')

/** A register of before, with its own tree: two counties with people at every stage. */
async function fill(client: pg.Client): Promise<string[]> {
  const told: string[] = []
  for (const kind of ['APPLICANT', 'ACTIVIST', 'FULL']) {
    const [county, org, person] = [randomUUID(), randomUUID(), randomUUID()]
    await client.query(
      `insert into org_node (id, county_id, code, name, kind, path, version) values ($1, $2, '1', '支部', 'BRANCH', $3::ltree, 1)`,
      [org, county, org.replaceAll('-', '')],
    )
    await client.query(
      `insert into member (id, county_id, org_id, name, name_key, sex, birth_date, kind, id_number_sealed, id_number_hash,
         id_number_masked, known_on, content_hash) values ($1, $2, $3, '某人', 'mou ren', 'MALE', '1990-01-01', $4, '', $5, '', '2026-01-01', '')`,
      [person, county, org, kind, Buffer.from(person)],
    )
    await client.query(
      `insert into audit_entry (id, county_id, org_id, action, subject_type, subject_id) values (uuidv7(), $1, $2, 'member.registered', 'Member', $3)`,
      [county, org, person],
    )
    told.push(person)
  }
  return told
}

/** A database as it was before the migrations from `before` on; `migrate` takes it to today's. */
async function upgraded(
  before: string,
  scenario: (client: pg.Client, migrate: () => Promise<unknown>) => Promise<void>,
) {
  const { postgresUrl } = surroundings()
  const database = `members_upgrade_${randomUUID().slice(0, 8)}`
  const folder = await mkdtemp(join(tmpdir(), 'linghang-upgrade-'))
  try {
    const names = (await readdir(migrationsDir)).filter(name => name < before || name.endsWith('.toml'))
    for (const name of names)
      await cp(join(migrationsDir, name), join(folder, name), { recursive: true, dereference: true })
    await migrateDatabase({ superuserUrl: postgresUrl, database, migrationsDir: folder })
    const url = new URL(postgresUrl)
    url.pathname = `/${database}`
    const client = new pg.Client({ connectionString: url.href })
    await client.connect()
    try {
      await scenario(client, () => migrateDatabase({ superuserUrl: postgresUrl, database, migrationsDir }))
    } finally {
      await client.end()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

describe('a register that was filled before there were cases', () => {
  test('platform is migrated, tells of everybody again so that people in mid-course are adopted, and has its audit chained', async () => {
    await upgraded('20261123', async (client, migrate) => {
      const people = await fill(client)
      await migrate()
      const { rows: told } = await client.query(
        `select subject from outbox_event where type = 'members.member.changed.v1'`,
      )
      expect(told.map(({ subject }) => subject).sort()).toEqual(people.sort())
      const { rows: links } = await client.query(
        `select e.action, count(*)::int as n from audit_link l join audit_entry e on e.id = l.audit_id group by 1 order by 1`,
      )
      expect(links).toEqual([
        { action: 'member.content-hash-put-right', n: 3 },
        { action: 'member.registered', n: 3 },
      ])
    })
  })
})

describe('cases from before the plan said what holds for each', () => {
  test.each([
    ['ACTIVIST', null, '2026-03-31'],
    ['CANDIDATE', null, null],
    ['PROBATION', null, '2026-08-31'],
    ['PROBATION', '2027-02-28', '2027-02-28'],
  ])('S2-11 %s, extended to %s: the next stage not before %s', async (stage, extendedTo, notBefore) => {
    await upgraded('20261124', async (client, migrate) => {
      const [, person] = await fill(client)
      const { county_id: county, org_id: org } = (
        await client.query('select county_id, org_id from member where id = $1', [person])
      ).rows[0]
      await client.query(`update member set activist_since = '2025-03-31', joined_on = '2025-08-31' where id = $1`, [
        person,
      ])
      const kase = randomUUID()
      await client.query(
        `insert into development_case (id, county_id, org_id, member_id, phase, stage, step, step_number, waiting_on, opened_on, step_opened_on, version)
         values ($1, $2, $3, $4, 'OPEN', $5, 'OATH', 20, 'BRANCH', '2025-01-01', '2025-01-01', 2)`,
        [kase, county, org, person, stage],
      )
      const facts = [
        ['ADOPTED', {}],
        ['STEP_DONE', { step: 'CONVERSION_ASSEMBLY', evidence: { extendedTo: '2027-08-31' } }],
        ...(extendedTo ? [['STEP_DONE', { step: 'CONVERSION_APPROVAL', evidence: { extendedTo } }]] : []),
      ]
      for (const [seq, [type, data]] of facts.entries())
        await client.query(
          `insert into development_fact (case_id, seq, county_id, org_id, type, happened_on, data, confidential, recorded_at)
           values ($1, $2, $3, $4, $5, '2025-01-01', $6, false, now())`,
          [kase, seq, county, org, type, JSON.stringify(data)],
        )
      await client.query(
        `insert into development_policy (id, county_id, effective_from, policy, set_at) values ($1, $2, '2024-01-01', '{}', now())`,
        [randomUUID(), county],
      )
      await migrate()
      const { rows } = await client.query('select not_before::text from development_case where id = $1', [kase])
      expect(rows).toEqual([{ not_before: notBefore }])
      const { rows: told } = await client.query(
        `select county_id, key, data from outbox_event where type = 'members.policy.set.v1'`,
      )
      const data = { effectiveFrom: '2024-01-01', after: null }
      expect(told).toEqual([{ county_id: county, key: keyOf('members.policy.set.v1', county, county), data }])
    })
  })
})

describe('people who were changed one by one while the hash of the record before was kept', () => {
  test('platform have the hash of what they are, those who had it keep theirs, and the audit says which were put right', async () => {
    await upgraded('20261127', async (client, migrate) => {
      const [wrong, right] = (await fill(client)) as [string, string, string]
      // Every column that is hashed, with what JSON escapes.
      await client.query(
        `update member set name = E'"欧阳"\\\\𬭎', ethnicity = '汉族', education = 'BACHELOR', applied_on = '2020-02-29', joined_on = '2022-01-01',
           post = E'教师\n组长', dues_category = 'MONTHLY_SALARY', dues_base_fen = 12345678901, floating = true, phone_hash = 'abc' where id = $1`,
        [wrong],
      )
      const { rows } = await client.query('select * from member where id = any ($1)', [[wrong, right]])
      const day = (date: Date | null) =>
        date && new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
      const wanted = new Map(
        rows.map(row => [
          row.id,
          hashOf({
            ...{ orgId: row.org_id, name: row.name, sex: row.sex, ethnicity: row.ethnicity, education: row.education },
            ...{ birthDate: day(row.birth_date) as string, kind: row.kind, post: row.post, floating: row.floating },
            ...{
              appliedOn: day(row.applied_on),
              activistSince: null,
              candidateSince: null,
              joinedOn: day(row.joined_on),
            },
            ...{ fullMemberSince: null, duesCategory: row.dues_category, lostContact: row.lost_contact },
            duesBaseFen: row.dues_base_fen === null ? null : BigInt(row.dues_base_fen),
            ...{ idNumberHash: row.id_number_hash, phoneHash: row.phone_hash },
          }).toString('hex'),
        ]),
      )
      await client.query('update member set content_hash = $2 where id = $1', [
        right,
        Buffer.from(wanted.get(right) as string, 'hex'),
      ])
      await migrate()
      const { rows: kept } = await client.query(
        `select id, encode(content_hash, 'hex') as hash, (select array_agg(encode(after_hash, 'hex')) from audit_entry
           where subject_id = m.id and action = 'member.content-hash-put-right') as told from member m where id = any ($1) order by id`,
        [[wrong, right]],
      )
      expect(kept).toEqual(
        [wrong, right]
          .toSorted()
          .map(id => ({ id, hash: wanted.get(id), told: id === wrong ? [wanted.get(wrong)] : null })),
      )
    })
  })
})
