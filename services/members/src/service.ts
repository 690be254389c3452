import { shanghaiDay } from '@linghang/access'
import { createAdapter } from '@linghang/database'
import { createLinks, openStore, startSweeping } from '@linghang/papers'
import { startImportWorker } from '@linghang/rosters/imports'
import { createSealing } from '@linghang/sealing'
import { askedRoom, auditRoom, keepAsked, type Plan, type Replaced, standUp } from '@linghang/subgraph'
import { PrismaClient } from '../prisma/client/client.ts'
import { forms as handedIn } from './asked/forms.ts'
import { cases } from './development/cases/room.ts'
import { documents } from './development/documents/room.ts'
import { forms } from './development/forms/room.ts'
import { materials } from './development/materials/room.ts'
import { materialStore } from './development/materials/store.ts'
import { notices } from './development/notices/room.ts'
import { policies } from './development/policies/room.ts'
import { registration } from './development/registration/room.ts'
import type { ServerEnvironment } from './env.ts'
import { holders } from './register/holders/room.ts'
import { createMemberRoster } from './register/imports/member-roster.ts'
import { memberImports } from './register/imports/room.ts'
import { people } from './register/people/room.ts'
import { statistics } from './register/statistics/room.ts'
import type { Own, Tx } from './work.ts'

const schemaFile = new URL('../schema.graphql', import.meta.url)

/** The members service: its rooms, and what they stand on. */
export const plan = (env: ServerEnvironment, replaced: Replaced = {}): Plan<Tx, PrismaClient, Own> => ({
  ...{ name: 'members', env, replaced },
  schemaFile,
  createPrisma: pool => new PrismaClient({ adapter: createAdapter(pool), errorFormat: 'minimal' }),
  build({ transact, asService, now, log }) {
    const sealing = createSealing(transact, () => env.REGISTER_KEYS)
    const papers = openStore(env.MATERIALS_STORE, () => ({
      accessKeyId: env.AWS_ACCESS_KEY_ID,
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
    }))
    const links = createLinks(() => env.CURSOR_KEY)
    const begun = {
      orphans: (before: Date, limit: number) => asService(tx => materialStore.orphans(tx, before, limit)),
      forget: (key: string) => asService(tx => materialStore.forgetObject(tx, key)),
      abandon: (before: Date, limit: number) => asService(tx => materialStore.abandon(tx, before, limit)),
    }
    const today = () => shanghaiDay(now())
    const roster = createMemberRoster({ transact, sealing, today })
    return {
      ownOf: async ({ countyId }) => ({ seal: await sealing.opened(countyId), papers, links }),
      rooms: [
        people,
        holders,
        statistics,
        memberImports,
        policies,
        forms,
        cases,
        registration,
        notices,
        materials,
        documents,
        askedRoom('members', handedIn, schemaFile),
        auditRoom('members'),
      ],
      beside: perform => ({
        asked: keepAsked('members', handedIn, schemaFile, { asService, perform, log }),
        papers: { stop: async () => papers.close?.() },
        sweeping: startSweeping({ papers, begun, now }, log),
        imports: startImportWorker({ roster, transact, asService, sealing, today, log }),
      }),
    }
  },
})

/** The same, standing. */
export const start = (env: ServerEnvironment, replaced: Replaced = {}) => standUp(plan(env, replaced))
