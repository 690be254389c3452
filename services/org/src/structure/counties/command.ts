import { parseArgs } from 'node:util'
import { surroundings } from '@linghang/access'
import { createAdapter, createPool } from '@linghang/database'
import { PrismaClient } from '../../../prisma/client/client.ts'
import { readCommandEnvironment } from '../../env.ts'
import { createCounty } from './create-county.ts'

const { values } = parseArgs({
  options: {
    code: { type: 'string' },
    name: { type: 'string' },
    issuer: { type: 'string' },
    subject: { type: 'string' },
  },
})
const { code, name, issuer, subject } = values
if (!code || !name || !issuer || !subject) {
  console.error('用法 (usage): --code 330302 --name 鹿城区 --issuer <iss> --subject <sub of the first administrator>')
  process.exit(2)
}
const pool = createPool(readCommandEnvironment().DATABASE_URL, { max: 2, applicationName: 'create-county' })
const prisma = new PrismaClient({ adapter: createAdapter(pool), errorFormat: 'minimal' })
console.log(await createCounty(prisma, { code, name, adminIssuer: issuer, adminSubject: subject }, surroundings.now()))
await prisma.$disconnect()
await pool.end()
