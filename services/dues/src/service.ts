import { type Actor, createPerform, surroundings, systemActor } from '@linghang/access'
import { createAdapter } from '@linghang/database'
import { createLinks, openStore, startSweeping } from '@linghang/papers'
import { createSealing } from '@linghang/sealing'
import { askedRoom, keepAsked, type Plan, type Replaced, standUp } from '@linghang/subgraph'
import { startActivityWorker } from '@linghang/temporal'
import { PrismaClient } from '../prisma/client/client.ts'
import { forms as handedIn } from './asked/forms.ts'
import { arrears } from './billing/arrears/room.ts'
import { bank } from './billing/bank/room.ts'
import { bills } from './billing/bills/room.ts'
import { fixings } from './billing/fixings/room.ts'
import { large } from './billing/large/room.ts'
import { billingActivities } from './billing/nightly/activities.ts'
import { startFollowing } from './billing/online/follow-orders.ts'
import { createPayments } from './billing/online/payments.ts'
import { refundStore } from './billing/online/refund-store.ts'
import { online } from './billing/online/room.ts'
import { orderStore } from './billing/online/store.ts'
import { askedOutcomes, heardOutcomes, operations, watched } from './billing/online/watch-provider.ts'
import { memberPayments } from './billing/payments/room.ts'
import { reconciliationActivities } from './billing/reconciliation/activities.ts'
import { daysDue } from './billing/reconciliation/days-due.ts'
import { reconciliation } from './billing/reconciliation/room.ts'
import { reconciliationStore } from './billing/reconciliation/store.ts'
import { records } from './billing/records/room.ts'
import { settings } from './billing/settings/room.ts'
import { waivers } from './billing/waivers/room.ts'
import { countBooks } from './count-books.ts'
import { countPayments } from './count-payments.ts'
import type { ServerEnvironment } from './env.ts'
import { accounts } from './ledger/accounts/room.ts'
import { endings } from './ledger/endings/room.ts'
import { funds } from './ledger/funds/room.ts'
import { holds } from './ledger/holds/room.ts'
import { journals } from './ledger/journals/room.ts'
import { limits } from './ledger/limits/room.ts'
import { policies } from './spending/policies/room.ts'
import { paperStore } from './spending/requests/paper-store.ts'
import { requests } from './spending/requests/room.ts'
import { shares } from './spending/shares/room.ts'
import { accountBooks } from './statements/books/room.ts'
import { statementActivities } from './statements/deadlines/activities.ts'
import { auditorsExport } from './statements/exports/room.ts'
import { exportStore } from './statements/exports/store.ts'
import { yearlyPublications } from './statements/publications/room.ts'
import { receipts } from './statements/receipts/room.ts'
import { yearlyReports } from './statements/reports/room.ts'
import { sheets } from './statements/sheets/room.ts'
import { summaries } from './statements/summaries/room.ts'
import type { Own, Tx, Work } from './work.ts'

/** Everything here is books of dues: accountant and cashier see it as those do who see the organisation. */
const { supervision } = surroundings
const books = { ...supervision, seen: supervision.seenBooks }

const schemaFile = new URL('../schema.graphql', import.meta.url)

/** The dues service: its rooms, and what they stand on. */
export const plan = (env: ServerEnvironment, replaced: Replaced = {}): Plan<Tx, PrismaClient, Own> => ({
  ...{ name: 'dues', env, replaced: { supervision: books, ...replaced } },
  schemaFile,
  createPrisma: pool => new PrismaClient({ adapter: createAdapter(pool), errorFormat: 'minimal' }),
  build(ground) {
    const { transact, asService, now, newId, log } = ground
    const sealing = createSealing(transact, () => env.REGISTER_KEYS)
    const links = createLinks(() => env.CURSOR_KEY)
    const papers = openStore(env.MATERIALS_STORE, () => ({
      accessKeyId: env.AWS_ACCESS_KEY_ID,
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
    }))
    const begun = {
      orphans: (before: Date, limit: number) => asService(tx => paperStore.orphans(tx, before, limit)),
      forget: (key: string) => asService(tx => paperStore.forgetObject(tx, key)),
    }
    const ownOf = async ({ countyId }: Actor): Promise<Own> => ({ seal: await sealing.opened(countyId) })
    const perform = createPerform<Tx, Own>(transact, ground, ownOf)
    const told = countPayments({ operations, askedOutcomes, heardOutcomes })
    const account = env.payments && createPayments(env.payments, { now, newId })
    const merchant = account && { ...account, provider: watched(account.provider, told) }
    countBooks(() => asService(tx => reconciliationStore.waiting(tx, daysDue(now()))))
    const taking = merchant && {
      payments: merchant,
      ...{ now, log },
      performIn: <T>(countyId: string, run: (work: Work) => Promise<T>) =>
        perform(systemActor(countyId), run, { turns: 'ledger', begunBefore: true }),
      countyOfRefund: (id: string) => asService(tx => refundStore.countyOf(tx, id)),
      refundsToAsk: (merchantId: string, by: Date, most: number) =>
        asService(tx => refundStore.toAsk(tx, merchantId, by, most)),
      countyOf: (id: string) => asService(tx => orderStore.countyOf(tx, id)),
      homesOf: (merchantId: string, ids: readonly string[], from: Date, before: Date) =>
        asService(tx => reconciliationStore.homesOf(tx, merchantId, ids, from, before)),
      toAsk: (merchantId: string, by: Date, most: number) =>
        asService(tx => orderStore.toAsk(tx, merchantId, by, most)),
    }
    return {
      ownOf,
      rooms: [
        accounts,
        limits,
        journals,
        holds,
        funds,
        endings,
        settings,
        records,
        fixings,
        waivers,
        bills,
        arrears,
        memberPayments,
        large,
        online(taking, { warn: (fields, message) => log.warn(fields, message), heard: told.heard }),
        reconciliation(merchant ?? null),
        bank,
        policies,
        requests({ links, papers }),
        shares,
        receipts(links),
        sheets(links),
        summaries,
        accountBooks(links),
        yearlyPublications(links),
        yearlyReports(links),
        askedRoom('dues', handedIn, schemaFile),
        auditorsExport(links, ids => asService(tx => exportStore.headsOf(tx, ids))),
      ],
      beside: (): Record<string, { stop(): Promise<void> }> => ({
        asked: keepAsked('dues', handedIn, schemaFile, { asService, perform, log }),
        papers: { stop: async () => papers.close?.() },
        sweeping: startSweeping({ papers, begun, now }, log),
        ...(taking ? { orders: startFollowing(taking) } : {}),
        ...(env.temporal
          ? {
              activities: startActivityWorker({
                ...{ env: env.temporal, taskQueue: 'dues', log },
                activities: {
                  ...billingActivities({ perform, asService, now }),
                  ...reconciliationActivities(taking),
                  ...statementActivities({ perform }),
                },
              }),
            }
          : {}),
      }),
    }
  },
})

/** The same, standing. */
export const start = (env: ServerEnvironment, replaced: Replaced = {}) => standUp(plan(env, replaced))
