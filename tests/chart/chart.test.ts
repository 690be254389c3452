import { beforeAll, describe, expect, test } from '@jest/globals'
import { runCommand } from '@linghang/devstack'
import { definitions } from './definitions.ts'
import { createJudge } from './judge-objects.ts'
import { helmProgram } from './programs.ts'
import { chart, least, objectsOf, template } from './render.ts'

let judge: ReturnType<typeof createJudge>
beforeAll(async () => {
  judge = createJudge(await definitions())
})

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
    const [three, four] = await Promise.all([3, 4].map(helm => objectsOf({ values: least, helm: helm as 3 | 4 })))
    expect(three).toEqual(four)
    expect(four?.length).toBeGreaterThan(20)
  })

  test('platform every object is what its kind may be, to the letter', async () => {
    const objects = await objectsOf({ values: least })
    expect(objects.flatMap(judge)).toEqual([])
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
