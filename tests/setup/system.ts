import { existsSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { claimServer, findFreePort, readJson, removePostgresState } from '@linghang/devstack'
import { services } from '@linghang/migrations'
import { type Platform, startPlatform } from '../../deploy/local/src/platform.ts'
import type { Secrets } from '../../deploy/local/src/secrets.ts'
import { startControl } from '../system/control.ts'
import { isPublished, publishSurroundings } from '../system/surroundings.ts'

declare global {
  var endOfSystemRun: (() => Promise<void>) | undefined
}

const root = resolve(import.meta.dirname, '../..')
const folder = join(root, '.linghang/test')

/** What a run that was killed left behind: its processes are ended and its folder goes. A run that lives is respected. */
async function clearAfterKilledRuns(): Promise<void> {
  if (!existsSync(folder)) return
  for (const name of await readdir(folder)) {
    const pid = Number(/^system-(\d+)$/.exec(name)?.[1])
    if (!pid || existsSync(`/proc/${pid}`)) continue
    const stateDir = join(folder, name)
    for (const server of await readdir(stateDir)) {
      if (existsSync(join(stateDir, server, 'process.json'))) await claimServer(stateDir, server, 'SIGTERM')
    }
    await removePostgresState(stateDir)
    await rm(stateDir, { recursive: true, force: true })
  }
}

async function publish(platform: Platform, controlUrl: string): Promise<void> {
  const { stateDir, addresses } = platform
  const secrets = (await readJson(join(stateDir, 'secrets.json'))) as Secrets
  publishSurroundings({
    root,
    stateDir,
    gatewayUrl: platform.gatewayUrl,
    publicUrl: addresses.publicUrl,
    issuer: addresses.issuer,
    kafkaBrokers: addresses.kafkaBrokers,
    temporalAddress: addresses.temporalAddress,
    temporalNamespace: addresses.temporalNamespace,
    postgresUrl: platform.databaseUrl('org').replace(/\/org$/, ''),
    subgraphUrls: Object.fromEntries(services.map(name => [name, `http://127.0.0.1:${addresses.ports[name]}`])),
    controlUrl,
    temporalPayloadKeys: secrets.temporalPayloadKeys,
  })
}

/** The whole platform once for all files of the project, as `npm start -- --no-demo` starts it, in a folder of its own. */
export default (): Promise<void> => standPlatform({})

/** @param env more variables for our processes */
export async function standPlatform(env: Record<string, string>): Promise<void> {
  if (isPublished()) return
  await clearAfterKilledRuns()
  const stateDir = join(folder, `system-${process.pid}`)
  await mkdir(stateDir, { recursive: true })
  const control = await startControl(join(stateDir, 'spans.jsonl'))
  let platform: Platform | undefined
  globalThis.endOfSystemRun = async () => {
    await platform?.stop()
    await control.stop()
    await removePostgresState(stateDir)
    await rm(stateDir, { recursive: true, force: true })
  }
  try {
    platform = await startPlatform({
      stateDir,
      gatewayPort: await findFreePort(),
      // Compiled code outlives the run: loading their libraries is most of what our processes do while they start.
      env: {
        OTEL_EXPORTER_OTLP_ENDPOINT: control.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
        NODE_COMPILE_CACHE: join(folder, 'compile-cache'),
        // What is due is counted to the day: written ahead, the reminders of a day would be there in the hour before it.
        REMINDERS_AHEAD: '0',
        ...env,
      },
      report: () => undefined,
    })
    void platform.failed.then(fault => process.stderr.write(`${fault.message}\n`))
    control.watch(platform.processes)
    await publish(platform, control.url)
  } catch (error) {
    await globalThis.endOfSystemRun()
    throw error
  }
}
