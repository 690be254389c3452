import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runCommand } from '@linghang/devstack'
import { migrateServices } from '@linghang/migrations'
import type { Platform } from '../../deploy/local/src/platform.ts'
import { loadSecrets } from '../../deploy/local/src/secrets.ts'

/**
 * Moves a county from a platform into the databases of another cell beside it.
 * @returns what the command has said, and for how long the county stood still
 */
export async function moveOn(platform: Platform, root: string, code: string): Promise<{ said: string; ms: number }> {
  const { loginPassword, registerKeys } = await loadSecrets(platform.stateDir)
  const superuserUrl = platform.databaseUrl('org').replace(/\/org$/, '/postgres')
  await migrateServices({ superuserUrl, loginPassword, nameOf: service => `${service}_other` })
  const materials = (folder: string) => pathToFileURL(join(platform.stateDir, folder)).href
  const begunAt = performance.now()
  const {
    code: ended,
    stdout,
    stderr,
  } = await runCommand(
    process.execPath,
    ['deploy/local/run.mjs', 'deploy/local/src/county-move.ts', '--county', code],
    {
      cwd: root,
      timeoutMs: 30 * 60_000,
      env: {
        ...process.env,
        LINGHANG_KAFKA_BROKERS: platform.addresses.kafkaBrokers,
        LINGHANG_DATABASE_URL: superuserUrl.replace(/\/postgres$/, '/{service}'),
        REGISTER_KEYS: JSON.stringify(registerKeys),
        MATERIALS_STORE: materials('materials'),
        TEMPORAL_ADDRESS: platform.addresses.temporalAddress,
        TEMPORAL_NAMESPACE: platform.addresses.temporalNamespace,
        TARGET_LINGHANG_DATABASE_URL: superuserUrl.replace(/\/postgres$/, '/{service}_other'),
        TARGET_REGISTER_KEYS: JSON.stringify({
          ...{ current: 'other', keys: { other: randomBytes(32).toString('base64') } },
        }),
        TARGET_MATERIALS_STORE: materials('materials-other'),
      },
    },
  )
  if (ended !== 0) throw new Error(`the county did not move: ${stderr}`)
  return { said: stdout, ms: performance.now() - begunAt }
}
