import { createAdapter, createPool } from '@linghang/database'
import { PrismaClient } from '../prisma/client/client.ts'
import { createCounty, type NewCounty } from '../src/structure/counties/create-county.ts'

/** Registers a county as an operator does, past GraphQL. @returns its id */
export async function registerCounty(databaseUrl: string, county: NewCounty): Promise<string> {
  const pool = createPool(databaseUrl, { max: 2, applicationName: 'register-county' })
  const prisma = new PrismaClient({ adapter: createAdapter(pool), errorFormat: 'minimal' })
  try {
    return await createCounty(prisma, county, new Date())
  } finally {
    await prisma.$disconnect()
    await pool.end()
  }
}
