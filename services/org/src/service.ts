import { supervision as realSupervision, shanghaiDay } from '@linghang/access'
import { createImportResolvers, importRoutes, startImportWorker } from '@linghang/rosters'
import { createSealing } from '@linghang/sealing'
import { createAuditTrail, dateScalar, dateTimeScalar, standUp } from '@linghang/subgraph'
import { PrismaPg } from '@prisma/adapter-pg'
import { v7 as uuidv7 } from 'uuid'
import { PrismaClient } from '../prisma/client/client.ts'
import { type Context, createContext } from './context.ts'
import type { Deps, Tx } from './deps.ts'
import type { ServerEnvironment } from './env.ts'
import { grantRoutes } from './grants/routes.ts'
import { createOrganisationRoster } from './imports/organisation-roster.ts'
import { meetingResolvers } from './meetings/resolvers.ts'
import { officeResolvers } from './offices/resolvers.ts'
import { organisationResolvers } from './organisations/resolvers.ts'
import { keepMemberRefs } from './reactions/keep-member-refs.ts'
import { createRooms } from './rooms.ts'

const importResolvers = createImportResolvers<Context>({
  type: 'OrganisationImport',
  service: 'org',
  loadSubject: (context, id) => context.load.organisation(id),
})

/** The org service, standing. Tests may give it another supervision, to see what row-level security does alone. */
export const start = (env: ServerEnvironment, supervision = realSupervision) =>
  standUp<ReturnType<ReturnType<typeof createContext>>, Tx, PrismaClient>({
    name: 'org',
    env,
    schemaFile: new URL('../schema.graphql', import.meta.url),
    createPrisma: pool => new PrismaClient({ adapter: new PrismaPg(pool), errorFormat: 'minimal' }),
    build({ transact, asService, cursors, lifecycle, log }) {
      const sealing = createSealing(transact, env.REGISTER_KEYS)
      const deps: Deps = { transact, asService, supervision, sealing, newId: uuidv7, now: () => new Date() }
      const roster = createOrganisationRoster(transact)
      const worker = startImportWorker({
        roster,
        transact,
        asService,
        sealing,
        today: () => shanghaiDay(new Date()),
        log,
      })
      lifecycle.add('imports', () => worker.stop())
      const rooms = createRooms(deps)
      return {
        resolvers: [
          { Date: dateScalar, DateTime: dateTimeScalar },
          organisationResolvers,
          officeResolvers,
          meetingResolvers,
          importResolvers,
          createAuditTrail('org', deps),
        ],
        createContext: createContext(rooms, cursors),
        reactions: [{ group: 'org.member-refs', topics: ['members.events'], reactions: [keepMemberRefs] }],
        routes(app, actorOf) {
          grantRoutes(app, actorOf, rooms)
          importRoutes(app, actorOf, rooms.imports)
        },
      }
    },
  })
