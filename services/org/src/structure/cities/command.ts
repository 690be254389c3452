import { parseArgs } from 'node:util'
import { surroundings } from '@linghang/access'
import { createAdapter, createPool } from '@linghang/database'
import { DomainError } from '@linghang/subgraph'
import { PrismaClient } from '../../../prisma/client/client.ts'
import { readCommandEnvironment } from '../../env.ts'
import { createCity } from './create-city.ts'
import { leaveCity } from './leave-city.ts'

const { values } = parseArgs({
  options: {
    code: { type: 'string' },
    name: { type: 'string' },
    office: { type: 'string' },
    issuer: { type: 'string' },
    subject: { type: 'string' },
    county: { type: 'string', multiple: true },
    release: { type: 'string', multiple: true },
    'end-office': { type: 'boolean' },
  },
})
const { code, name, office, issuer, subject, county: counties = [], release = [], 'end-office': ends = false } = values
const login = issuer && subject ? { issuer, subject } : null
/** Something is opened, or something is ended: never both by one call. */
const leaves = ends || release.length > 0
const isSound = leaves
  ? !office && !name && counties.length === 0 && (login !== null) === ends
  : Boolean(name) && Boolean(office) === Boolean(issuer) && Boolean(issuer) === Boolean(subject)
if (!code || !isSound) {
  console.error(
    `用法 (usage): --code 330300 --name 温州市 [--office 市委组织部 --issuer <iss> --subject <sub of whoever reads>] [--county 330302 --county 330303 ...]
移出、终止 (to end): --code 330300 [--release 330302 --release 330303 ...] [--end-office --issuer <iss> --subject <sub>]`,
  )
  process.exit(2)
}
const pool = createPool(readCommandEnvironment().DATABASE_URL, { max: 2, applicationName: 'create-city' })
const prisma = new PrismaClient({ adapter: createAdapter(pool), errorFormat: 'minimal' })
try {
  console.log(
    leaves
      ? await leaveCity(prisma, { code, office: login, counties: release }, surroundings.now())
      : await createCity(
          prisma,
          { code, name: name ?? '', office: office && login ? { name: office, ...login } : null, counties },
          surroundings.now(),
        ),
  )
} catch (error) {
  if (!(error instanceof DomainError)) throw error
  console.error(`${error.texts.zh}\n${error.texts.en}`)
  process.exitCode = 1
} finally {
  await prisma.$disconnect()
  await pool.end()
}
