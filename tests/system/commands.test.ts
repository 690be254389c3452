import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { runCommand } from '@linghang/devstack'
import { shanghaiDay } from '@linghang/subgraph'
import { memberFaults } from '../rosters/faults.ts'
import { writeRoster } from '../rosters/generate-roster.ts'
import { createCaller } from './api.ts'
import { type County, newApp, newCounty, orgCode } from './county.ts'
import { inFolder } from './expectation.ts'
import { look } from './look.ts'
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
    { cwd, timeoutMs: 120_000 },
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

describe('npm run import', () => {
  const faults = { checksum: 2, duplicate: 1, nobranch: 1, minor: 1, 'fmt-cn': 2, fullwidth: 1 }
  const wrong = 5

  test('platform previews, takes over what is right, and leaves a second time unchanged', async () => {
    await inFolder(async folder => {
      const planted = await roster(folder, county, faults)
      expect(planted.filter(({ kind }) => memberFaults[kind as keyof typeof memberFaults] !== null)).toHaveLength(wrong)

      const organisationsOnly = await importIn(folder, ['--organisations', 'organisations.csv'])
      expect([organisationsOnly.code, organisationsOnly.stderr]).toEqual([0, ''])
      const preview = await importIn(folder, ['--members', 'members.csv', '--preview'])
      expect([preview.code, preview.stderr]).toEqual([0, ''])
      expect(preview.stdout).toContain(`PREVIEWED ${people} rows`)
      expect(preview.stdout).toContain(`errors ${wrong}`)
      expect(await registered()).toBe(0)

      const findings = await readFile(join(folder, 'members.findings.csv'), 'utf8')
      for (const { kind, line } of planted) {
        const code = memberFaults[kind as keyof typeof memberFaults]
        if (code)
          expect(findings.split('\n').filter(row => row.startsWith(`${line},`) && row.includes(code))).toHaveLength(1)
      }

      const refused = await importIn(folder, ['--members', 'members.csv', '--mode', 'all-or-none'])
      expect(refused.code).toBe(1)
      expect(refused.stdout).toContain('FAILED')
      expect(await registered()).toBe(0)

      const taken = await importIn(folder, ['organisations.csv', 'members.csv'])
      expect([taken.code, taken.stderr]).toEqual([0, ''])
      expect(taken.stdout).toContain(`added ${people - wrong},`)
      expect(await registered()).toBe(people - wrong)

      const again = await importIn(folder, ['organisations.csv', 'members.csv'])
      expect(again.code).toBe(0)
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
