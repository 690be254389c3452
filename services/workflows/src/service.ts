import { supervision as realSupervision } from '@linghang/access'
import { keepOrgTree } from '@linghang/events'
import { createAuditTrail, dateScalar, dateTimeScalar, standUp } from '@linghang/subgraph'
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '../prisma/client/client.ts'
import { approvalResolvers } from './approvals/resolvers.ts'
import { createSecretOf } from './calendar/feed.ts'
import { calendarResolvers } from './calendar/resolvers.ts'
import { calendarRoutes } from './calendar/routes.ts'
import { findFeed, showFeed } from './calendar/show-feed.ts'
import { type Context, createContext } from './context.ts'
import { deadlineResolvers } from './deadlines/resolvers.ts'
import { delegationResolvers } from './delegations/resolvers.ts'
import type { Tx } from './deps.ts'
import type { ServerEnvironment } from './env.ts'
import { inboxResolvers } from './inbox/resolvers.ts'
import { endApprovalWatches, keepCommitteeMeetings, takeApprovalRequests } from './reactions/hear-approvals.ts'
import { keepAccounts, keepOffices } from './reactions/keep-offices.ts'
import { watchCases, watchTerms } from './reactions/watch-subjects.ts'
import { createRooms } from './rooms.ts'

const typeOfNode = (node: object): string =>
  'decidedBy' in node ? 'Approval' : 'toAccountId' in node ? 'Delegation' : 'Deadline'

/** The workflows subgraph, standing. Tests may give it another supervision, to see what row-level security does alone. */
export const start = (env: ServerEnvironment, supervision = realSupervision) =>
  standUp<Context, Tx, PrismaClient>({
    name: 'workflows',
    env,
    schemaFile: new URL('../schema.graphql', import.meta.url),
    createPrisma: pool => new PrismaClient({ adapter: new PrismaPg(pool), errorFormat: 'minimal' }),
    build({ transact, asService, cursors }) {
      const deps = { transact, supervision, now: () => new Date(), secretOf: createSecretOf(env.CURSOR_KEY) }
      return {
        resolvers: [
          { Date: dateScalar, DateTime: dateTimeScalar, Node: { __resolveType: typeOfNode } },
          deadlineResolvers,
          inboxResolvers,
          approvalResolvers,
          delegationResolvers,
          calendarResolvers,
          createAuditTrail('workflows', deps),
        ],
        createContext: createContext(createRooms(deps), cursors, deps.now),
        routes: app =>
          calendarRoutes(app, { find: findFeed({ asService }), show: showFeed(deps) }, () => deps.now().getTime()),
        reactions: [
          { group: 'workflows.org-tree', topics: ['org.events'], reactions: [keepOrgTree] },
          { group: 'workflows.terms', topics: ['org.events'], reactions: [watchTerms] },
          { group: 'workflows.offices', topics: ['org.events'], reactions: [keepAccounts, keepOffices] },
          { group: 'workflows.meetings', topics: ['org.events'], reactions: [keepCommitteeMeetings] },
          { group: 'workflows.cases', topics: ['members.events'], reactions: [watchCases(deps.now)] },
          { group: 'workflows.approvals', topics: ['members.events'], reactions: [takeApprovalRequests(deps.now)] },
          { group: 'workflows.decisions', topics: ['workflows.events'], reactions: [endApprovalWatches(deps.now)] },
        ],
      }
    },
  })
