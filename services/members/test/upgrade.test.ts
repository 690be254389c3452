import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { migrateDatabase } from '@linghang/devstack'
import pg from 'pg'
import { surroundings } from '../../../tests/harness/surroundings.ts'

const migrationsDir = join(import.meta.dirname, '../prisma/migrations')
/** Migrations before this one are those of a platform on which there were no cases. */
const firstWithCases = '20261123'

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

describe('a register that was filled before there were cases', () => {
  test('platform is migrated, tells of everybody again so that people in mid-course are adopted, and has its audit chained', async () => {
    const { postgresUrl } = surroundings()
    const database = `members_upgrade_${randomUUID().slice(0, 8)}`
    const before = await mkdtemp(join(tmpdir(), 'linghang-upgrade-'))
    try {
      const names = (await readdir(migrationsDir)).filter(name => name < firstWithCases || name.endsWith('.toml'))
      for (const name of names)
        await cp(join(migrationsDir, name), join(before, name), { recursive: true, dereference: true })
      await migrateDatabase({ superuserUrl: postgresUrl, database, migrationsDir: before })
      const url = new URL(postgresUrl)
      url.pathname = `/${database}`
      const client = new pg.Client({ connectionString: url.href })
      await client.connect()
      try {
        const people = await fill(client)
        await migrateDatabase({ superuserUrl: postgresUrl, database, migrationsDir })
        const { rows: told } = await client.query(
          `select subject from outbox_event where type = 'members.member.changed.v1'`,
        )
        expect(told.map(({ subject }) => subject).sort()).toEqual(people.sort())
        const { rows: links } = await client.query('select count(*)::int as n from audit_link')
        expect(links).toEqual([{ n: 3 }])
      } finally {
        await client.end()
      }
    } finally {
      await rm(before, { recursive: true, force: true })
    }
  })
})
