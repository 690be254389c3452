import { createAdapter, createPool } from '@linghang/database'
import { PrismaClient } from '../prisma/client/client.ts'
import { createCity, type NewCity } from '../src/structure/cities/create-city.ts'

/** Registers a city as an operator does, past GraphQL. @returns its id */
export async function registerCity(databaseUrl: string, city: NewCity): Promise<string> {
  const pool = createPool(databaseUrl, { max: 2, applicationName: 'register-city' })
  const prisma = new PrismaClient({ adapter: createAdapter(pool), errorFormat: 'minimal' })
  try {
    return await createCity(prisma, city, new Date())
  } finally {
    await prisma.$disconnect()
    await pool.end()
  }
}
