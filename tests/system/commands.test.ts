import { existsSync } from 'node:fs'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { shanghaiDay } from '@linghang/access'
import { runCommand } from '@linghang/devstack'
import { createKafka, createProducer } from '@linghang/events'
import { until } from '@linghang/harness/until'
import { memberFaults } from '../rosters/faults.ts'
import { type Planted, writeRoster } from '../rosters/generate-roster.ts'
import { createCaller } from './api.ts'
import { type County, newApp, newCounty, orgCode } from './county.ts'
import { inFolder } from './expectation.ts'
import { look, quiet } from './look.ts'
import { surroundings } from './surroundings.ts'

jest.setTimeout(180_000)

const today = shanghaiDay(new Date())
const people = 300
const organisations = 12

let county: County

/** A command of the checkout, run as npm runs it, against the platform of this run. */
function command(name: string, args: string[], cwd: string) {
  const { root, stateDir } = surroundings()
  return runCommand(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      join(root, `deploy/local/src/${name}.ts`),
      ...args,
      '--state-dir',
      stateDir,
    ],
    { cwd, env: { INIT_CWD: cwd }, timeoutMs: 120_000 },
  )
}
const importIn = (folder: string, args: string[], of: County = county) =>
  command('import', ['--county', of.code, ...args], folder)

const registered = async (of: County = county): Promise<number> =>
  Number((await look('members', 'select count(*) as n from member where county_id = $1', [of.id]))[0].n)

const roster = (folder: string, of: County, faults = {}) =>
  writeRoster(folder, {
    organisations,
    members: people,
    seed: 7,
    today,
    faults,
    county: { code: of.code, name: '命令区' },
  })

beforeAll(async () => {
  county = await newCounty()
}, 60_000)

/** Everything under a folder that others than its owner may look into. */
async function openToOthers(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const open = await Promise.all(
    entries
      .filter(entry => entry.isFile() || entry.isDirectory())
      .map(async entry => {
        const path = join(entry.parentPath, entry.name)
        // What is gone by now is nobody's any more.
        const found = await stat(path).catch(() => null)
        return found && (found.mode & 0o077) !== 0 ? [path] : []
      }),
  )
  return open.flat()
}

test('platform what it keeps on disk is its owner’s alone: registers, keys, tokens, logs', async () => {
  const { stateDir } = surroundings()
  const kept = ['identity', 'logs', 'postgres', 'kafka', 'temporal'].filter(name => existsSync(join(stateDir, name)))
  expect(kept).toContain('identity')
  for (const name of kept) expect([name, await openToOthers(join(stateDir, name))]).toEqual([name, []])
})

/** Faults that must be refused; the others are normalised. */
const refusable = (planted: readonly Planted[]) =>
  planted.filter(({ kind }) => memberFaults[kind as keyof typeof memberFaults] !== null)

/** The line of the roster that a row of the findings file is about. */
const lineIn = (row: string): number | null => {
  const [, line] = /^"?(\d+)"?,/.exec(row) ?? []
  return line ? Number(line) : null
}

describe('npm run import', () => {
  const faults = { checksum: 2, duplicate: 1, nobranch: 1, minor: 1, 'fmt-cn': 2, fullwidth: 1 }
  const wrong = 5

  test('platform previews, takes over what is right, and leaves a second time unchanged', async () => {
    await inFolder(async folder => {
      const planted = await roster(folder, county, faults)
      expect(refusable(planted)).toHaveLength(wrong)

      const organisationsOnly = await importIn(folder, ['--organisations', 'organisations.csv'])
      expect([organisationsOnly.code, organisationsOnly.stderr]).toEqual([0, ''])
      const preview = await importIn(folder, ['--members', 'members.csv', '--preview'])
      // Rows are wrong: whoever calls this from a script hears it.
      expect([preview.code, preview.stderr]).toEqual([2, ''])
      expect(preview.stdout).toContain(`PREVIEWED ${people} rows`)
      expect(preview.stdout).toContain(`would be 新增 added ${people - wrong},`)
      expect(await registered()).toBe(0)

      const findings = (await readFile(join(folder, 'members.findings.csv'), 'utf8')).split('\n')
      const blamed = new Set(findings.slice(1).flatMap(row => lineIn(row) ?? []))
      expect([...blamed].sort()).toEqual(
        refusable(planted)
          .map(({ line }) => line)
          .sort(),
      )
      for (const { kind, line } of refusable(planted)) {
        const code = memberFaults[kind as keyof typeof memberFaults] as string
        expect(findings.filter(row => lineIn(row) === line && row.includes(code))).toHaveLength(1)
      }

      const refused = await importIn(folder, ['--members', 'members.csv', '--mode', 'all-or-none'])
      expect(refused.code).toBe(1)
      expect(refused.stdout).toContain('FAILED')
      expect(await registered()).toBe(0)

      const taken = await importIn(folder, ['organisations.csv', 'members.csv'])
      expect([taken.code, taken.stderr]).toEqual([2, ''])
      expect(taken.stdout).toContain(`added ${people - wrong},`)
      expect(await registered()).toBe(people - wrong)

      const again = await importIn(folder, ['organisations.csv', 'members.csv'])
      expect(again.code).toBe(2)
      expect(again.stdout).toContain(`unchanged ${organisations},`)
      expect(again.stdout).toContain(`added 0, 更改 changed 0, 不变 unchanged ${people - wrong},`)
    })
  })

  test('platform takes over all or none when all is right', async () => {
    const own = await newCounty()
    await inFolder(async folder => {
      await roster(folder, own)
      const { code, stdout } = await importIn(
        folder,
        ['organisations.csv', 'members.csv', '--mode', 'all-or-none'],
        own,
      )
      expect([code, existsSync(join(folder, 'members.findings.csv'))]).toEqual([0, false])
      expect(stdout).toContain(`added ${people},`)
      expect(await registered(own)).toBe(people)
    })
  })

  test('platform says in one sentence what is wrong with how it was called', async () => {
    await inFolder(async folder => {
      await writeFile(join(folder, 'x.csv'), 'x\n')
      const calls: [string[], RegExp][] = [
        [[], /Usage: npm run import/],
        [['--county', county.code, 'x.csv', '--mode', 'some'], /Usage: npm run import/],
        [['--county', county.code, '--members', 'nothing.csv'], /There is no file/],
        [['--county', '000000', '--members', 'x.csv'], /no administrator of the county 000000/],
      ]
      for (const [args, sentence] of calls) {
        const { code, stderr } = await command('import', args, folder)
        expect([code, stderr]).toEqual([1, expect.stringMatching(sentence)])
        expect(stderr).not.toContain('    at ')
      }
    })
  })
})

