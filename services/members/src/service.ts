import { shanghaiDay } from '@linghang/access'
import { startImportWorker } from '@linghang/rosters'
import { createSealing } from '@linghang/sealing'
import { auditRoom, type Replaced, standUp } from '@linghang/subgraph'
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '../prisma/client/client.ts'
import { cases } from './development/room.ts'
import { documents } from './documents/room.ts'
import type { ServerEnvironment } from './env.ts'
import { createMemberRoster } from './imports/member-roster.ts'
import { memberImports } from './imports/room.ts'
import { materials } from './materials/room.ts'
import { startSweeping } from './materials/sweep-orphans.ts'
import { notices } from './notices/room.ts'
import { createLinks } from './papers/links.ts'
import { openStore } from './papers/open-store.ts'
import { people } from './people/room.ts'
import { policies } from './policies/room.ts'
import { registration } from './registration/room.ts'
import type { Own, Tx } from './work.ts'

/** The members service, standing. */
export const start = (env: ServerEnvironment, replaced: Replaced = {}) =>
  standUp<Tx, PrismaClient, Own>({
    ...{ name: 'members', env, replaced },
    schemaFile: new URL('../schema.graphql', import.meta.url),
    createPrisma: pool => new PrismaClient({ adapter: new PrismaPg(pool), errorFormat: 'minimal' }),
    build({ transact, asService, now, log }) {
      const sealing = createSealing(transact, env.REGISTER_KEYS)
      const papers = openStore(env.MATERIALS_STORE, {
        accessKeyId: env.AWS_ACCESS_KEY_ID,
        secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
      })
      const today = () => shanghaiDay(now())
      const roster = createMemberRoster({ transact, sealing, today })
      return {
        own: { sealing, papers, links: createLinks(env.CURSOR_KEY) },
        rooms: [
          people,
          memberImports,
          policies,
          cases,
          registration,
          notices,
          materials,
          documents,
          auditRoom('members'),
        ],
        beside: () => ({
          papers: { stop: async () => papers.close?.() },
          sweeping: startSweeping({ asService, papers, now }, log),
          imports: startImportWorker({ roster, transact, asService, sealing, today, log }),
        }),
      }
    },
  })
