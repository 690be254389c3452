import { supervision as realSupervision, shanghaiDay } from '@linghang/access'
import { createImportResolvers, importRoutes, startImportWorker } from '@linghang/rosters'
import { createSealing } from '@linghang/sealing'
import { createAuditTrail, dateScalar, dateTimeScalar, standUp } from '@linghang/subgraph'
import { PrismaPg } from '@prisma/adapter-pg'
import { v7 as uuidv7 } from 'uuid'
import { PrismaClient } from '../prisma/client/client.ts'
import { type Context, createContext } from './context.ts'
import type { Deps, Tx } from './deps.ts'
import { adoptCases } from './development/adopt-cases.ts'
import { takeDecisions } from './development/ask-approval.ts'
import { keepTreeAndFollowMoves } from './development/follow-moves.ts'
import { keepMeetings } from './development/keep-meetings.ts'
import { developmentResolvers } from './development/resolvers.ts'
import { takeUpPolicies } from './development/take-up-policy.ts'
import type { ServerEnvironment } from './env.ts'
import { createMemberRoster } from './imports/member-roster.ts'
import { createLinks } from './materials/links.ts'
import { materialResolvers } from './materials/resolvers.ts'
import { fileRoutes } from './materials/routes.ts'
import { openStore } from './materials/store-address.ts'
import { startSweeping } from './materials/sweep-orphans.ts'
import { noticeResolvers } from './notices/resolvers.ts'
import { peopleResolvers } from './people/resolvers.ts'
import { policyResolvers } from './policies/resolvers.ts'
import { createRooms } from './rooms.ts'

const importResolvers = createImportResolvers<Context>({
  type: 'MemberImport',
  service: 'members',
  loadSubject: (context, id) => context.load.member(id),
})

/**
 * The members service, standing. Tests may give it another supervision, to see what row-level security does alone, and
 * another clock, so that dates worked out by hand stay true.
 */
export const start = (env: ServerEnvironment, supervision = realSupervision, now = () => new Date()) =>
  standUp<Context, Tx, PrismaClient>({
    name: 'members',
    env,
    schemaFile: new URL('../schema.graphql', import.meta.url),
    createPrisma: pool => new PrismaClient({ adapter: new PrismaPg(pool), errorFormat: 'minimal' }),
    build({ transact, asService, cursors, lifecycle, log }) {
      const sealing = createSealing(transact, env.REGISTER_KEYS)
      const papers = openStore(env.MATERIALS_STORE, {
        accessKeyId: env.AWS_ACCESS_KEY_ID,
        secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
      })
      const deps: Deps = {
        transact,
        asService,
        supervision,
        sealing,
        papers,
        links: createLinks(env.CURSOR_KEY),
        newId: uuidv7,
        now,
      }
      const rooms = createRooms(deps)
      const today = () => shanghaiDay(deps.now())
      const worker = startImportWorker({
        roster: createMemberRoster({ transact, sealing, today }),
        transact,
        asService,
        sealing,
        today,
        log,
      })
      lifecycle.add('imports', () => worker.stop())
      const sweeping = startSweeping(deps, log)
      lifecycle.add('materials', async () => {
        await sweeping.stop()
        papers.close?.()
      })
      return {
        resolvers: [
          { Date: dateScalar, DateTime: dateTimeScalar },
          peopleResolvers,
          developmentResolvers,
          noticeResolvers,
          policyResolvers,
          materialResolvers,
          importResolvers,
          createAuditTrail('members', deps),
        ],
        createContext: createContext(rooms, cursors, now),
        reactions: [
          { group: 'members.org-tree', topics: ['org.events'], reactions: [keepTreeAndFollowMoves(deps)] },
          { group: 'members.meetings', topics: ['org.events'], reactions: [keepMeetings(deps)] },
          { group: 'members.development', topics: ['members.events'], reactions: [adoptCases(deps)] },
          { group: 'members.policies', topics: ['members.events'], reactions: [takeUpPolicies(deps)] },
          { group: 'members.decisions', topics: ['workflows.events'], reactions: [takeDecisions(deps)] },
        ],
        routes: (app, actorOf) => {
          importRoutes(app, actorOf, rooms.imports)
          fileRoutes(app, actorOf, rooms)
        },
      }
    },
  })
