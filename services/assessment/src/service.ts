import { supervision as realSupervision } from '@linghang/access'
import { keepOrgTree } from '@linghang/events'
import { standUp } from '@linghang/subgraph'
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '../prisma/client/client.ts'
import type { Tx } from './deps.ts'
import type { ServerEnvironment } from './env.ts'
import { type Context, createContext, indicatorResolvers } from './indicators/resolvers.ts'
import { countDues, countPeople } from './reactions/count-people.ts'

/** The assessment service, standing. Tests may give it another supervision, to see what row-level security does alone. */
export const start = (env: ServerEnvironment, supervision = realSupervision) =>
  standUp<Context, Tx, PrismaClient>({
    name: 'assessment',
    env,
    schemaFile: new URL('../schema.graphql', import.meta.url),
    createPrisma: pool => new PrismaClient({ adapter: new PrismaPg(pool), errorFormat: 'minimal' }),
    build: ({ transact }) => ({
      resolvers: [indicatorResolvers],
      createContext: createContext({ transact, supervision }),
      reactions: [
        { group: 'assessment.org-tree', topics: ['org.events'], reactions: [keepOrgTree] },
        { group: 'assessment.people', topics: ['members.events'], reactions: [countPeople] },
        { group: 'assessment.dues', topics: ['dues.events'], reactions: [countDues] },
      ],
    }),
  })
