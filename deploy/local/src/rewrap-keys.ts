import { resolve } from 'node:path'
import { stackFault } from '@linghang/devstack'
import { checkCountyKeys, type KeyRing, rewrapCountyKeys } from '@linghang/sealing'
import { readCommandLine, runCommand } from './command-line.ts'
import { defaultStateDir, readOperated, readRegisterKeys } from './env.ts'
import { findCounty, findOperated, type Operated, withService } from './operate.ts'
import { loadSecrets } from './secrets.ts'

const usage = {
  zh: '用法：npm run keys:rewrap -- [--check] [--service org|members|dues] [--county 区划代码] [--state-dir 目录]；主密钥取自 REGISTER_KEYS 或 REGISTER_KEYS_FILE，本机平台取自其 secrets.json；有未用当前主密钥加密的即以 1 结束',
  en: 'Usage: npm run keys:rewrap -- [--check] [--service org|members|dues] [--county code] [--state-dir folder]; master keys from REGISTER_KEYS or REGISTER_KEYS_FILE, for the platform of this checkout from its secrets.json; ends with 1 when any key is not wrapped by the current one',
}

// Those of the services that seal. Each has keys of its own for a county, though the master keys may be the same.
const sealing = ['org', 'members', 'dues'] as const
type Sealing = (typeof sealing)[number]
const seals = (name: string): name is Sealing => (sealing as readonly string[]).includes(name)

function readArguments() {
  const { values } = readCommandLine(usage, {
    check: { type: 'boolean', default: false },
    service: { type: 'string' },
    county: { type: 'string' },
    'state-dir': { type: 'string', default: defaultStateDir },
  })
  const { service, county = null, check } = values
  if (service !== undefined && !seals(service)) throw stackFault('WRONG_ARGUMENTS', usage)
  return {
    services: service === undefined ? sealing : [service],
    county,
    check,
    stateDir: resolve(values['state-dir']),
  }
}

async function findRing(stateDir: string): Promise<KeyRing> {
  const given = readRegisterKeys()
  if (given) return given
  // The keys of this checkout's own platform open nothing elsewhere.
  if (readOperated() !== undefined) throw stackFault('WRONG_ARGUMENTS', usage)
  return (await loadSecrets(stateDir)).registerKeys
}

/** @returns whether the current master key wraps everything, and the ring opens it */
async function look(operated: Operated, service: Sealing, ring: KeyRing, countyId: string | null): Promise<boolean> {
  const { wrappedBy, unopened } = await withService(operated, service, asService =>
    checkCountyKeys(asService, ring, { countyId }),
  )
  console.log(`${service}: 当前主密钥 current ${ring.current}: ${wrappedBy.get(ring.current) ?? 0} 个县 counties`)
  const others = [...wrappedBy].filter(([id]) => id !== ring.current)
  for (const [id, counties] of others) console.error(`${service}: 仍由旧主密钥加密 still wrapped by ${id}: ${counties}`)
  for (const id of unopened) console.error(`${service}: 主密钥打不开 no master key given opens the key of county ${id}`)
  return others.length === 0 && unopened.length === 0
}

/** Wraps each county's key with the current master key, service by service, and then looks whether any other is left. */
await runCommand(async () => {
  const { services, county, check, stateDir } = readArguments()
  const ring = await findRing(stateDir)
  const operated = await findOperated(stateDir)
  const countyId = county === null ? null : await findCounty(operated, county, usage)
  for (const service of services) {
    if (!check) {
      const { rewrapped } = await withService(operated, service, asService =>
        rewrapCountyKeys(asService, ring, { countyId }),
      )
      console.log(`${service}: 重新加密 wrapped anew: ${rewrapped}`)
    }
    if (!(await look(operated, service, ring, countyId))) process.exitCode = 1
  }
})
