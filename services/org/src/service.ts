import { shanghaiDay } from '@linghang/access'
import { createAdapter } from '@linghang/database'
import { importRoom, startImportWorker } from '@linghang/rosters'
import { createSealing } from '@linghang/sealing'
import { type Plan, type Replaced, standUp } from '@linghang/subgraph'
import { PrismaClient } from '../prisma/client/client.ts'
import { accounts } from './accounts/room.ts'
import { audit } from './audit/room.ts'
import { counties } from './counties/room.ts'
import type { ServerEnvironment } from './env.ts'
import { grantsRoom } from './grants/room.ts'
import { createOrganisationRoster } from './imports/organisation-roster.ts'
import { meetings } from './meetings/room.ts'
import { withNodes } from './nodes/room.ts'
import { offices } from './offices/room.ts'
import { organisationById } from './organisations/read-organisations.ts'
import { organisations } from './organisations/room.ts'
import { people } from './people/room.ts'
import type { Own, Tx, Work } from './work.ts'

/** The org service: its rooms, and what they stand on. */
export const plan = (env: ServerEnvironment, replaced: Replaced = {}): Plan<Tx, PrismaClient, Own> => ({
  ...{ name: 'org', env, replaced },
  schemaFile: new URL('../schema.graphql', import.meta.url),
  createPrisma: pool => new PrismaClient({ adapter: createAdapter(pool), errorFormat: 'minimal' }),
  build({ transact, asService, now, newId, log }) {
    const sealing = createSealing(transact, () => env.REGISTER_KEYS)
    const imports = importRoom<Work>({ type: 'OrganisationImport', service: 'org', subject: organisationById })
    const roster = createOrganisationRoster(transact, newId)
    const today = () => shanghaiDay(now())
    return {
      ownOf: async ({ countyId }) => ({ seal: await sealing.opened(countyId) }),
      rooms: [
        ...withNodes(
          counties,
          people,
          organisations,
          accounts,
          offices,
          grantsRoom(asService, now),
          imports,
          meetings,
          audit,
        ),
      ],
      beside: () => ({ imports: startImportWorker({ roster, transact, asService, sealing, today, log }) }),
    }
  },
})

/** The same, standing. */
export const start = (env: ServerEnvironment, replaced: Replaced = {}) => standUp(plan(env, replaced))
