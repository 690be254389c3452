import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type County, createCounty, seedBranch } from '@linghang/harness/county'
import { databaseUrl, look } from '@linghang/harness/databases'
import { surroundings } from '@linghang/harness/surroundings'
import { services } from '@linghang/migrations'

jest.setTimeout(120_000)

let county: County
let branchId: string
beforeAll(async () => {
  county = await createCounty()
  branchId = (await seedBranch(county)).branch.id.split(':')[1] as string
})

/** `npm run audit:verify -- ...` against the databases of this run. */
function verify(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const at = surroundings()
  const env = {
    ...process.env,
    LINGHANG_KAFKA_BROKERS: at.kafkaBrokers,
    LINGHANG_DATABASE_URL: databaseUrl(at, 'org').replace(/\/org$/, '/{service}'),
  }
  const file = join(at.root, 'deploy/local/src/verify-audit.ts')
  return new Promise(resolve => {
    execFile(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', file, ...args],
      { env, maxBuffer: 16_777_216 },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
  })
}

describe('platform the command that verifies audit chains', () => {
  test('platform walks every service, prints where each chain ends, and then names the first broken link', async () => {
    const [head] = await look('org', `select seq, encode(hash, 'hex') as hash from audit_chain where id = $1`, [
      branchId,
    ])
    const intact = await verify('--county', county.code)
    expect(intact).toMatchObject({ code: 0, err: '' })
    // Where chains end is long: it goes where it is kept, not on the screen.
    expect(intact.out).not.toContain(head.hash)
    const kept = join(mkdtempSync(join(tmpdir(), 'heads-')), 'heads.tsv')
    expect(await verify('--county', county.code, '--heads', kept)).toMatchObject({ code: 0, err: '' })
    expect(readFileSync(kept, 'utf8')).toContain(['org', county.id, branchId, head.seq, head.hash].join('\t'))
    for (const service of services) expect(intact.out).toMatch(new RegExp(`^${service}: 完好 intact`, 'm'))

    const [entry] = await look('org', 'select audit_id as id from audit_link where chain_id = $1 order by seq', [
      branchId,
    ])
    await look(
      'org',
      `begin; alter table audit_entry disable trigger user;
       update audit_entry set action = 'organisation.kept' where id = '${entry.id}';
       alter table audit_entry enable trigger user; commit`,
    )
    const broken = await verify('--county', county.code)
    expect(broken.code).toBe(1)
    expect(broken.err).toContain(`organisation ${branchId}, 序号 seq 1, 记录 row ${entry.id}`)
    expect(broken.err).toMatch(/^org: .*ENTRY_CHANGED/)
    expect(broken.out).toMatch(/^members: 完好 intact/m)
  })

  test('platform an unknown county and unknown arguments are refused with the usage', async () => {
    for (const args of [['--county', 'no-such-code'], ['--organisation']]) {
      const { code, err } = await verify(...args)
      expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('npm run audit:verify -- [--county') })
    }
  })
})
