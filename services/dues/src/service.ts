import { supervision as realSupervision } from '@linghang/access'
import { keepOrgTree } from '@linghang/events'
import { dateScalar, fenScalar, standUp } from '@linghang/subgraph'
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '../prisma/client/client.ts'
import type { Tx } from './deps.ts'
import type { ServerEnvironment } from './env.ts'
import { openRecords } from './reactions/open-records.ts'
import { readRecords } from './records/read-records.ts'
import { type Context, createContext, recordResolvers } from './records/resolvers.ts'

/** The dues service, standing. Tests may give it another supervision, to see what row-level security does alone. */
export const start = (env: ServerEnvironment, supervision = realSupervision) =>
  standUp<Context, Tx, PrismaClient>({
    name: 'dues',
    env,
    schemaFile: new URL('../schema.graphql', import.meta.url),
    createPrisma: pool => new PrismaClient({ adapter: new PrismaPg(pool), errorFormat: 'minimal' }),
    build: ({ transact }) => ({
      resolvers: [{ Date: dateScalar, Fen: fenScalar }, recordResolvers],
      createContext: createContext(readRecords({ transact, supervision })),
      reactions: [
        { group: 'dues.org-tree', topics: ['org.events'], reactions: [keepOrgTree] },
        { group: 'dues.member-register', topics: ['members.events'], reactions: [openRecords] },
      ],
    }),
  })
