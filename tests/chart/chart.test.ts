import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { runCommand } from '@linghang/devstack'
import { goldenFolder, goldenOf } from '../write-golden.ts'
import { definitions } from './definitions.ts'
import { createJudge } from './judge-objects.ts'
import { profiles } from './profiles.ts'
import { helmProgram } from './programs.ts'
import { chart, least, objectsOf, template } from './render.ts'

let judge: ReturnType<typeof createJudge>
beforeAll(async () => {
  judge = createJudge(await definitions())
})

const filesOf = (folder: string, ending: string): string[] =>
  existsSync(join(chart, folder)) ? readdirSync(join(chart, folder)).filter(name => name.endsWith(ending)) : []

describe('the chart as Helm sees it', () => {
  test('platform helm lint --strict has nothing against it', async () => {
    const { code, stdout } = await runCommand(
      await helmProgram(4),
      [
        'lint',
        '--strict',
        chart,
        '--set',
        'publicUrl=https://party.example.cn,oidc.issuer=https://id.example.cn,temporal.address=t:7233,secrets.existingSecret=linghang,materials.existingClaim=papers',
        '--set',
        'kafka.brokers={k:9093}',
      ],
      { timeoutMs: 60_000 },
    )
    expect(stdout).toContain('1 chart(s) linted, 0 chart(s) failed')
    expect(code).toBe(0)
  })

  test('platform Helm 3 and Helm 4 make the same objects of it', async () => {
    const [three, four] = await Promise.all(
      [3, 4].map(helm => objectsOf({ ...profiles['argo-in-one']!, helm: helm as 3 | 4 })),
    )
    expect(three).toEqual(four)
    expect(four?.length).toBeGreaterThan(20)
  })

  test.each(Object.keys(profiles))('platform every object of %s is what its kind may be, to the letter', async name => {
    const objects = await objectsOf(profiles[name]!)
    expect(objects.flatMap(judge)).toEqual([])
    const names = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)
    expect(names.filter((each, index) => names.indexOf(each) !== index)).toEqual([])
  })

  test.each(Object.keys(profiles))('platform the render of %s is the one that is kept', async name => {
    const kept = readFileSync(`${goldenFolder}${name}.yaml`, 'utf8')
    if ((await goldenOf(name)) !== kept)
      throw new Error(
        `tests/chart/golden/${name}.yaml is not what the chart makes now: run \`npm run chart:golden\`, read the difference and commit it (渲染结果已变)`,
      )
  })

  test('platform whatever rules and dashboards there are become objects, each to the letter', async () => {
    const monitoring = { scrape: { by: 'podMonitor' }, rules: { enabled: true }, dashboards: { enabled: true } }
    const objects = await objectsOf({ values: { ...least, monitoring } })
    expect(objects.flatMap(judge)).toEqual([])
    const named = (kind: string) => objects.filter(object => object.kind === kind).length
    expect(named('PrometheusRule')).toBe(filesOf('files/rules', '.yaml').length)
    expect(named('ConfigMap')).toBe(filesOf('files/dashboards', '.json').length)
    expect(JSON.stringify(objects)).not.toContain('%RUNBOOKS%')
  })

  test('platform a field that no kind has, and a kind that nobody has defined, are found', async () => {
    const [deployment] = (await objectsOf({ values: least })).filter(({ kind }) => kind === 'Deployment')
    const wrong = { ...deployment!, spec: { ...deployment!.spec, replica: 3 } }
    expect(judge(wrong)).toEqual([expect.stringContaining('"additionalProperty":"replica"')])
    expect(judge({ ...deployment!, kind: 'Deploymint' })).toEqual([expect.stringContaining('nobody has defined')])
  })

  test('platform a value that nobody has described is refused', async () => {
    const { code, stderr } = await template({ values: { ...least, gatewy: {} } })
    expect([code, stderr]).toEqual([1, expect.stringContaining('gatewy')])
  })
})
