import { surroundings } from '@linghang/access'
import { createAdapter } from '@linghang/database'
import { createSealing } from '@linghang/sealing'
import { type Replaced, standUp } from '@linghang/subgraph'
import { PrismaClient } from '../prisma/client/client.ts'
import { fixings } from './billing/fixings/room.ts'
import { records } from './billing/records/room.ts'
import { settings } from './billing/settings/room.ts'
import type { ServerEnvironment } from './env.ts'
import { accounts } from './ledger/accounts/room.ts'
import { holds } from './ledger/holds/room.ts'
import { journals } from './ledger/journals/room.ts'
import type { Own, Tx } from './work.ts'

/** Everything here is books of dues: accountant and cashier see it as those do who see the organisation. */
const { supervision } = surroundings
const books = { ...supervision, seen: supervision.seenBooks }

/** The dues service, standing. */
export const start = (env: ServerEnvironment, replaced: Replaced = {}) =>
  standUp<Tx, PrismaClient, Own>({
    ...{ name: 'dues', env, replaced: { supervision: books, ...replaced } },
    schemaFile: new URL('../schema.graphql', import.meta.url),
    createPrisma: pool => new PrismaClient({ adapter: createAdapter(pool), errorFormat: 'minimal' }),
    build({ transact }) {
      const sealing = createSealing(transact, env.REGISTER_KEYS)
      return {
        ownOf: async ({ countyId }) => ({ seal: await sealing.opened(countyId) }),
        rooms: [accounts, journals, holds, settings, records, fixings],
      }
    },
  })
