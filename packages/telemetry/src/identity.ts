import { randomUUID } from 'node:crypto'

/** What a process is, said in each of its signals: which program, which build of it, which of its instances. */
export type Identity = { service: string; version: string; commit: string; instance: string }

/**
 * @param version of the checkout, where the environment does not tell
 */
export const identityOf = (
  service: string,
  version: string,
  env: {
    LINGHANG_VERSION?: string | undefined
    LINGHANG_COMMIT?: string | undefined
    INSTANCE_ID?: string | undefined
  },
): Identity => ({
  service,
  version: env.LINGHANG_VERSION ?? version,
  commit: env.LINGHANG_COMMIT ?? 'unknown',
  instance: env.INSTANCE_ID ?? randomUUID(),
})
