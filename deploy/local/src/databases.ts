import { join } from 'node:path'
import { generateClient, type PostgresServer, stackFault } from '@linghang/devstack'
import { isMigrationFault, migrateServices, serviceDir, services } from '@linghang/migrations'
import { makeContractTypes } from '@linghang/subgraph/contract-types'
import { repositoryDir } from './env.ts'

/** Generates the Prisma clients, the types of tables and those of the contracts that are missing or out of date. */
export const generateClients = async (report: (detail: string) => void): Promise<void> => {
  const ofPackages = async () => {
    if (await generateClient(join(repositoryDir, 'packages/database')))
      report('types of the tables that services share generated')
  }
  await Promise.all([
    makeContractTypes(repositoryDir, report),
    ofPackages(),
    ...services.map(async service => {
      if (await generateClient(serviceDir(service))) report(`${service}: client generated`)
    }),
  ])
}

/**
 * Brings the services' databases up to date and gives the login role its password.
 *
 * @throws StackFault MIGRATION_FAILED
 */
export const migrateAll = async (
  postgres: PostgresServer,
  loginPassword: string,
  report: (detail: string) => void,
): Promise<void> => {
  const { superuserUrl } = postgres
  const migrated = await migrateServices({ superuserUrl, loginPassword }).catch((fault: unknown) => {
    throw isMigrationFault(fault) ? stackFault('MIGRATION_FAILED', { zh: fault.zh, en: fault.en }, fault) : fault
  })
  for (const [service, applied] of migrated) {
    if (applied.length > 0) report(`${service}: ${applied.length} migrations applied`)
  }
}
