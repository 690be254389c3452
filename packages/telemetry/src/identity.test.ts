import { expect, test } from '@jest/globals'
import { identityOf } from './identity.ts'
import { createLog } from './log.ts'
import { startTelemetry } from './start.ts'

const told = { LINGHANG_VERSION: '9.8.7', LINGHANG_COMMIT: 'c0ffee', INSTANCE_ID: 'linghang-org-0' }

test('platform each line of a log says which build wrote it, and which instance', () => {
  const lines: string[] = []
  createLog(identityOf('org', '0.1.0', told), 'info', { write: line => void lines.push(line) }).info({}, 'ready')
  expect(lines.map(line => JSON.parse(line))).toEqual([
    expect.objectContaining({ service: 'org', version: '9.8.7', commit: 'c0ffee', instance: 'linghang-org-0' }),
  ])
})

test('platform a process that is told nothing has the version of its checkout, and an instance of its own', () => {
  const [one, other] = [identityOf('org', '0.1.0', {}), identityOf('org', '0.1.0', {})]
  expect(one).toMatchObject({ service: 'org', version: '0.1.0', commit: 'unknown' })
  expect(one.instance).not.toBe(other.instance)
})

test('platform metrics and the resource of spans say which build they are of, and which instance', async () => {
  const telemetry = startTelemetry({ identity: identityOf('org', '0.1.0', told), env: {} })
  try {
    const text = await telemetry.metricsText()
    expect(text).toMatch(/^linghang_build_info\{version="9.8.7",commit="c0ffee",instance="linghang-org-0"\} 1$/m)
    const target = /^target_info\{(.*)\} 1$/m.exec(text)?.[1]
    for (const label of [
      'service_name="org"',
      'service_version="9.8.7"',
      'service_instance_id="linghang-org-0"',
      'vcs_ref_head_revision="c0ffee"',
    ])
      expect(target).toContain(label)
    expect(telemetry.resource.attributes).toMatchObject({
      'service.version': '9.8.7',
      'service.instance.id': 'linghang-org-0',
      'vcs.ref.head.revision': 'c0ffee',
    })
  } finally {
    await telemetry.stop()
  }
})
