import { supervision as realSupervision } from '@linghang/access'
import { keepOrgTree } from '@linghang/events'
import { dateScalar, dateTimeScalar, standUp } from '@linghang/subgraph'
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '../prisma/client/client.ts'
import { type Context, createContext } from './context.ts'
import { deadlineResolvers } from './deadlines/resolvers.ts'
import type { Tx } from './deps.ts'
import type { ServerEnvironment } from './env.ts'
import { inboxResolvers } from './inbox/resolvers.ts'
import { watchPeople, watchTerms } from './reactions/watch-subjects.ts'
import { createRooms } from './rooms.ts'

/** The workflows subgraph, standing. Tests may give it another supervision, to see what row-level security does alone. */
export const start = (env: ServerEnvironment, supervision = realSupervision) =>
  standUp<Context, Tx, PrismaClient>({
    name: 'workflows',
    env,
    schemaFile: new URL('../schema.graphql', import.meta.url),
    createPrisma: pool => new PrismaClient({ adapter: new PrismaPg(pool), errorFormat: 'minimal' }),
    build({ transact, cursors }) {
      const now = () => new Date()
      return {
        resolvers: [{ Date: dateScalar, DateTime: dateTimeScalar }, deadlineResolvers, inboxResolvers],
        createContext: createContext(createRooms({ transact, supervision, now }), cursors),
        reactions: [
          { group: 'workflows.org-tree', topics: ['org.events'], reactions: [keepOrgTree] },
          { group: 'workflows.terms', topics: ['org.events'], reactions: [watchTerms] },
          { group: 'workflows.people', topics: ['members.events'], reactions: [watchPeople(now)] },
        ],
      }
    },
  })
