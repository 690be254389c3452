import type { ServiceName } from '@linghang/migrations'
import { type ObjectStore, openStore, papersEnvironment } from '@linghang/papers'
import type { KeyRing } from '@linghang/sealing'
import { keyRing, readEnvironment } from '@linghang/subgraph/environment'
import { z } from 'zod'

/** A cell as the one who moves a county out of it or into it reaches it: past what any service may see. */
export type Cell = {
  databaseUrl(service: ServiceName): string
  ring: KeyRing
  papers: ObjectStore & { close?(): void }
}

const shape = {
  LINGHANG_DATABASE_URL: z.string().includes('{service}'),
  REGISTER_KEYS: keyRing,
  ...papersEnvironment,
}

/**
 * The cell that the environment names: where its databases, its master keys and its papers are.
 * @param prefix stands before the names of variables of the cell that the county moves into
 * @throws Error that names what is missing or wrong
 */
export function readCell(prefix: '' | 'TARGET_', env: NodeJS.ProcessEnv = process.env): Cell {
  const named = Object.entries(env).flatMap(([name, value]) =>
    name.startsWith(prefix) ? [[name.slice(prefix.length), value] as const] : [],
  )
  const read = readEnvironment(`npm run county:move (${prefix}*)`, shape, Object.fromEntries(named))
  return {
    databaseUrl: service => read.LINGHANG_DATABASE_URL.replace('{service}', service),
    ring: read.REGISTER_KEYS,
    papers: openStore(read.MATERIALS_STORE, () => ({
      accessKeyId: read.AWS_ACCESS_KEY_ID,
      secretAccessKey: read.AWS_SECRET_ACCESS_KEY,
    })),
  }
}