describe('npm run token', () => {
  const token = (...args: string[]) => command('token', args, surroundings().root)

  test('platform lists who there is and gives each a token that the gateway takes', async () => {
    const list = await token('--list')
    expect(list.stdout).toContain(`--as admin@${county.code}`)
    const person = await token('--as', `admin@${county.code}`)
    expect(person.code).toBe(0)
    expect((await createCaller(person.stdout.trim()).ask('{ me { county { code } } }')).me.county.code).toBe(
      county.code,
    )

    const [root] = await look('org', 'select id from organisation where county_id = $1 and code = $2', [
      county.id,
      orgCode(county, 1),
    ])
    const scopes = ['org:read']
    await newApp(county, `Organisation:${root.id}`, scopes)
    const [, clientId] = /--app (\S+)/.exec((await token('--list')).stdout) ?? []
    const app = await token('--app', clientId as string)
    expect([app.code, app.stdout.trim().split('.').length]).toEqual([0, 3])
  })

  test.each([
    [['--as', 'secretary@999999000000009'], /There is no secretary@999999000000009/],
    [['--app', 'nobody'], /There is no nobody/],
    [['--what'], /Usage: npm run token/],
  ])('platform refuses %j in one sentence', async (args, sentence) => {
    const { code, stderr, stdout } = await token(...args)
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(sentence)])
  })
})

describe('npm run lag and npm run dead-letters', () => {
  test('platform shows what each service has yet to read', async () => {
    await quiet()
    const { code, stdout } = await command('lag', [], surroundings().root)
    expect(code).toBe(0)
    for (const group of [
      'dues.member-register\tmembers.events',
      'assessment.dues\tdues.events',
      'workflows.cases\tmembers.events',
    ])
      expect(stdout).toContain(`${group}\t0\n`)
  })

  test('platform lists what nobody could read, without its text, and sends it again', async () => {
    const letters = (...args: string[]) =>
      command('dead-letters', [...args, '--service', 'assessment'], surroundings().root)
    const kafka = createKafka('system-test', surroundings().kafkaBrokers.split(','), { warn: () => undefined })
    const producer = createProducer(kafka)
    await producer.connect()
    // Each group that reads the topic has a letter of its own; the one of dues is looked at.
    const ofDues = (stdout: string) => stdout.split('\n').filter(line => line.includes('\tassessment.dues\t'))
    const before = ofDues((await letters('list')).stdout).length
    await producer.send({ topic: 'dues.events', acks: -1, messages: [{ key: 'x', value: '欧阳不可读' }] })
    await producer.disconnect()
    const listed = async (wanted: number) =>
      until(
        async () => {
          const { stdout } = await letters('list')
          const found = ofDues(stdout)
          return found.length === before + wanted ? found : null
        },
        30_000,
        `${wanted} dead letters more`,
      )
    const first = await listed(1)
    expect(first[0]).toMatch(/assessment\.dues\tdues\.events\/\d@\d+\t-\twaiting\tthe message is not JSON/)
    expect(first.join('\n')).not.toContain('欧阳')
    const id = first[0]?.split('\t')[0] as string
    expect((await letters('replay', id)).stdout).toContain('replayed 1')
    // Still unreadable, it comes back as a letter of its own.
    const second = await listed(2)
    expect(second.find(line => line.startsWith(id))).toMatch(/\treplayed 20\d\d-/)
    expect((await letters('replay', id)).stdout).toContain('replayed 0')
  })
})
