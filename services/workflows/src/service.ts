import { createPerform } from '@linghang/access'
import { createAdapter } from '@linghang/database'
import { askedRoom, auditRoom, keepAsked, type Plan, type Replaced, standUp, treeRoom } from '@linghang/subgraph'
import { PrismaClient } from '../prisma/client/client.ts'
import { approval } from './approvals/process.ts'
import { approvals } from './approvals/room.ts'
import { forms as handedIn } from './asked/forms.ts'
import { tasks } from './asked/room.ts'
import { countWatches } from './count-watches.ts'
import { delegations } from './delegations/room.ts'
import type { ServerEnvironment } from './env.ts'
import type { Titles } from './feeds/feed.ts'
import { feeds } from './feeds/room.ts'
import { createSecretOf } from './feeds/secret.ts'
import { inbox } from './inbox/room.ts'
import { offices } from './offices/room.ts'
import { personalInbox } from './personal-inbox/room.ts'
import { appeal } from './processes/appeal/room.ts'
import { boardTalk } from './processes/board-talk/room.ts'
import { development } from './processes/development/room.ts'
import { duesArrears } from './processes/dues-arrears/room.ts'
import { duesFixing } from './processes/dues-fixing/room.ts'
import { duesSpending } from './processes/dues-spending/room.ts'
import { duesStatements } from './processes/dues-statements/room.ts'
import { election } from './processes/election/room.ts'
import { followUp } from './processes/follow-up/room.ts'
import { ledgerDraw } from './processes/ledger-draw/room.ts'
import { ledgerReview } from './processes/ledger-review/room.ts'
import { lifePlan } from './processes/life-plan/room.ts'
import { namingRequest } from './processes/naming-request/room.ts'
import { termOfOffice } from './processes/term-of-office/room.ts'
import { themeDay } from './processes/theme-day/room.ts'
import { deadlines } from './time/deadlines/room.ts'
import { watchStore } from './time/watch/store.ts'
import type { Own, Tx } from './work.ts'

/** What is watched of what other services tell, kind by kind. */
const processes = [
  termOfOffice,
  election,
  themeDay,
  lifePlan,
  followUp,
  ledgerDraw,
  ledgerReview,
  development,
  duesFixing,
  duesArrears,
  duesSpending,
  duesStatements,
  appeal,
  boardTalk,
  namingRequest,
]
const schemaFile = new URL('../schema.graphql', import.meta.url)
export const titles: Titles = Object.assign({}, ...[approval, ...processes].map(({ title }) => title))

/** The workflows subgraph: its rooms, and what they stand on. */
export const plan = (env: ServerEnvironment, replaced: Replaced = {}): Plan<Tx, PrismaClient, Own> => ({
  ...{ name: 'workflows', env, replaced },
  schemaFile,
  createPrisma: pool => new PrismaClient({ adapter: createAdapter(pool), errorFormat: 'minimal' }),
  build(ground) {
    const own = { secretOf: createSecretOf(() => env.CURSOR_KEY[0]) }
    const ownOf = () => own
    const perform = createPerform(ground.transact, ground, ownOf)
    const { asService, now } = ground
    countWatches(() => asService(tx => watchStore.countWatched(tx)))
    return {
      ownOf,
      rooms: [
        treeRoom,
        offices,
        deadlines,
        inbox,
        personalInbox,
        delegations,
        feeds({ ...own, asService, perform, now, titles }),
        approvals,
        ...processes,
        askedRoom('workflows', handedIn, schemaFile),
        tasks,
        auditRoom('workflows'),
      ],
      beside: () => ({ asked: keepAsked('workflows', handedIn, schemaFile, { asService, perform, log: ground.log }) }),
    }
  },
})

/** The same, standing. */
export const start = (env: ServerEnvironment, replaced: Replaced = {}) => standUp(plan(env, replaced))
