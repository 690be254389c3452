import { join } from 'node:path'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { shanghaiDay } from '@linghang/access'
import { runCommand } from '@linghang/devstack'
import { exampleDir, generateExample } from '@linghang/harness/example'
import { applicant, membersCsv } from '@linghang/harness/people'
import { addDays } from '@linghang/rulebook'
import { type County, importSound, newApp, newCounty, orgCode, seedOrganisations, smallTree } from './county.ts'
import { quiet } from './look.ts'
import { surroundings } from './surroundings.ts'

jest.setTimeout(180_000)

const today = shanghaiDay(new Date())
const appliedOn = addDays(today, -60)
let county: County
let root: string
const at = (n: number) => orgCode(county, n)

beforeAll(async () => {
  county = await newCounty()
  root = (await seedOrganisations(county, smallTree(county)))[at(1)] as string
  const late = [3, 3, 3, 4].map((n, i) => ({
    ...applicant(county.code, at(n), appliedOn),
    姓名: `迟谈${'甲乙丙丁'[i]}`,
  }))
  await importSound(county.admin, 'Member', membersCsv([...late, applicant(county.code, at(6), today)]))
  await quiet()
  await generateExample()
}, 180_000)

/** The example as its `npm start` runs it, with this token. */
const runExample = (token: string) =>
  runCommand(process.execPath, ['--disable-warning=ExperimentalWarning', join(exampleDir, 'src/overdue.ts')], {
    cwd: exampleDir,
    env: { LINGHANG_ENDPOINT: surroundings().gatewayUrl, LINGHANG_TOKEN: token },
    timeoutMs: 60_000,
  })

describe('S0-13 the example for app developers', () => {
  test('S0-13 tells a county’s administrator and an app which branches are overdue, the worst first, with what', async () => {
    const app = await newApp(county, root, ['workflows:read', 'members:read', 'org:read'])
    for (const { token } of [county.admin, app]) {
      const { code, stdout } = await runExample(token)
      expect(code).toBe(0)
      const lines = stdout.trimEnd().split('\n')
      const [first, second] = [
        lines.findIndex(line => line.startsWith(at(3))),
        lines.findIndex(line => line.startsWith(at(4))),
      ]
      expect([lines[first], lines[second]].map(line => line?.split(': ')[1])).toEqual(['3', '1'])
      expect(first).toBeLessThan(second)
      expect(
        lines
          .slice(first + 1, second)
          .map(line => line.replace(/^ +\S+ /, ''))
          .sort(),
      ).toEqual(['APPLICANT_TALK 迟谈丙', 'APPLICANT_TALK 迟谈乙', 'APPLICANT_TALK 迟谈甲'])
      expect(stdout).not.toContain(at(6))
    }
  })

  test('S0-13 says what an app may not that lacks a scope, and what a stranger lacks', async () => {
    const app = await newApp(county, root, ['org:read'])
    const refused = await runExample(app.token)
    expect([refused.code === 0, refused.stderr]).toEqual([false, expect.stringContaining('SCOPE_MISSING')])
    expect((await runExample('nobody')).stderr).toContain('UNAUTHENTICATED')
  })
})
