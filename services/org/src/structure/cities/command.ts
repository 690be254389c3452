import { parseArgs } from 'node:util'
import { surroundings } from '@linghang/access'
import { createAdapter, createPool } from '@linghang/database'
import { DomainError } from '@linghang/subgraph'
import { PrismaClient } from '../../../prisma/client/client.ts'
import { readCommandEnvironment } from '../../env.ts'
import { createCity } from './create-city.ts'

const { values } = parseArgs({
  options: {
    code: { type: 'string' },
    name: { type: 'string' },
    office: { type: 'string' },
    issuer: { type: 'string' },
    subject: { type: 'string' },
    county: { type: 'string', multiple: true },
  },
})
const { code, name, office, issuer, subject, county: counties = [] } = values
const login = [office, issuer, subject].filter(Boolean).length
if (!code || !name || (login !== 0 && login !== 3)) {
  console.error(
    '用法 (usage): --code 330300 --name 温州市 [--office 市委组织部 --issuer <iss> --subject <sub of whoever reads>] [--county 330302 --county 330303 ...]',
  )
  process.exit(2)
}
const pool = createPool(readCommandEnvironment().DATABASE_URL, { max: 2, applicationName: 'create-city' })
const prisma = new PrismaClient({ adapter: createAdapter(pool), errorFormat: 'minimal' })
const named = office && issuer && subject ? { name: office, issuer, subject } : null
try {
  console.log(await createCity(prisma, { code, name, office: named, counties }, surroundings.now()))
} catch (error) {
  if (!(error instanceof DomainError)) throw error
  console.error(`${error.texts.zh}\n${error.texts.en}`)
  process.exitCode = 1
} finally {
  await prisma.$disconnect()
  await pool.end()
}
