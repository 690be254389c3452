import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { findFreePort } from '@linghang/devstack'
import { choosePorts } from './processes.ts'

test('platform no two processes are given one port, whatever was remembered of the last time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'linghang-ports-'))
  try {
    const [gateway, same] = [await findFreePort(), await findFreePort()]
    await writeFile(join(folder, 'ports.json'), JSON.stringify({ org: same, members: same, dues: gateway }))
    const ports = await choosePorts(folder, gateway)
    const chosen = Object.values(ports)
    expect(new Set(chosen).size).toBe(chosen.length)
    expect(ports.gateway).toBe(gateway)
    expect(chosen).toContain(same)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
